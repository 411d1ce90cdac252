import type { Transaction } from '@marquee/postgres';
import type { Transfer, TransferStatus } from './transfer.ts';

export type TransferRow = {
  readonly id: string;
  readonly ticket_id: string;
  readonly from_guest_id: string;
  readonly offered_by: string;
  readonly to_email: string;
  readonly status: TransferStatus;
  readonly expires_at: Date;
};

export function readTransferRow(row: TransferRow): Transfer {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    fromGuestId: row.from_guest_id,
    offeredBy: row.offered_by,
    toEmail: row.to_email,
    status: row.status,
    expiresAt: row.expires_at,
  };
}

const transfersSql = `
  select id, ticket_id, from_guest_id, offered_by, to_email, expires_at,
    case when status = 'OFFERED' and expires_at <= now() then 'EXPIRED' else status end as status
  from transfer`;

/** For reading: an offer whose time is over is shown as expired, whether or not it was tidied up already. */
export async function findTransfers(tx: Transaction, ids: readonly string[]): Promise<Transfer[]> {
  const rows = await tx.rows<TransferRow>(`${transfersSql} where id = any($1)`, [ids]);
  return rows.map(readTransferRow);
}

/** Each ticket's, newest first. */
export async function findTransfersOfTickets(
  tx: Transaction,
  ticketIds: readonly string[],
): Promise<Transfer[]> {
  const rows = await tx.rows<TransferRow>(
    `${transfersSql} where ticket_id = any($1) order by created_at desc, id desc`,
    [ticketIds],
  );
  return rows.map(readTransferRow);
}

/** What is open for this address. */
export async function findOffersTo(tx: Transaction, email: string): Promise<Transfer[]> {
  const rows = await tx.rows<TransferRow>(
    `${transfersSql} where lower(to_email) = lower($1) and status = 'OFFERED' and expires_at > now()
     order by created_at desc, id desc limit 100`,
    [email],
  );
  return rows.map(readTransferRow);
}

/** For a transfer whose ticket this transaction has locked. */
export async function lockTransfer(tx: Transaction, id: string): Promise<Transfer | null> {
  const [row] = await tx.rows<TransferRow>('select * from transfer where id = $1 for update', [id]);
  return row ? readTransferRow(row) : null;
}
