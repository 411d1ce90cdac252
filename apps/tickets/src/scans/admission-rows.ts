import type { Transaction } from '@marquee/postgres';

/** When each of these tickets was admitted. */
export async function findAdmissions(
  tx: Transaction,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.rows<{ ticket_id: string; scanned_at: Date }>(
    `select ticket_id, scanned_at from scan where ticket_id = any($1) and result = 'ACCEPTED'`,
    [ticketIds],
  );
  return new Map(rows.map((row) => [row.ticket_id, row.scanned_at]));
}
