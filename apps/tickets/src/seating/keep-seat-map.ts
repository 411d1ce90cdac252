import { appendEvents, streamId } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { SeatFacts, SeatMapFacts } from '../occurrences/owners.ts';

/** A map's header: from now on sections and seats count only when their version is this one. */
export async function keepSeatMapHeader(
  tx: Transaction,
  map: Omit<SeatMapFacts, 'sections'> & {
    readonly seatCount: number;
    readonly sections: readonly { readonly id: string; readonly name: string }[];
  },
): Promise<void> {
  await waitForBuyers(tx, map);
  await tx.execute(
    `insert into space_map (organisation_id, space_id, seat_map_id, version, seat_count) values ($1, $2, $3, $4, $5)
     on conflict (organisation_id, space_id) do update
       set seat_map_id = excluded.seat_map_id, version = excluded.version, seat_count = excluded.seat_count,
           applied_at = now()
       where space_map.version < excluded.version`,
    [tx.organisationId, map.spaceId, map.seatMapId, map.version, map.seatCount],
  );
  const sections = [
    ...map.sections.map(({ id, name }) => ({ id, name, seated: true })),
    ...map.areas.map(({ id, name }) => ({ id, name, seated: false })),
  ];
  await tx.execute(
    `insert into space_section (organisation_id, space_id, id, name, seated, version)
     select $1, $2, s.id, s.name, s.seated, $3
     from jsonb_to_recordset($4) as s(id uuid, name text, seated boolean)
     on conflict (organisation_id, id) do update
       set name = excluded.name, seated = excluded.seated, version = excluded.version
       where space_section.version < excluded.version`,
    [tx.organisationId, map.spaceId, map.version, JSON.stringify(sections)],
  );
  await reportKeptSeats(tx, map.spaceId);
}

/**
 * Whoever takes places shares the ticket types until the commit. So a sale is either committed when the map changes, and
 * then its seats are kept, or it looks at the seats afterwards and no longer finds those that were left out. The rows
 * are written, too: a snapshot from before (REPEATABLE READ) ends there instead of selling by the old map.
 */
async function waitForBuyers(
  tx: Transaction,
  { spaceId, version }: { readonly spaceId: string; readonly version: number },
): Promise<void> {
  await tx.rows(
    `with alone as (
       select organisation_id, id from ticket_type where seated and event_id in (
         select event_id from occurrence where space_id = $1 and ends_at > now())
         and not exists (select from space_map where space_id = $1 and version >= $2)
       order by id for update)
     update ticket_type t set seated = t.seated from alone
     where t.organisation_id = alone.organisation_id and t.id = alone.id returning t.id`,
    [spaceId, version],
  );
}

export async function keepSectionSeats(
  tx: Transaction,
  section: {
    readonly spaceId: string;
    readonly version: number;
    readonly name: string;
    readonly seats: readonly SeatFacts[];
  },
): Promise<void> {
  assert(section.seats.length <= 100_000, 'a section has at most 100,000 seats');
  await tx.execute(
    `insert into space_seat (organisation_id, space_id, id, section_name, version, row_label, label, place, x, y,
                             row_rank, accessible, companion_of, restricted_view, aisle_after)
     select $1, $2, s.id, $3, $4, s."rowLabel", s.label, case when s.x is not null then s.n end, coalesce(s.x, 0),
            coalesce(s.y, 0), s."rowRank", coalesce(s.accessible, false), s."companionOf",
            coalesce(s."restrictedView", false), coalesce(s."aisleAfter", false)
     from rows from (jsonb_to_recordset($5) as (id uuid, "rowLabel" text, label text, x double precision,
            y double precision, "rowRank" integer, accessible boolean, "companionOf" uuid, "restrictedView" boolean,
            "aisleAfter" boolean)) with ordinality as s(id, "rowLabel", label, x, y, "rowRank", accessible,
            "companionOf", "restrictedView", "aisleAfter", n)
     on conflict (organisation_id, id) do update
       set section_name = excluded.section_name, version = excluded.version, row_label = excluded.row_label,
           label = excluded.label, place = excluded.place, x = excluded.x, y = excluded.y,
           row_rank = excluded.row_rank, accessible = excluded.accessible, companion_of = excluded.companion_of,
           restricted_view = excluded.restricted_view, aisle_after = excluded.aisle_after
       -- Of the same version where only the names were known of it.
       where space_seat.version < excluded.version
         or space_seat.version = excluded.version and space_seat.place is null`,
    [tx.organisationId, section.spaceId, section.name, section.version, JSON.stringify(section.seats)],
  );
  await reportKeptSeats(tx, section.spaceId);
}

export async function keepSeatMap(tx: Transaction, map: SeatMapFacts): Promise<void> {
  const seatCount = map.sections.reduce((sum, { seats }) => sum + seats.length, 0);
  await keepSeatMapHeader(tx, { ...map, seatCount });
  for (const section of map.sections) {
    await keepSectionSeats(tx, { ...section, spaceId: map.spaceId, version: map.version });
  }
}

type Kept = { readonly occurrence_id: string; readonly seat_id: string };
/** In one event. */
const chunk = 5_000;

/**
 * Once all of a map's seats are known, so are those that it leaves out. Its owner asked before publishing it; who took
 * one since then keeps it, and that is written down and told. Done once a version.
 */
async function reportKeptSeats(tx: Transaction, spaceId: string): Promise<void> {
  const [map] = await tx.rows<{ seat_map_id: string; version: number }>(
    `update space_map m set reported_version = version, centre_x = (
       select (min(s.x) + max(s.x)) / 2 from space_seat s where s.organisation_id = m.organisation_id
         and s.space_id = m.space_id and s.version = m.version)
     where space_id = $1 and reported_version < version and seat_count = (
       select count(*) from space_seat s where s.organisation_id = m.organisation_id and s.space_id = m.space_id
         and s.version = m.version)
     returning seat_map_id, version`,
    [spaceId],
  );
  if (!map) return;
  const kept = await tx.rows<Kept>(
    `insert into kept_seat (organisation_id, occurrence_id, seat_id, space_id, version)
     select c.organisation_id, c.occurrence_id, c.seat_id, $1, $2
     from occurrence o
     join seat_claim c on c.organisation_id = o.organisation_id and c.occurrence_id = o.id
     join space_seat s on s.organisation_id = c.organisation_id and s.id = c.seat_id
     where o.space_id = $1 and o.ends_at > now() and s.space_id = $1 and s.version < $2
       and (c.expires_at is null or c.expires_at > now())
     on conflict do nothing returning occurrence_id, seat_id`,
    [spaceId, map.version],
  );
  for (let from = 0; from < kept.length; from += chunk) {
    const seats = kept
      .slice(from, from + chunk)
      .map(({ occurrence_id: occurrenceId, seat_id: seatId }) => ({ occurrenceId, seatId }));
    await appendEvents(tx, {
      streamId: streamId('seat-map', map.seat_map_id),
      events: [
        {
          type: 'tickets.seats-kept.v1',
          data: { spaceId, seatMapId: map.seat_map_id, version: map.version, seats },
        },
      ],
    });
  }
}
