import { unreachable } from '@marquee/kernel';
import type { Services } from '../services.ts';
import { recordExternalRefund } from '../refunds/external-refund.ts';
import { settleRefundAs } from '../refunds/carry-out-refund.ts';
import { applyDispute } from './apply-dispute.ts';
import { authorizePayment, captureOrGiveUp } from './capture-payment.ts';
import { cancelPayment, failPayment } from './end-payment.ts';
import type { Payment } from './payment.ts';
import type { PaymentFact } from './provider.ts';
import { settleApprovedPayment } from './settle-payment.ts';
import { noteAction } from './start-payment.ts';

type Scope = { readonly organisationId: string };

/** A provider told of another amount than was asked for: nothing is sold for it, and someone must look. */
export class AmountMismatch extends Error {
  override readonly name = 'AmountMismatch';
  readonly code = 'AMOUNT_MISMATCH';
}

/**
 * Lets follow what a provider says has happened. May be called any number of times for one fact and with the facts of
 * a payment in any order: the same facts lead to the same end. Money that was refunded or disputed was paid before,
 * whether or not we have heard so.
 */
export async function applyFact(
  services: Services,
  scope: Scope,
  payment: Payment,
  fact: PaymentFact,
): Promise<void> {
  switch (fact.kind) {
    case 'succeeded': {
      const { amountMinor, currency } = payment.amount;
      if (fact.amount.amountMinor !== amountMinor || fact.amount.currency !== currency)
        throw new AmountMismatch(`payment ${payment.id} was paid with another amount than was asked for`);
      return settleApprovedPayment(services, scope, payment);
    }
    case 'authorized': {
      await authorizePayment(services, scope, payment);
      return captureAuthorized(services, scope, payment);
    }
    case 'action-required':
      return noteAction(services, scope, payment, fact.redirectUrl);
    case 'failed':
      return failPayment(services, scope, payment, fact.reason);
    case 'cancelled':
      return cancelPayment(services, scope, payment);
    case 'refunded':
      await settleApprovedPayment(services, scope, payment);
      if (fact.refundId === null) return recordExternalRefund(services, scope, payment, fact);
      return settleRefundAs(services, scope, fact.refundId, {
        status: fact.status,
        reference: fact.refundReference,
        reason: fact.reason ?? 'The provider could not give it back.',
      });
    case 'disputed':
      await settleApprovedPayment(services, scope, payment);
      return applyDispute(services, scope, payment, fact);
    default:
      return unreachable(fact);
  }
}

/** Only what is still authorized is captured: the fact may be old. */
async function captureAuthorized(services: Services, scope: Scope, payment: Payment): Promise<void> {
  const [current] = await services.database.read(scope, (tx) =>
    tx.rows<{ status: string }>('select status from payment where id = $1', [payment.id]),
  );
  if (current?.status !== 'AUTHORIZED') return;
  const answer = await captureOrGiveUp(services, scope, payment);
  if (answer.status === 'APPROVED') await settleApprovedPayment(services, scope, payment);
  if (answer.status === 'DECLINED') await failPayment(services, scope, payment, answer.reason);
  if (answer.status === 'CANCELLED') await cancelPayment(services, scope, payment);
}
