import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Scope, Transaction } from '@marquee/postgres';
import { moneyData } from '../money-data.ts';
import type { Order } from '../orders/order.ts';
import type { Services } from '../services.ts';
import { readPaymentRow, type PaymentRow } from './payment-rows.ts';
import { settleApprovedPayment } from './settle-payment.ts';
import { followPayment } from './tell-payment.ts';

/** What was paid at a desk, or costs nothing: no provider is asked, and what is given back is given back by hand. */
export const outsideProviders = ['none', 'cash', 'card-terminal'] as const;
export type OutsideProvider = (typeof outsideProviders)[number];

export function isOutside(provider: string | null): boolean {
  return (outsideProviders as readonly (string | null)[]).includes(provider);
}

/**
 * For an order that this transaction has written or locked: its payment, that has been made already. It is settled as
 * every other one, once this is committed (`settleOutside`), by its saga where nobody else is left to.
 */
export async function recordOutsidePayment(
  tx: Transaction,
  order: Order,
  provider: OutsideProvider,
): Promise<void> {
  const paymentId = newUuid();
  await tx.execute(
    `insert into payment (organisation_id, id, order_id, provider, status, amount_minor, currency, idempotency_key,
                          request_hash)
     values ($1, $2, $3, $4, 'PENDING', $5, $6, $7, '')`,
    [
      tx.organisationId,
      paymentId,
      order.id,
      provider,
      `${order.total.amountMinor}`,
      order.total.currency,
      `${provider}:${order.id}`,
    ],
  );
  await appendEvents(tx, {
    streamId: streamId('order', order.id),
    events: [
      {
        type: 'tickets.payment-started.v1',
        data: { paymentId, orderId: order.id, provider, amount: moneyData(order.total) },
      },
    ],
  });
  await followPayment(tx, { id: paymentId, orderExpiresAt: order.expiresAt });
}

/** Settles the order's outside payment where it has one that is not settled; may be called any number of times. */
export async function settleOutside(services: Services, scope: Scope, orderId: string): Promise<void> {
  const open = await services.database.read(scope, async (tx) => {
    const [row] = await tx.rows<PaymentRow>(
      `select * from payment where order_id = $1 and provider = any($2) and status = 'PENDING'`,
      [orderId, [...outsideProviders]],
    );
    return row && readPaymentRow(row);
  });
  if (open) await settleApprovedPayment(services, scope, open);
}
