import { appendEvents, streamId } from '@marquee/event-log';
import type { Scope } from '@marquee/postgres';
import { lockOrder } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';
import { mayBecome, type Payment } from './payment.ts';
import { lockPayment } from './payment-rows.ts';
import type { ChargeAnswer } from './provider.ts';
import { settleApprovedPayment } from './settle-payment.ts';
import { endPaymentSaga } from './tell-payment.ts';

/** The provider said no: the order may be paid anew until it expires. Does nothing where the payment went further. */
export function failPayment(
  services: Services,
  scope: Scope,
  payment: Payment,
  reason: string,
): Promise<void> {
  return end(services, scope, payment, 'FAILED', reason.slice(0, 500));
}

/** The payment was given up before anything was charged, and the provider knows that. */
export function cancelPayment(services: Services, scope: Scope, payment: Payment): Promise<void> {
  return end(services, scope, payment, 'CANCELLED', 'It was given up.');
}

async function end(
  services: Services,
  scope: Scope,
  payment: Payment,
  status: 'FAILED' | 'CANCELLED',
  reason: string,
): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    if (!(await lockOrder(tx, payment.orderId))) return;
    const current = await lockPayment(tx, payment.id);
    if (!current || !mayBecome(current.status, status)) return;
    await tx.execute(
      `update payment set status = $3, failure_reason = $2, action_url = null, settled_at = now() where id = $1`,
      [payment.id, reason, status],
    );
    await appendEvents(tx, {
      streamId: streamId('order', payment.orderId),
      events: [
        {
          type: 'tickets.payment-failed.v1',
          data: { paymentId: payment.id, orderId: payment.orderId, reason },
        },
      ],
    });
    await endPaymentSaga(tx, payment.id);
    tx.afterCommit(services.wake);
  });
}

/** Makes its provider end a payment that is not paid yet, so that it never can be. Answers how it stands. */
export async function endAtProvider(
  services: Services,
  { organisationId }: { readonly organisationId: string },
  { id: paymentId, reference, provider: name }: Payment,
): Promise<ChargeAnswer> {
  if (reference === null) return { status: 'DECLINED', reason: 'The payment never reached its provider.' };
  const provider = services.providers.get(name);
  return provider ? provider.cancel({ organisationId, paymentId, reference }) : { status: 'PENDING' };
}

/**
 * Gives a payment up that is not paid yet: the provider makes sure that it never will be. True where it ended; where
 * the provider has charged it after all it is settled instead.
 */
export async function giveUp(
  services: Services,
  scope: Scope & { readonly organisationId: string },
  payment: Payment,
): Promise<boolean> {
  const answer = await endAtProvider(services, scope, payment);
  if (answer.status === 'APPROVED') await settleApprovedPayment(services, scope, payment);
  if (answer.status === 'DECLINED') await failPayment(services, scope, payment, answer.reason);
  if (answer.status === 'CANCELLED') await cancelPayment(services, scope, payment);
  return answer.status === 'CANCELLED' || answer.status === 'DECLINED';
}
