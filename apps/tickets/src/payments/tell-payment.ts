import { createHash } from 'node:crypto';
import type { Transaction } from '@marquee/postgres';
import { deliverToSaga, startSaga, startSagas } from '@marquee/sagas';
import { paymentSaga, type ToldEvent } from './payment-saga.ts';

/** Begins to see a new payment to its end: in the transaction that writes its row. */
export async function followPayment(
  tx: Transaction,
  payment: { readonly id: string; readonly orderExpiresAt: Date },
): Promise<void> {
  await startSaga(tx, paymentSaga, {
    key: payment.id,
    input: { paymentId: payment.id, orderExpiresAt: payment.orderExpiresAt.toISOString() },
  });
}

/** The payment ended: last in the transaction that says so in its row. */
export async function endPaymentSaga(tx: Transaction, paymentId: string): Promise<void> {
  await deliverToSaga(tx, paymentSaga, { key: paymentId, message: { type: 'ended' } });
}

/**
 * Something was told of a payment: its saga follows it, or, where that has ended, one for this alone. Disputes and
 * refunds are told months later.
 */
export async function tellOfPayment(tx: Transaction, paymentId: string, event: ToldEvent): Promise<void> {
  const told = await deliverToSaga(tx, paymentSaga, { key: paymentId, message: { type: 'told', event } });
  if (told === 'delivered') return;
  const hash = createHash('sha256')
    .update(JSON.stringify([event.provider, event.eventId]))
    .digest('hex');
  await startSaga(tx, paymentSaga, {
    key: `${paymentId}/${hash}`,
    input: { paymentId, orderExpiresAt: null, told: event },
  });
}

/** Payments that are open and that no saga follows: they are older than the saga. Answers how many there were. */
export async function adoptPayments(tx: Transaction, limit: number): Promise<number> {
  const open = await tx.rows<{ id: string; expires_at: Date }>(
    `select p.id, o.expires_at from payment p join ticket_order o on o.id = p.order_id
     where p.status in ('CREATED', 'PENDING', 'AUTHORIZED')
       and not exists (select from saga s where s.name = $1 and s.key = p.id::text)
     order by p.id limit $2`,
    [paymentSaga.name, limit],
  );
  const starts = open.map(({ id: paymentId, expires_at }) => ({
    key: paymentId,
    input: { paymentId, orderExpiresAt: expires_at.toISOString(), orphan: true as const },
  }));
  await startSagas(tx, paymentSaga, starts);
  return open.length;
}

/** Webhooks that an earlier version kept and had not worked off. Answers how many there were. */
export async function adoptWebhooks(tx: Transaction, limit: number): Promise<number> {
  const open = await tx.rows<{ provider: string; event_id: string; payment_id: string }>(
    `update payment_webhook set handed_over_at = now()
     where (provider, event_id) in (
       select provider, event_id from payment_webhook where processed_at is null and handed_over_at is null
       order by received_at limit $1 for update skip locked)
     returning provider, event_id, payment_id`,
    [limit],
  );
  for (const { provider, event_id: eventId, payment_id: paymentId } of open)
    await tellOfPayment(tx, paymentId, { provider, eventId });
  return open.length;
}
