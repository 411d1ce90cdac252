import type { Transaction } from '@marquee/postgres';

/** Those of the seats that are sold, held, ordered or blocked for an occurrence that still takes place in the space. */
export async function findTakenSeats(
  tx: Transaction,
  spaceId: string,
  seatIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows<{ seat_id: string }>(
    `select distinct c.seat_id from occurrence o
     join seat_claim c on c.organisation_id = o.organisation_id and c.occurrence_id = o.id
     where o.space_id = $1 and o.status = 'SCHEDULED' and o.ends_at > now() and c.seat_id = any($2)
       and (c.expires_at is null or c.expires_at > now())
     order by c.seat_id`,
    [spaceId, seatIds],
  );
  return rows.map((row) => row.seat_id);
}

/**
 * Whether a late buyer may still have these seats: they are in the space's map, or were kept for someone when it left
 * them out. The map is shared until the commit: who looks at what it leaves out waits, and then finds this sale.
 */
export async function areStillThere(
  tx: Transaction,
  occurrenceId: string,
  seatIds: readonly string[],
): Promise<boolean> {
  if (seatIds.length === 0) return true;
  const gone = await tx.rows(
    `with map as (
       select m.organisation_id, m.space_id, m.version, m.reported_version from occurrence o
       join space_map m on m.organisation_id = o.organisation_id and m.space_id = o.space_id
       where o.id = $1 for share of m)
     select s.id from map join space_seat s on s.organisation_id = map.organisation_id and s.space_id = map.space_id
     where s.id = any($2) and s.version < map.version and map.reported_version = map.version and not exists (
       select from kept_seat k where k.organisation_id = s.organisation_id and k.occurrence_id = $1
         and k.seat_id = s.id)
     limit 1`,
    [occurrenceId, seatIds],
  );
  return gone.length === 0;
}
