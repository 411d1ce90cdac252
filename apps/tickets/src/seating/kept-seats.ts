import type { Transaction } from '@marquee/postgres';

/** A seat that someone still has although the newest map has no place for it. */
export type KeptSeat = { readonly occurrenceId: string; readonly seatId: string };

export async function findKeptSeats(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<readonly KeptSeat[]> {
  const rows = await tx.rows<{ occurrence_id: string; seat_id: string }>(
    `select k.occurrence_id, k.seat_id from kept_seat k
     join seat_claim c using (organisation_id, occurrence_id, seat_id)
     join space_seat s on s.organisation_id = k.organisation_id and s.id = k.seat_id
     join space_map m on m.organisation_id = s.organisation_id and m.space_id = s.space_id and m.version > s.version
     where k.occurrence_id = any($1) and (c.expires_at is null or c.expires_at > now())
     order by s.section_name, s.place, s.id`,
    [occurrenceIds],
  );
  return rows.map((row) => ({ occurrenceId: row.occurrence_id, seatId: row.seat_id }));
}
