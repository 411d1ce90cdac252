import type { NewEvent } from '@marquee/contracts';
import { appendMany, streamId } from '@marquee/event-log';
import { assert, newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { requestInvoice } from '../invoices/invoice-rows.ts';
import { moneyData } from '../money-data.ts';
import { findSurcharges, type Surcharge } from '../exchange/surcharges.ts';
import { findParts, shareOut, type Share } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { cancelTickets, type TicketsToCancel } from '../tickets/cancel-tickets.ts';
import { followRefunds } from './refund-saga.ts';
import { refundable, type RefundPlan } from './refund.ts';
import { sharesOf, storedShares, takeFromParts } from './shares.ts';
import { findPaymentsLeft, spreadOver, type Spread } from './spread.ts';

export type HowToRefund = {
  readonly reason: string | null;
  /** Of a cart, what was bought for this occurrence alone, with its tickets. */
  readonly onlyOccurrenceId?: string;
  /** Of chosen tickets: which, what falls to each part of the order, and what is kept of them. */
  readonly tickets?: {
    readonly ids: readonly string[];
    readonly shares: readonly Share[];
    readonly keptMinor: bigint;
    /** What goes back of what was paid on top for them, by other orders. */
    readonly surcharges: readonly Surcharge[];
  };
  /** The tickets are the caller's to end. */
  readonly keepsTickets?: boolean;
  /** It was given back by hand already, under this name. */
  readonly external?: { readonly reference: string };
  /** The caller asks for the money itself once this is committed: their sagas do so only where it dies. */
  readonly inHand?: boolean;
};

/**
 * For an order that this transaction has locked: a refund's row for each payment that it goes back to (newest first),
 * the guarded counters, and where nothing of the payments is left, or tickets were chosen, the tickets with their
 * places. Answers the refunds' ids; their sagas ask for the money once this is committed.
 */
export async function recordRefund(
  tx: Transaction,
  order: Order,
  plan: RefundPlan,
  how: HowToRefund,
): Promise<string[]> {
  const shares = sharesOf(how.tickets?.shares ?? (await shareOutOver(tx, order, plan, how)));
  const spread = spreadOver(await findPaymentsLeft(tx, order.id), shares);
  const refunds = spread.map((one) => ({ ...one, id: newUuid() }));
  await tx.execute(
    'update ticket_order set refunded_minor = refunded_minor + $2, status = $3 where id = $1',
    [order.id, `${plan.amount.amountMinor}`, plan.status],
  );
  await takeFromParts(tx, shares);
  await insertRefunds(tx, order, refunds, how);
  const ended = ticketsToEnd(plan, how);
  const cancelled = ended ? await cancelTickets(tx, order, how.reason, ended) : [];
  const events = refunds.flatMap((one) => eventsOf(order, plan, one, how));
  if (how.external && order.paidAt)
    for (const one of refunds)
      await requestInvoice(tx, 'CREDIT_NOTE', { sourceId: one.id, orderId: order.id });
  await appendMany(tx, [{ streamId: streamId('order', order.id), events }, ...cancelled]);
  const ids = refunds.map(({ id }) => id);
  if (!how.external) await followRefunds(tx, ids, how);
  if (!ended) return ids;
  const onTop = how.tickets?.surcharges ?? (await findSurcharges(tx, order.id, how.onlyOccurrenceId ?? null));
  return [...ids, ...(await refundSurcharges(tx, onTop, how))];
}

/**
 * What was paid on top for tickets of an order that this transaction has locked goes back, each by the order that paid
 * it. Those orders have no tickets; who locks one and its ticket locks the ticket's own order first.
 */
export async function refundSurcharges(
  tx: Transaction,
  surcharges: readonly Surcharge[],
  { reason, external, inHand = false }: Pick<HowToRefund, 'reason' | 'external' | 'inHand'>,
): Promise<string[]> {
  const ids: string[] = [];
  for (const { orderId, leftMinor } of surcharges) {
    const found = await lockOrder(tx, orderId);
    assert(found, 'a surcharge was paid by an order');
    const { amountMinor: mostMinor, currency } = refundable(found.order);
    const amountMinor = leftMinor < mostMinor ? leftMinor : mostMinor;
    if (amountMinor === 0n) continue;
    const plan = {
      amount: { amountMinor, currency },
      status: amountMinor === mostMinor ? ('REFUNDED' as const) : ('PARTIALLY_REFUNDED' as const),
    };
    const how = { reason, keepsTickets: true, inHand, ...(external && { external }) };
    ids.push(...(await recordRefund(tx, found.order, plan, how)));
  }
  return ids;
}

async function shareOutOver(
  tx: Transaction,
  order: Order,
  { amount }: RefundPlan,
  { onlyOccurrenceId }: HowToRefund,
): Promise<Share[]> {
  const parts = (await findParts(tx, [order.id])).filter(
    (part) => onlyOccurrenceId === undefined || part.occurrenceId === onlyOccurrenceId,
  );
  return shareOut(parts, amount);
}

function ticketsToEnd(
  { status }: RefundPlan,
  { keepsTickets, tickets, onlyOccurrenceId }: HowToRefund,
): TicketsToCancel | null {
  if (keepsTickets) return null;
  if (tickets) return { ticketIds: tickets.ids };
  if (onlyOccurrenceId !== undefined) return { occurrenceId: onlyOccurrenceId };
  return status === 'REFUNDED' ? {} : null;
}

type Refunded = Spread & { readonly id: string };

const amountOf = ({ shares }: Spread) => shares.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);

async function insertRefunds(
  tx: Transaction,
  order: Order,
  refunds: readonly Refunded[],
  { reason, tickets, external }: HowToRefund,
): Promise<void> {
  const rows = refunds.map((one, place) => ({
    id: one.id,
    payment_id: one.paymentId,
    amount_minor: `${amountOf(one)}`,
    shares: storedShares(one.shares),
    // Said once, however many payments it goes back to.
    kept_minor: place === 0 ? `${tickets?.keptMinor ?? 0n}` : '0',
  }));
  await tx.execute(
    `insert into refund (organisation_id, id, order_id, payment_id, status, amount_minor, currency, reason, shares,
                         ticket_ids, kept_minor, reference, settled_at)
     select $1, r.id, $2, r.payment_id, $3, r.amount_minor, $4, $5, r.shares, $6, r.kept_minor, $7,
            case when $3 = 'EXTERNAL' then now() end
     from jsonb_to_recordset($8) as r(id uuid, payment_id uuid, amount_minor bigint, shares jsonb, kept_minor bigint)`,
    [
      tx.organisationId,
      order.id,
      external ? 'EXTERNAL' : 'CREATED',
      order.total.currency,
      reason,
      tickets?.ids ?? [],
      external?.reference ?? null,
      JSON.stringify(rows),
    ],
  );
}

function eventsOf(
  order: Order,
  { status }: RefundPlan,
  refunded: Refunded,
  { reason, external }: HowToRefund,
): NewEvent[] {
  const { id: orderId } = order;
  const told = refunded.shares.map(({ part, amount }) => ({
    type: 'tickets.order-refunded.v1' as const,
    data: {
      orderId,
      occurrenceId: part.occurrenceId,
      refundId: refunded.id,
      amount: moneyData(amount),
      status,
      reason,
    },
  }));
  if (!external) return told;
  const amount = moneyData({ amountMinor: amountOf(refunded), currency: order.total.currency });
  return [...told, { type: 'tickets.refund-settled.v1', data: { refundId: refunded.id, orderId, amount } }];
}
