import { appendEvents, appendMany, streamId } from '@marquee/event-log';
import { assert, newUuid } from '@marquee/kernel';
import type { Scope, Transaction } from '@marquee/postgres';
import { moveBuckets, releaseQuotas, releaseSeats } from '../inventory/capacity.ts';
import { beginPaidExchange, completePaidExchange, type PaidExchange } from '../exchange/complete-exchange.ts';
import { bookInstalment, weighPayment, type Instalments } from '../instalments/book-instalment.ts';
import { requestInvoice } from '../invoices/invoice-rows.ts';
import { moneyData } from '../money-data.ts';
import { awaitPlugins } from '../plugins/addition-rows.ts';
import { judgeOnSale } from '../occurrences/occurrence.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import { eventsOfParts, findParts, occurrencesOf, partFacts } from '../orders/order-parts.ts';
import { findLines, lockOrder } from '../orders/order-rows.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import { followRefunds } from '../refunds/refund-saga.ts';
import { reviveUse } from '../vouchers/use-voucher.ts';
import { mayStillHave } from '../orders/guest-limits.ts';
import type { Services } from '../services.ts';
import { lockWithOrdersOfTickets, takeListings } from '../resale/take-listings.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';
import { mayBecome, settleApproval, type Payment, type Settlement } from './payment.ts';
import { reacquire, seatsAreStillThere, takeOwnClaims } from './paid-places.ts';
import { lockPayment } from './payment-rows.ts';
import { endPaymentSaga } from './tell-payment.ts';

/**
 * The provider said yes: in one transaction the payment is confirmed and the order is paid and its tickets are issued,
 * or, where the places are gone, the money is put on its way back. May be called any number of times, by the caller,
 * the payment's saga and webhooks at once.
 */
export async function settleApprovedPayment(
  services: Services,
  scope: Scope,
  payment: Payment,
): Promise<void> {
  const settled = await settle(services, scope, payment, 'sell');
  // What had been re-acquired in part is rolled back; the money goes back in a transaction of its own.
  if (settled === 'places gone') await settle(services, scope, payment, 'return');
}

class PlacesGone extends Error {
  override readonly name = 'PlacesGone';
  readonly code = 'PLACES_GONE';
}

async function settle(
  services: Services,
  scope: Scope,
  payment: Payment,
  manner: 'sell' | 'return',
): Promise<'done' | 'places gone'> {
  const work = async (tx: Transaction): Promise<void> => {
    const getsTickets = await lockWithOrdersOfTickets(tx, payment.orderId);
    const found = await lockOrder(tx, payment.orderId);
    assert(found, 'a payment has an order');
    const current = await lockPayment(tx, payment.id);
    if (!current || !mayBecome(current.status, 'CONFIRMED')) return;
    const { order } = found;
    const lines = await findLines(tx, [order.id]);
    const onSale = await isOnSale(tx, lines, found.now);
    const weighed = await weighPayment(tx, order, payment);
    const plan = manner === 'return' ? 'return' : settleInstalment(settleApproval(order, onSale), weighed);
    if (plan === 'return') await giveBack(tx, order, payment, onSale);
    else if (weighed.kind === 'part') {
      if (order.expiresAt <= found.now && !(await seatsAreStillThere(tx, lines)))
        throw new PlacesGone('a new seat map has left out a seat of the order');
      if (!(await bookInstalment(tx, { order, lines, payment }, weighed)))
        throw new PlacesGone('the order lost its places before its deposit came');
      await markConfirmed(tx, payment);
    } else {
      await sell(tx, { ...found, payment, lines, getsTickets }, { wereHeld: plan === 'confirm' });
      await awaitPlugins(tx, services.hooks, { orderId: order.id });
    }
    await endPaymentSaga(tx, payment.id);
    tx.afterCommit(services.wake);
    tx.afterCommit(services.wakeIssuing);
  };
  try {
    await services.database.transaction(scope, work);
    return 'done';
  } catch (error) {
    if ((error as { code?: unknown }).code === 'PLACES_GONE') return 'places gone';
    throw error;
  }
}

type Sale = {
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly payment: Payment;
  readonly now: Date;
  /** Of others, by resale or exchange. */
  readonly getsTickets: boolean;
};

/** What the order holds, or where its time was over can have anew, is sold; throws where something of it is gone. */
async function sell(
  tx: Transaction,
  { order, lines, payment, now, getsTickets }: Sale,
  { wereHeld }: { readonly wereHeld: boolean },
): Promise<void> {
  // What others got meanwhile stays theirs: a voucher's last use, what the guest may have.
  if (!wereHeld && !((await reviveUse(tx, order.id)) && (await mayStillHave(tx, order, lines))))
    throw new PlacesGone('its voucher, or what its guest may have, is used up');
  const swap = getsTickets ? await takeListings(tx, order, { late: !wereHeld }) : 'none';
  if (swap === 'gone') throw new PlacesGone('a ticket that was for sale could not be had any more');
  const exchange = getsTickets ? await beginPaidExchange(tx, order, lines) : 'none';
  if (exchange === 'gone') throw new PlacesGone('the ticket that was to be exchanged is not what it was');
  const own = swap === 'none' ? lines : await findLines(tx, [order.id]);
  // While the claims stood, a new map could not leave their seats out.
  if (order.expiresAt <= now && !(await seatsAreStillThere(tx, own)))
    throw new PlacesGone('a new seat map has left out a seat of the order');
  const passed = [swap, exchange].flatMap((each) => (each === 'none' ? [] : each.changes));
  const taken =
    wereHeld || swap !== 'none'
      ? await takeOwnClaims(tx, order, own, passed)
      : await reacquire(tx, order, own, passed);
  if (!taken) throw new PlacesGone('the order lost its places before it was paid');
  await confirm(tx, order, own, payment, { wereHeld, exchange });
}

