import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { decideOnce, type Command } from '../command.ts';
import { findDropped, judgeDropped, type DroppedSeat, type SeatsInUse } from './dropped-seats.ts';
import { knownIds, upsertSeats } from './seat-rows.ts';
import { placesOf, seatsOf, seatsOfSection, type Seat, type SeatMapDraft, type SeatRow } from './seat-map.ts';

export type CapacityExceeded = {
  readonly kind: 'CapacityExceeded';
  readonly message: string;
  readonly capacity: number;
  readonly requested: number;
};

export type Published = { readonly seatMapId: string };
type PublishedSection = { readonly id: string; readonly name: string; readonly rows: readonly SeatRow[] };
type PublishedArea = { readonly id: string; readonly name: string; readonly capacity: number };

type Refusals = NotFound | CapacityExceeded | SeatsInUse | Unavailable | IdempotencyConflict;
/** Another version was published since tickets were asked, and more seats would go now. */
type Overtaken = { readonly kind: 'Overtaken'; readonly message: string };

/** Who is overtaken this often should look at what the others are doing. */
const maxAttempts = 5;

/**
 * The space's next version. Sections, areas and seats that an earlier version had under the same name keep their ids.
 * Seats that someone has are not left out. Tickets are asked while no transaction is open; what was asked about is
 * compared again under the space's lock.
 */
export async function publishSeatMap(
  command: Command,
  key: string | null,
  spaceId: string,
  draft: SeatMapDraft,
): Promise<Outcome<Published, Refusals>> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const dropped = await command.database.read(command.viewer, (tx) => findDropped(tx, spaceId, draft));
    const judged = await judgeDropped(command, spaceId, dropped);
    if (!judged.ok) return judged;
    const published = await publish(command, key, spaceId, draft, dropped);
    if (published.ok) return published;
    const { refusal } = published;
    if (refusal.kind !== 'Overtaken') return refuse(refusal);
  }
  const message =
    'Others are changing the map of this space just now. Nothing was changed; please try again.';
  return refuse({ kind: 'Unavailable', message });
}

async function publish(
  command: Command,
  key: string | null,
  spaceId: string,
  draft: SeatMapDraft,
  mayGo: readonly DroppedSeat[],
): Promise<Outcome<Published, NotFound | CapacityExceeded | IdempotencyConflict | Overtaken>> {
  const request = { spaceId, draft };
  return decideOnce<Published, NotFound | CapacityExceeded | Overtaken>(
    command,
    { operation: 'publishSeatMap', key, request },
    async (tx) => {
      // Two versions of one space are published one after the other.
      const [space] = await tx.rows<{ capacity: number }>(
        'select capacity from space where id = $1 for no key update',
        [spaceId],
      );
      if (!space) return notFound('The space');
      const requested = placesOf(draft);
      if (requested > space.capacity) {
        const { capacity } = space;
        const message = `The map has ${requested} places; the space may hold ${capacity} people.`;
        return refuse({ kind: 'CapacityExceeded', message, capacity, requested });
      }
      const known = new Set(mayGo.map(({ id }) => id));
      if ((await findDropped(tx, spaceId, draft)).some(({ id }) => !known.has(id)))
        return refuse({ kind: 'Overtaken', message: 'Another version was published.' });
      return accept({ seatMapId: await insertVersion(tx, spaceId, draft) });
    },
  );
}

async function insertVersion(tx: Transaction, spaceId: string, draft: SeatMapDraft): Promise<string> {
  const seatMapId = newUuid();
  const seatCount = seatsOf(draft.sections);
  const [inserted] = await tx.rows<{ version: number }>(
    `insert into seat_map (id, organisation_id, space_id, version, seat_count)
     select $1, $2, $3, coalesce(max(version), 0) + 1, $4 from seat_map where space_id = $3 returning version`,
    [seatMapId, tx.organisationId, spaceId, seatCount],
  );
  const { sectionIds, areaIds } = await knownIds(tx, spaceId);
  const sections: PublishedSection[] = [];
  for (const [position, section] of draft.sections.entries()) {
    const id = sectionIds.get(section.name) ?? newUuid();
    const rows = await upsertSeats(tx, { spaceId, sectionId: id, rows: section.rows });
    await tx.execute(
      `insert into seat_map_section (organisation_id, seat_map_id, section_id, position, name, seat_count, rows)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        tx.organisationId,
        seatMapId,
        id,
        position,
        section.name,
        seatsOfSection(section),
        JSON.stringify(rows),
      ],
    );
    sections.push({ id, name: section.name, rows });
  }
  const areas = draft.areas.map((area) => ({ id: areaIds.get(area.name) ?? newUuid(), ...area }));
  await insertAreas(tx, seatMapId, areas);
  const map = { seatMapId, spaceId, version: inserted!.version };
  await appendPublished(tx, { ...map, seatCount }, sections, areas);
  return seatMapId;
}

async function insertAreas(
  tx: Transaction,
  seatMapId: string,
  areas: readonly PublishedArea[],
): Promise<void> {
  await tx.execute(
    `insert into seat_map_area (organisation_id, seat_map_id, area_id, position, name, capacity)
     select $1, $2, a.id, a.position - 1, a.name, a.capacity
       from unnest($3::uuid[], $4::text[], $5::integer[]) with ordinality as a(id, name, capacity, position)`,
    [
      tx.organisationId,
      seatMapId,
      areas.map(({ id }) => id),
      areas.map(({ name }) => name),
      areas.map(({ capacity }) => capacity),
    ],
  );
}

/** The map as a whole, then each section with its seats: one message never grows with the house. */
async function appendPublished(
  tx: Transaction,
  map: { seatMapId: string; spaceId: string; version: number; seatCount: number },
  sections: readonly PublishedSection[],
  areas: readonly PublishedArea[],
): Promise<void> {
  const seatsOfRows = (rows: readonly SeatRow[]) =>
    rows.flatMap((row) => row.seats.map((seat) => publishedSeat(row, seat)));
  const withSeats = sections.map(({ id, name, rows }) => ({ id, name, seats: seatsOfRows(rows) }));
  const published: NewEvent = {
    type: 'venues.seat-map-published.v1',
    data: {
      ...map,
      sections: withSeats.map(({ id, name, seats }) => ({ sectionId: id, name, seatCount: seats.length })),
      generalAdmissionAreas: areas.map(({ id, name, capacity }) => ({ areaId: id, name, capacity })),
    },
  };
  const { seatMapId, spaceId, version } = map;
  const eachSection = withSeats.map(({ id, name, seats }): NewEvent => ({
    type: 'venues.seat-map-section-published.v1',
    data: { seatMapId, spaceId, version, sectionId: id, name, seats },
  }));
  await appendEvents(tx, {
    streamId: streamId('seatmap', seatMapId),
    expectedVersion: 'none',
    events: [published, ...eachSection],
  });
}

/** What is not so is not said: a house has many seats. */
function publishedSeat(
  { label: row, rank }: SeatRow,
  { id: seatId, label, x, y, accessible, companionOfId, restrictedView, aisleAfter }: Seat,
) {
  return {
    seatId,
    row,
    label,
    x,
    y,
    ...(rank !== undefined && { rowRank: rank }),
    ...(accessible && { accessible }),
    ...(companionOfId !== undefined && { companionOf: companionOfId }),
    ...(restrictedView && { restrictedView }),
    ...(aisleAfter && { aisleAfter }),
  };
}
