import { appendEvents, streamId } from '@marquee/event-log';
import type { Scope } from '@marquee/postgres';
import { moneyData } from '../money-data.ts';
import { findOrders, lockOrder } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';
import { mayBecome, type Payment } from './payment.ts';
import { lockPayment } from './payment-rows.ts';
import type { ChargeAnswer } from './provider.ts';

/** The provider has set the money aside. Does nothing where the payment went further. */
export async function authorizePayment(services: Services, scope: Scope, payment: Payment): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    if (!(await lockOrder(tx, payment.orderId))) return;
    const current = await lockPayment(tx, payment.id);
    if (!current || !mayBecome(current.status, 'AUTHORIZED')) return;
    await tx.execute(`update payment set status = 'AUTHORIZED', action_url = null where id = $1`, [
      payment.id,
    ]);
    await appendEvents(tx, {
      streamId: streamId('order', payment.orderId),
      events: [
        {
          type: 'tickets.payment-authorized.v1',
          data: { paymentId: payment.id, orderId: payment.orderId, amount: moneyData(payment.amount) },
        },
      ],
    });
    tx.afterCommit(services.wake);
  });
}

/**
 * Takes the money that was set aside, where there still is something to sell for it; else lets it go. An order that
 * has expired may still find its places, so only one that is paid or cancelled makes this pointless.
 */
export async function captureOrGiveUp(
  services: Services,
  scope: Scope & { readonly organisationId: string },
  payment: Payment,
): Promise<ChargeAnswer> {
  const provider = services.providers.get(payment.provider);
  const [current] = await services.database.read(scope, (tx) =>
    tx.rows<{ reference: string | null }>('select reference from payment where id = $1', [payment.id]),
  );
  const reference = current?.reference;
  if (!provider || !reference) return { status: 'PENDING' };
  const name = { organisationId: scope.organisationId, paymentId: payment.id, reference };
  const [order] = await services.database.read(scope, (tx) => findOrders(tx, [payment.orderId]));
  const pointless = order?.status !== 'PENDING_PAYMENT' && order?.status !== 'EXPIRED';
  const answer = await (pointless ? provider.cancel(name) : provider.capture(name));
  // Neither taken nor let go: to be tried again, and no reason to capture in circles.
  return answer.status === 'AUTHORIZED' ? { status: 'PENDING' } : answer;
}
