import type { Transaction } from '@marquee/postgres';
import type { Payment, PaymentStatus } from './payment.ts';

export type PaymentRow = {
  readonly id: string;
  readonly order_id: string;
  readonly provider: string;
  readonly status: PaymentStatus;
  readonly amount_minor: string;
  readonly currency: string;
  readonly failure_reason: string | null;
  readonly reference: string | null;
  readonly action_url: string | null;
  readonly created_at: Date;
};

export function readPaymentRow(row: PaymentRow): Payment {
  return {
    id: row.id,
    orderId: row.order_id,
    provider: row.provider,
    status: row.status,
    amount: { amountMinor: BigInt(row.amount_minor), currency: row.currency },
    failureReason: row.failure_reason,
    reference: row.reference,
    actionUrl: row.action_url,
    createdAt: row.created_at,
  };
}

export async function findPayments(tx: Transaction, orderIds: readonly string[]): Promise<Payment[]> {
  const rows = await tx.rows<PaymentRow>(
    'select * from payment where order_id = any($1) order by created_at, id',
    [orderIds],
  );
  return rows.map(readPaymentRow);
}

export async function lockPayment(tx: Transaction, id: string): Promise<Payment | null> {
  const [row] = await tx.rows<PaymentRow>('select * from payment where id = $1 for update', [id]);
  return row ? readPaymentRow(row) : null;
}

/** A payment by its provider's name of it, whoever's it is: for what providers tell. Needs the system scope. */
export async function findPaymentByReference(
  tx: Transaction,
  provider: string,
  reference: string,
): Promise<{ readonly organisationId: string; readonly payment: Payment } | null> {
  const [row] = await tx.rows<PaymentRow & { readonly organisation_id: string }>(
    'select * from payment where provider = $1 and reference = $2',
    [provider, reference],
  );
  return row ? { organisationId: row.organisation_id, payment: readPaymentRow(row) } : null;
}
