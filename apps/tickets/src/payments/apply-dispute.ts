import type { NewEvent } from '@marquee/contracts';
import { appendMany, streamId, type StreamAppend } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Scope, Transaction } from '@marquee/postgres';
import { requestInvoice } from '../invoices/invoice-rows.ts';
import { moneyData } from '../money-data.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { lockWithOrdersOfTickets } from '../resale/take-listings.ts';
import type { Services } from '../services.ts';
import { cancelTickets } from '../tickets/cancel-tickets.ts';
import { restoreTickets, revokeTickets } from '../tickets/revoke-tickets.ts';
import { countChargebacks } from './chargebacks.ts';
import { laterDispute, statusUnderDisputes, type DisputeStatus, type Payment } from './payment.ts';
import { lockPayment } from './payment-rows.ts';
import type { PaymentFact } from './provider.ts';

type Disputed = Extract<PaymentFact, { kind: 'disputed' }>;

/**
 * The payer's bank takes a payment back, or says how the dispute about that ended. While it is open the order's tickets
 * open no door but keep their places, so that a dispute that is won gives all back as it was; one that is lost cancels
 * the tickets and frees their places.
 */
export async function applyDispute(
  services: Services,
  scope: Scope,
  payment: Payment,
  fact: Disputed,
): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    await lockWithOrdersOfTickets(tx, payment.orderId);
    const found = await lockOrder(tx, payment.orderId);
    const current = await lockPayment(tx, payment.id);
    if (!found || !current) return;
    const told = await keepDispute(tx, payment, fact);
    if (!told) return;
    const disputes = await tx.rows<{ status: DisputeStatus }>(
      'select status from payment_dispute where payment_id = $1',
      [payment.id],
    );
    await tx.execute(
      `update payment set status = $2 where id = $1 and status in ('CONFIRMED', 'CHARGED_BACK')`,
      [payment.id, statusUnderDisputes(disputes.map(({ status }) => status))],
    );
    const counted = await countChargebacks(tx, found.order);
    const events: NewEvent[] = [disputeEvent(found.order, payment, fact, told.disputeId), ...counted];
    // Its money is gone for good: the invoice is corrected by what the bank took.
    if (fact.status === 'LOST' && found.order.paidAt)
      await requestInvoice(tx, 'CREDIT_NOTE', { sourceId: told.disputeId, orderId: found.order.id });
    const tickets = await ticketsUnder(tx, found.order, fact);
    await appendMany(tx, [{ streamId: streamId('order', found.order.id), events }, ...tickets]);
    tx.afterCommit(services.wake);
    tx.afterCommit(services.wakeIssuing);
  });
}

/** Keeps what was told; null where it is not news. */
async function keepDispute(
  tx: Transaction,
  payment: Payment,
  fact: Disputed,
): Promise<{ readonly disputeId: string } | null> {
  const [known] = await tx.rows<{ id: string; status: DisputeStatus }>(
    'select id, status from payment_dispute where payment_id = $1 and reference = $2',
    [payment.id, fact.disputeReference],
  );
  const status = laterDispute(known?.status ?? null, fact.status);
  if (known && known.status === status) return null;
  const disputeId = known?.id ?? newUuid();
  await tx.execute(
    `insert into payment_dispute (organisation_id, id, payment_id, reference, status, amount_minor, currency, reason,
                                  closed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, case when $5 = 'OPEN' then null else now() end)
     on conflict (organisation_id, id) do update set status = excluded.status, closed_at = excluded.closed_at`,
    [
      tx.organisationId,
      disputeId,
      payment.id,
      fact.disputeReference,
      status,
      `${fact.amount.amountMinor}`,
      fact.amount.currency,
      fact.reason,
    ],
  );
  return { disputeId };
}

function disputeEvent(order: Order, payment: Payment, fact: Disputed, disputeId: string): NewEvent {
  const data = {
    disputeId,
    paymentId: payment.id,
    orderId: order.id,
    occurrenceId: order.occurrenceId,
    amount: moneyData(fact.amount),
  };
  return fact.status === 'OPEN'
    ? { type: 'tickets.dispute-opened.v1', data: { ...data, reason: fact.reason } }
    : { type: 'tickets.dispute-closed.v1', data: { ...data, outcome: fact.status } };
}

/** Those of the order, or the one that it exchanged for a dearer one. */
async function ticketsUnder(tx: Transaction, order: Order, fact: Disputed): Promise<StreamAppend[]> {
  const exchanged = await findExchangedBy(tx, order.id);
  const { of, which } = exchanged ?? { of: order, which: {} };
  if (fact.status === 'LOST') return cancelTickets(tx, of, 'Its payment was charged back.', which);
  const [row] = await tx.rows<{ disputed: boolean }>(
    `select exists (select from payment_dispute d join payment p on p.id = d.payment_id
                    where p.order_id = $1 and d.status <> 'WON') as disputed`,
    [order.id],
  );
  return row?.disputed
    ? revokeTickets(tx, of, 'Its payment is disputed.', which)
    : restoreTickets(tx, of, which);
}

async function findExchangedBy(tx: Transaction, orderId: string) {
  const [row] = await tx.rows<{ order_id: string; ticket_id: string }>(
    `select t.order_id, e.ticket_id from exchange_order e
     join ticket_exchange x on x.ticket_id = e.ticket_id and x.place = e.place
     join ticket t on t.id = e.ticket_id join ticket_order o on o.id = e.order_id
     where e.order_id = $1 and o.paid_at is not null`,
    [orderId],
  );
  const found = row && (await lockOrder(tx, row.order_id));
  return found ? { of: found.order, which: { ticketIds: [row.ticket_id] } } : null;
}
