import { unreachable } from '@marquee/kernel';
import { findOrders } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';
import { authorizePayment, captureOrGiveUp } from './capture-payment.ts';
import { cancelPayment, failPayment, giveUp } from './end-payment.ts';
import { isOutside } from './outside-payment.ts';
import type { Payment } from './payment.ts';
import type { FoundCharge } from './provider.ts';
import { settleApprovedPayment } from './settle-payment.ts';
import { noteAction } from './start-payment.ts';

type Scope = { readonly organisationId: string };

/**
 * Finishes a payment that its request left in between, by asking the provider what became of it. `lost`: it is so old
 * that a confirmation of which the provider knows nothing cannot be on its way any more.
 */
export async function reconcilePayment(
  services: Services,
  scope: Scope,
  payment: Payment,
  { lost }: { readonly lost: boolean },
): Promise<void> {
  if (payment.amount.amountMinor === 0n || isOutside(payment.provider))
    return settleApprovedPayment(services, scope, payment);
  const provider = services.providers.get(payment.provider);
  if (!provider)
    throw new Error(`payment ${payment.id} is with ${payment.provider}, which is not set up here`);
  const { id: paymentId, reference } = payment;
  if (reference === null) {
    // It was never even named there, so nothing can have been charged.
    if (lost) await giveUp(services, scope, payment);
    return;
  }
  const { organisationId } = scope;
  await apply(services, scope, payment, await provider.find({ organisationId, paymentId, reference }), lost);
}

async function apply(
  services: Services,
  scope: Scope,
  payment: Payment,
  found: FoundCharge,
  lost: boolean,
): Promise<void> {
  switch (found.status) {
    case 'APPROVED':
      return settleApprovedPayment(services, scope, payment);
    case 'AUTHORIZED': {
      await authorizePayment(services, scope, payment);
      const captured = await captureOrGiveUp(services, scope, payment);
      if (captured.status !== 'AUTHORIZED') await apply(services, scope, payment, captured, false);
      return;
    }
    case 'DECLINED':
      return failPayment(services, scope, payment, found.reason);
    case 'CANCELLED':
      return cancelPayment(services, scope, payment);
    case 'ACTION_REQUIRED':
      await noteAction(services, scope, payment, found.redirectUrl);
      if (await isOver(services, scope, payment)) await giveUp(services, scope, payment);
      return;
    case 'UNKNOWN':
      if (lost) await giveUp(services, scope, payment);
      return;
    case 'PENDING':
      return;
    default:
      return unreachable(found);
  }
}

/** Nobody waits for a payer who may no longer pay. */
async function isOver(services: Services, scope: Scope, payment: Payment): Promise<boolean> {
  const [order] = await services.database.read(scope, (tx) => findOrders(tx, [payment.orderId]));
  return order?.status !== 'PENDING_PAYMENT';
}
