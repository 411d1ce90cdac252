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
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { decideOnce, type Command } from '../command.ts';
import { knownIds, upsertSeats } from './seat-rows.ts';
import { placesOf, seatsOf, seatsOfSection, type SeatMapDraft, type SeatRow } from './seat-map.ts';

export type CapacityExceeded = {
  readonly kind: 'CapacityExceeded';
  readonly message: string;
  readonly capacity: number;
  readonly requested: number;
};

export type Published = { readonly seatMapId: string };
type PublishedSection = { readonly id: string; readonly name: string; readonly rows: readonly SeatRow[] };
type PublishedArea = { readonly id: string; readonly name: string; readonly capacity: number };

/** The space's next version. Sections, areas and seats that an earlier version had under the same name keep their ids. */
export async function publishSeatMap(
  command: Command,
  key: string | null,
  spaceId: string,
  draft: SeatMapDraft,
): Promise<Outcome<Published, NotFound | CapacityExceeded | IdempotencyConflict>> {
  const request = { spaceId, draft };
  return decideOnce<Published, NotFound | CapacityExceeded>(
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
    rows.flatMap(({ label: row, seats }) => seats.map(({ id, label }) => ({ seatId: id, row, label })));
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
