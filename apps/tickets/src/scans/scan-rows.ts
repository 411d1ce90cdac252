import type { Transaction } from '@marquee/postgres';
import type { Direction } from '../check-in/entry-rule.ts';
import type { Scan, ScanReason, ScanResult } from './scan.ts';

/** A scan as it stands, with what it was answered by. */
export type StoredScan = Omit<Scan, 'ticketId'> & {
  readonly ticketId: string | null;
  readonly requestHash: string;
  readonly firstReason: ScanReason | null;
};

type ScanRow = {
  readonly id: string;
  readonly list_id: string;
  readonly occurrence_id: string;
  readonly ticket_id: string | null;
  readonly direction: Direction;
  readonly gate: string;
  readonly at: Date;
  readonly scanned_at: Date;
  readonly offline: boolean;
  readonly device_id: string;
  readonly result: ScanResult;
  readonly reason: ScanReason | null;
  readonly winner_id: string | null;
};

function readScanRow(row: ScanRow): Omit<Scan, 'ticketId'> & { readonly ticketId: string | null } {
  return {
    id: row.id,
    listId: row.list_id,
    ticketId: row.ticket_id,
    occurrenceId: row.occurrence_id,
    result: row.result,
    reason: row.reason,
    direction: row.direction,
    gate: row.gate,
    at: row.at,
    scannedAt: row.scanned_at,
    offline: row.offline,
    deviceId: row.device_id,
    winnerId: row.winner_id,
  };
}

export async function findScanByNonce(tx: Transaction, nonce: string): Promise<StoredScan | null> {
  const [row] = await tx.rows<
    ScanRow & { readonly request_hash: string; readonly first_reason: ScanReason | null }
  >(
    `select v.*, s.request_hash, s.reason as first_reason
     from scan s join scan_standing v on v.organisation_id = s.organisation_id and v.id = s.id where s.nonce = $1`,
    [nonce],
  );
  return row ? { ...readScanRow(row), requestHash: row.request_hash, firstReason: row.first_reason } : null;
}

const isOfTicket = (scan: ReturnType<typeof readScanRow>): scan is Scan => scan.ticketId !== null;

export async function findScans(tx: Transaction, ids: readonly string[]): Promise<Scan[]> {
  const rows = await tx.rows<ScanRow>('select * from scan_standing where id = any($1)', [ids]);
  return rows.map(readScanRow).filter(isOfTicket);
}

/** A page of a list's readings of tickets, newest first, one more than asked for. */
export async function findScansOfList(
  tx: Transaction,
  listId: string,
  result: ScanResult | null,
  { first, after }: { readonly first: number; readonly after: readonly string[] | null },
): Promise<Scan[]> {
  const rows = await tx.rows<ScanRow>(
    `select * from scan_standing
     where list_id = $1 and ticket_id is not null and about_id is null and ($2::text is null or result = $2)
       and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
     order by at desc, id desc limit $5`,
    [listId, result, after?.[0] ?? null, after?.[1] ?? null, first + 1],
  );
  return rows.map(readScanRow).filter(isOfTicket);
}

/** When each of these tickets came in first, by whatever list. */
export async function findAdmissions(
  tx: Transaction,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx.rows<{ ticket_id: string; at: Date }>(
    `select ticket_id, min(first_in_at) as at from admission where ticket_id = any($1) and ins > 0 group by ticket_id`,
    [ticketIds],
  );
  return new Map(rows.map((row) => [row.ticket_id, row.at]));
}
