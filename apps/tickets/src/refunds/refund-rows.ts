import type { Transaction } from '@marquee/postgres';
import type { Refund, RefundStatus } from './refund.ts';

export type RefundRow = {
  readonly id: string;
  readonly order_id: string;
  readonly status: RefundStatus;
  readonly amount_minor: string;
  readonly currency: string;
  readonly reason: string | null;
  readonly created_at: Date;
  readonly ticket_ids: readonly string[];
  readonly kept_minor: string;
  readonly payment_id: string | null;
  readonly reference: string | null;
};

export function readRefundRow(row: RefundRow): Refund {
  return {
    id: row.id,
    orderId: row.order_id,
    status: row.status,
    amount: { amountMinor: BigInt(row.amount_minor), currency: row.currency },
    reason: row.reason,
    createdAt: row.created_at,
    ticketIds: row.ticket_ids,
    kept: { amountMinor: BigInt(row.kept_minor), currency: row.currency },
    paymentId: row.payment_id,
    reference: row.reference,
  };
}

export async function findRefunds(tx: Transaction, orderIds: readonly string[]): Promise<Refund[]> {
  const rows = await tx.rows<RefundRow>(
    'select * from refund where order_id = any($1) order by created_at, id',
    [orderIds],
  );
  return rows.map(readRefundRow);
}
