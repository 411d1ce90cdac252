import {
  accept,
  invalid,
  notFound,
  refuse,
  type InvalidInput,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { newestExchange } from '../exchange/exchange-rows.ts';
import { findSurcharges, sumOfSurcharges, takeFrom, type Surcharge } from '../exchange/surcharges.ts';
import { findParts, type OrderPart, type Share } from '../orders/order-parts.ts';
import type { Order } from '../orders/order.ts';
import { splitBy } from '../pricing/pricing.ts';
import { findSalesPolicy } from '../pricing/sales-policy-rows.ts';
import { share } from '../pricing/pricing.ts';
import { keptOf, ticketValues, type TicketValue } from './refund-policy.ts';
import {
  judgeRefundable,
  refundable,
  refundExceeds,
  type RefundExceedsPayments,
  type RefundPlan,
} from './refund.ts';
import type { HowToRefund } from './record-refund.ts';

export type TicketNotRefundable = {
  readonly kind: 'TicketNotRefundable';
  readonly message: string;
  readonly ticketId: string;
};

export type TicketsWanted = {
  readonly ticketIds: readonly string[];
  /** Instead of what the policy says: the organiser's word. */
  readonly amountMinor: bigint | null;
  readonly waivesCancellationFee: boolean;
  /** Also those that were admitted: it did not take place. */
  readonly evenAdmitted?: boolean;
};

export type TicketsPlan = {
  readonly plan: RefundPlan;
  readonly tickets: NonNullable<HowToRefund['tickets']>;
};

type Refusals = TicketNotRefundable | RefundExceedsPayments | InvalidInput | NotFound;

type TicketRow = {
  readonly id: string;
  readonly live: boolean;
  readonly admitted: boolean;
  readonly starts_at: Date;
};

/**
 * For an order that this transaction has locked: what goes back for these tickets, which are locked too, so that a
 * transfer, a scan or a sale of one waits, and then finds it cancelled. No part of the order, and not the order itself,
 * gives back more than is left of it: what was refunded without choosing tickets counts first.
 */
export async function planTicketRefund(
  tx: Transaction,
  { order, now }: { readonly order: Order; readonly now: Date },
  wanted: TicketsWanted,
): Promise<Outcome<TicketsPlan, Refusals>> {
  const open = judgeRefundable(order);
  if (!open.ok) return open;
  const all = await lockTickets(tx, order.id);
  const judged = judgeTickets(all, wanted);
  if (!judged.ok) return judged;
  const chosen = new Set(wanted.ticketIds);
  const values = (await findTicketValues(tx, order.id)).filter(({ ticketId }) => chosen.has(ticketId));
  const { cancellationSteps } = await findSalesPolicy(tx);
  const steps = wanted.waivesCancellationFee ? [] : cancellationSteps;
  const startsAt = new Map(all.map((row) => [row.id, row.starts_at]));
  const priced = values.map((value) => {
    const keptBp = keptOf(steps, startsAt.get(value.ticketId)!, now);
    const kept = (minor: bigint) => share(minor, BigInt(keptBp), 10_000n);
    const onTop = sumOfSurcharges(value.surcharges);
    return {
      ...value,
      keptMinor: kept(value.priceMinor),
      surcharges: takeFrom(value.surcharges, onTop - kept(onTop)),
    };
  });
  const parts = await findParts(tx, [order.id]);
  const shares = sharesOfTickets(order, parts, priced, wanted.amountMinor);
  if (!shares.ok) return shares;
  const amountMinor = sum(shares.value.map(({ amount }) => amount.amountMinor));
  const whole =
    amountMinor === refundable(order).amountMinor && all.every((row) => !row.live || chosen.has(row.id));
  return accept({
    plan: {
      amount: { amountMinor, currency: order.total.currency },
      status: whole ? 'REFUNDED' : 'PARTIALLY_REFUNDED',
    },
    tickets: {
      ids: wanted.ticketIds,
      shares: shares.value,
      keptMinor: wanted.amountMinor === null ? sum(priced.map(({ keptMinor }) => keptMinor)) : 0n,
      surcharges: wanted.amountMinor === null ? priced.flatMap(({ surcharges }) => surcharges) : [],
    },
  });
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n);
const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** All of the order's, by id as the law of capacity.ts says: what one is worth depends on the others. */
function lockTickets(tx: Transaction, orderId: string): Promise<TicketRow[]> {
  return tx.rows<TicketRow>(
    `select t.id, t.status in ('VALID', 'TRANSFER_PENDING') as live, o.starts_at,
            exists (select from scan s where s.ticket_id = t.id and s.result = 'ACCEPTED') as admitted
     from ticket t join occurrence o on o.id = t.occurrence_id
     where t.order_id = $1 order by t.id for update of t`,
    [orderId],
  );
}

function judgeTickets(
  all: readonly TicketRow[],
  { ticketIds: ids, evenAdmitted = false }: TicketsWanted,
): Outcome<true, TicketNotRefundable | InvalidInput | NotFound> {
  if (ids.length === 0) return invalid('ticketIds', 'must name at least one ticket');
  for (const id of ids) {
    const row = all.find((ticket) => ticket.id === id);
    if (!row) return notFound('A ticket of this order');
    const message = !row.live
      ? 'The ticket is not valid any more.'
      : row.admitted && !evenAdmitted
        ? 'The ticket was admitted already. Refund an amount instead.'
        : null;
    if (message !== null) return refuse({ kind: 'TicketNotRefundable', message, ticketId: id });
  }
  return accept(true);
}

/**
 * What each ticket of the order is worth; one that was exchanged no more than what was left with it then, of which the
 * surcharges are what its own order did not pay.
 */
export async function findTicketValues(
  tx: Transaction,
  orderId: string,
): Promise<(TicketValue & { readonly surcharges: readonly Surcharge[] })[]> {
  const tickets = await tx.rows<{
    readonly id: string;
    readonly order_line_id: string;
    readonly line_place: number;
    readonly value_minor: string | null;
  }>(
    `select t.id, t.order_line_id, t.line_place, x.value_minor from ticket t ${newestExchange} where t.order_id = $1`,
    [orderId],
  );
  const left = new Map(tickets.map((row) => [row.id, row.value_minor]));
  const lines = await tx.rows<{ id: string; hold_id: string; quantity: number; paid_minor: string }>(
    `select id, hold_id, quantity, coalesce(net_minor, quantity * unit_price_minor) + tax_minor as paid_minor
     from order_line where order_id = $1 order by place`,
    [orderId],
  );
  const [fees] = await tx.rows<{ minor: string }>(
    'select coalesce(sum(net_minor + tax_minor), 0) as minor from order_fee where order_id = $1 and refundable',
    [orderId],
  );
  const values = ticketValues(
    lines.map((line) => ({
      id: line.id,
      holdId: line.hold_id,
      quantity: line.quantity,
      paidMinor: BigInt(line.paid_minor),
    })),
    tickets.map((row) => ({ id: row.id, lineId: row.order_line_id, place: row.line_place })),
    BigInt(fees?.minor ?? 0),
  );
  const exchanged = tickets.some(({ value_minor }) => value_minor !== null);
  const surcharges = exchanged ? await findSurcharges(tx, orderId) : [];
  return values.map((value) => {
    const leftMinor = left.get(value.ticketId) ?? null;
    if (leftMinor === null) return { ...value, surcharges: [] };
    const priceMinor = least(value.priceMinor, BigInt(leftMinor));
    const own = surcharges.filter(({ ticketId }) => ticketId === value.ticketId);
    return { ...value, priceMinor, surcharges: takeFrom(own, BigInt(leftMinor) - priceMinor) };
  });
}

/** What falls to each part: by the tickets, or of an amount that was given by what is left of the parts. */
function sharesOfTickets(
  order: Order,
  parts: readonly OrderPart[],
  tickets: readonly (TicketValue & { readonly keptMinor: bigint })[],
  givenMinor: bigint | null,
): Outcome<Share[], RefundExceedsPayments> {
  const { currency } = order.total;
  const own = parts.filter(({ holdId }) => tickets.some((ticket) => ticket.holdId === holdId));
  const left = own.map(({ total, refunded }) => total.amountMinor - refunded.amountMinor);
  const most = least(sum(left), refundable(order).amountMinor);
  if (givenMinor !== null && givenMinor > most) return refundExceeds({ amountMinor: most, currency });
  const wanted =
    givenMinor === null
      ? own.map(({ holdId }, place) => {
          const ofPart = tickets.filter((ticket) => ticket.holdId === holdId);
          const worth = sum(ofPart.map((each) => each.priceMinor - each.keptMinor + each.feesMinor));
          return least(worth, left[place]!);
        })
      : splitBy(givenMinor, left);
  const amounts = sum(wanted) > most ? splitBy(most, wanted) : wanted;
  return accept(own.map((part, place) => ({ part, amount: { amountMinor: amounts[place]!, currency } })));
}
