import { appendMany, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Scope } from '@marquee/postgres';
import { requestInvoice } from '../invoices/invoice-rows.ts';
import { moneyData } from '../money-data.ts';
import { findParts, shareOut } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import { countChargebacks } from '../payments/chargebacks.ts';
import type { Payment } from '../payments/payment.ts';
import type { PaymentFact } from '../payments/provider.ts';
import type { Services } from '../services.ts';
import { cancelTickets } from '../tickets/cancel-tickets.ts';
import { sharesOf, storedShares, takeFromParts } from './shares.ts';

/**
 * Someone gave money back at the provider's own desk: it is in our books as EXTERNAL, once, by the provider's name of
 * it. Where nothing is left of the payment the tickets go too, as with a refund of ours.
 */
export async function recordExternalRefund(
  services: Services,
  scope: Scope,
  payment: Payment,
  fact: Extract<PaymentFact, { kind: 'refunded' }>,
): Promise<void> {
  if (fact.status !== 'DONE') return;
  await services.database.transaction(scope, async (tx) => {
    const found = await lockOrder(tx, payment.orderId);
    if (!found) return;
    const [{ order }, refundId] = [found, newUuid()];
    const reason = 'Given back at the payment provider.';
    const sold = order.paidAt !== null;
    const shares = sold ? sharesOf(shareOut(await findParts(tx, [order.id]), fact.amount)) : [];
    const recorded = await tx.execute(
      `insert into refund (organisation_id, id, order_id, payment_id, status, amount_minor, currency, reason, reference,
                           shares, settled_at)
       values ($1, $2, $3, $4, 'EXTERNAL', $5, $6, $7, $8, $9, now()) on conflict do nothing`,
      [
        tx.organisationId,
        refundId,
        order.id,
        payment.id,
        `${fact.amount.amountMinor}`,
        fact.amount.currency,
        reason,
        fact.refundReference,
        JSON.stringify(storedShares(shares)),
      ],
    );
    if (recorded === 0) return;
    await takeFromParts(tx, shares);
    if (sold) await requestInvoice(tx, 'CREDIT_NOTE', { sourceId: refundId, orderId: order.id });
    const [row] = await tx.rows<{ paid: string; refunded: string; before: string }>(
      `with before as (select charged_back_minor as minor from ticket_order where id = $1)
       update ticket_order set refunded_minor = refunded_minor + $2,
         charged_back_minor = least(charged_back_minor, paid_minor - refunded_minor - $2)
       where id = $1 returning paid_minor as paid, refunded_minor as refunded, (select minor from before) as before`,
      [order.id, `${fact.amount.amountMinor}`],
    );
    const counted = await countChargebacks(tx, order, row?.before);
    const status = row && row.paid === row.refunded ? ('REFUNDED' as const) : ('PARTIALLY_REFUNDED' as const);
    if (sold) await tx.execute('update ticket_order set status = $2 where id = $1', [order.id, status]);
    const cancelled = sold && status === 'REFUNDED' ? await cancelTickets(tx, order, reason) : [];
    const [amount, orderId] = [moneyData(fact.amount), order.id];
    await appendMany(tx, [
      {
        streamId: streamId('order', orderId),
        events: [
          ...shares.map((share) => ({
            type: 'tickets.order-refunded.v1' as const,
            data: {
              orderId,
              occurrenceId: share.part.occurrenceId,
              refundId,
              amount: moneyData(share.amount),
              status,
              reason,
            },
          })),
          { type: 'tickets.refund-settled.v1', data: { refundId, orderId, amount } },
          ...counted,
        ],
      },
      ...cancelled,
    ]);
    tx.afterCommit(services.wake);
    tx.afterCommit(services.wakeIssuing);
  });
}
