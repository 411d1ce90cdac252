import type { Services } from '../services.ts';
import type { Payment } from './payment.ts';
import { failPayment, settleApprovedPayment } from './settle-payment.ts';

/**
 * Finishes a payment that its request left in between, by asking the provider what became of it. `lost`: it is so old
 * that a charge of which the provider knows nothing cannot be on its way any more.
 */
export async function reconcilePayment(
  services: Services,
  scope: { readonly organisationId: string },
  payment: Payment,
  { lost }: { readonly lost: boolean },
): Promise<void> {
  if (payment.amount.amountMinor === 0n) return settleApprovedPayment(services, scope, payment);
  const provider = services.providers.get(payment.provider);
  if (!provider)
    throw new Error(`payment ${payment.id} is with ${payment.provider}, which is not set up here`);
  const found = await provider.find({ organisationId: scope.organisationId, paymentId: payment.id });
  switch (found.status) {
    case 'APPROVED':
      return settleApprovedPayment(services, scope, payment);
    case 'DECLINED':
      return failPayment(services, scope, payment, found.reason);
    case 'UNKNOWN':
      if (lost) await failPayment(services, scope, payment, 'The payment never reached its provider.');
      return;
    case 'PENDING':
  }
}