/** More than an order owes goes back, and so does a deposit that came after its order had expired. */
function settleInstalment(settlement: Settlement, { kind }: Instalments): Settlement {
  if (kind === 'surplus') return 'return';
  return kind === 'part' && settlement === 're-acquire' ? 'return' : settlement;
}

/**
 * Whether every occurrence of the order still takes place. Shared locks: a cancellation waits for us, and then finds
 * this order paid.
 */
async function isOnSale(tx: Transaction, lines: readonly OrderLine[], now: Date): Promise<boolean> {
  for (const id of occurrencesOf(lines)) {
    const occurrence = await findOccurrence(tx, id, 'for share');
    if (occurrence === null || !judgeOnSale(occurrence.occurrence, now).ok) return false;
  }
  return true;
}

async function confirm(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
  payment: Payment,
  { wereHeld, exchange }: { readonly wereHeld: boolean; readonly exchange: PaidExchange | 'none' },
): Promise<void> {
  await markConfirmed(tx, payment);
  await tx.execute(
    `update ticket_order set status = 'PAID', paid_minor = paid_minor + $2, paid_at = now() where id = $1`,
    [order.id, `${payment.amount.amountMinor}`],
  );
  if (order.total.amountMinor > 0n)
    await requestInvoice(tx, 'INVOICE', { sourceId: order.id, orderId: order.id });
  const issued =
    exchange === 'none'
      ? await issueTickets(tx, order, lines)
      : [await completePaidExchange(tx, order, lines, exchange)];
  const parts = await findParts(tx, [order.id]);
  await appendMany(tx, [
    {
      streamId: streamId('order', order.id),
      events: [
        confirmedEvent(payment),
        ...eventsOfParts(parts, (part) => ({
          type: 'tickets.order-paid.v1',
          data: {
            ...partFacts(order, part, lines),
            heldQuantity: wereHeld ? part.quantity : 0,
            // An exchanged ticket counts as sold by its own news.
            ...(exchange !== 'none' && { quantity: 0 }),
          },
        })),
      ],
    },
    ...issued,
  ]);
}

async function markConfirmed(tx: Transaction, payment: Payment): Promise<void> {
  await tx.execute(
    `update payment set status = 'CONFIRMED', settled_at = now(), failure_reason = null, action_url = null
     where id = $1`,
    [payment.id],
  );
}

function confirmedEvent(payment: Payment) {
  return {
    type: 'tickets.payment-confirmed.v1' as const,
    data: { paymentId: payment.id, orderId: payment.orderId, amount: moneyData(payment.amount) },
  };
}

/** The money was taken for nothing: it goes back by itself, and an order that still waited ends here. */
async function giveBack(tx: Transaction, order: Order, payment: Payment, onSale: boolean): Promise<void> {
  const refundId = newUuid();
  const reason = onSale
    ? 'The places were gone when the payment was approved.'
    : 'It is not for sale any more.';
  // An order whose deposit is there keeps its places, whatever else was paid for nothing.
  const ends = order.status === 'PENDING_PAYMENT' && order.paid.amountMinor === 0n;
  await markConfirmed(tx, payment);
  await tx.execute(
    `update ticket_order set paid_minor = paid_minor + $2, refunded_minor = refunded_minor + $2,
       status = case when $3 then 'EXPIRED' else status end
     where id = $1`,
    [order.id, `${payment.amount.amountMinor}`, ends],
  );
  await tx.execute(
    `insert into refund (organisation_id, id, order_id, payment_id, status, amount_minor, currency, reason)
     values ($1, $2, $3, $4, 'CREATED', $5, $6, $7)`,
    [
      tx.organisationId,
      refundId,
      order.id,
      payment.id,
      `${payment.amount.amountMinor}`,
      payment.amount.currency,
      reason,
    ],
  );
  const { id: orderId } = order;
  const parts = ends ? await findParts(tx, [orderId]) : [];
  await appendEvents(tx, {
    streamId: streamId('order', orderId),
    events: [
      ...parts.map(({ occurrenceId, quantity }) => ({
        type: 'tickets.order-expired.v1' as const,
        data: { orderId, occurrenceId, quantity },
      })),
      confirmedEvent(payment),
      {
        type: 'tickets.payment-returned.v1',
        data: { paymentId: payment.id, orderId, refundId, amount: moneyData(payment.amount), reason },
      },
    ],
  });
  if (ends) {
    await releaseSeats(tx, orderId);
    await moveBuckets(tx, order.occurrenceId, await releaseQuotas(tx, [orderId]));
  }
  await followRefunds(tx, [refundId]);
}
