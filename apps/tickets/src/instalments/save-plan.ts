import { appendEvents, streamId } from '@marquee/event-log';
import { accept, newUuid, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { moneyData } from '../money-data.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import { areTicketTypes } from '../pricing/save-rules.ts';
import { judgeCurrency, type CurrencyNotAllowed } from '../pricing/sales-policy.ts';
import { findSalesPolicy } from '../pricing/sales-policy-rows.ts';
import type { Services } from '../services.ts';
import type { PaymentPlan } from './payment-plan.ts';
import { keepPlan } from './plan-rows.ts';

type Refusals = CurrencyNotAllowed | NotFound;

/** Makes a plan, or changes one for orders to come: those that are placed keep what was agreed. */
export function savePaymentPlan(
  services: Services,
  viewer: Viewer,
  wanted: Omit<PaymentPlan, 'id'> & { readonly id: string | null },
): Promise<Outcome<PaymentPlan, Refusals>> {
  return services.database.decide<PaymentPlan, Refusals>(viewer, async (tx) => {
    const allowed = judgeCurrency(await findSalesPolicy(tx), wanted.deposit?.currency ?? null);
    if (!allowed.ok) return allowed;
    if (wanted.ticketTypeId && !(await areTicketTypes(tx, [wanted.ticketTypeId])))
      return notFound('The ticket type');
    if (wanted.occurrenceId && !(await findOccurrence(tx, wanted.occurrenceId)))
      return notFound('The occurrence');
    const plan: PaymentPlan = { ...wanted, id: wanted.id ?? newUuid() };
    if (!(await keepPlan(tx, plan, wanted.id === null))) return notFound('The payment plan');
    const { id: paymentPlanId, name, occurrenceId, ticketTypeId, depositBp, deposit, active } = plan;
    await appendEvents(tx, {
      streamId: streamId('payment-plan', paymentPlanId),
      events: [
        {
          type: 'tickets.payment-plan-saved.v1',
          data: {
            paymentPlanId,
            name,
            occurrenceId,
            ticketTypeId,
            depositBp,
            deposit: deposit && moneyData(deposit),
            instalments: [...plan.instalments],
            forfeitBp: plan.forfeitBp,
            active,
          },
        },
      ],
    });
    tx.afterCommit(services.wake);
    return accept(plan);
  });
}
