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

/** For reading: an offer whose time is over is shown as expired, whether or not it was tidied up already. */
export async function findTransfers(tx: Transaction, ids: readonly string[]): Promise<Transfer[]> {
  const rows = await tx.rows<TransferRow>(
    `select id, ticket_id, from_guest_id, offered_by, to_email, expires_at,
            case when status = 'OFFERED' and expires_at <= now() then 'EXPIRED' else status end as status
     from transfer where id = any($1)`,
    [ids],
  );
  return rows.map(readTransferRow);
}

/** For a transfer whose ticket this transaction has locked. */
export async function lockTransfer(tx: Transaction, id: string): Promise<Transfer | null> {
  const [row] = await tx.rows<TransferRow>('select * from transfer where id = $1 for update', [id]);
  return row ? readTransferRow(row) : null;
}
