import { appendMany } from '@marquee/event-log';
import {
  accept,
  assert,
  invalid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOnTicket } from '../access.ts';
import { notEnoughTickets, seatsTaken } from '../holds/hold.ts';
import type { JudgeRefusal } from '../holds/judge-hold.ts';
import { judgePlaces, type HoldRefusal, type JudgedPlaces } from '../holds/hold-tickets.ts';
import { shareTypes } from '../holds/sellable.ts';
import { claimSeats, ensureBuckets, moveBuckets, type QuotaChange } from '../inventory/capacity.ts';
import { expireOccurrence } from '../inventory/expire-occurrence.ts';
import { lessenClaims } from '../inventory/lessen-claims.ts';
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import { findReschedules } from '../occurrences/refund-rescheduled.ts';
import { findParts } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { awaitPlugins } from '../plugins/addition-rows.ts';
import { openTerms } from '../pricing/sale-terms.ts';
import { findSalesPolicy } from '../pricing/sales-policy-rows.ts';
import { answerForExchange } from '../questions/ask.ts';
import type { Answer } from '../questions/question.ts';
import { keepAnswers } from '../questions/question-rows.ts';
import { carryOutRefund } from '../refunds/carry-out-refund.ts';
import { recordRefund, refundSurcharges } from '../refunds/record-refund.ts';
import { keptOf } from '../refunds/refund-policy.ts';
import { refundable } from '../refunds/refund.ts';
import type { Services } from '../services.ts';
import { findTickets } from '../tickets/ticket-rows.ts';
import type { Ticket } from '../tickets/ticket.ts';
import {
  costsMore,
  judgeTarget,
  settle,
  type ExchangeCostsMore,
  type ExchangeNotPossible,
  type Settlement,
} from './exchange.ts';
import {
  findValue,
  lockExchangeable,
  moveTicket,
  type Exchangeable,
  type Value,
} from './exchanged-ticket.ts';
import type { ExchangeTarget } from './exchange-rows.ts';
import { differenceOf, orderExchange } from './order-exchange.ts';
import { sumOfSurcharges, takeFrom } from './surcharges.ts';

export type ExchangeRequest = ExchangeTarget & {
  readonly idempotencyKey: string;
  readonly ticketId: string;
  /** Of the other occurrence's waiting room, where one is on. No part of what was asked. */
  readonly admissionPass?: string | null;
  /** To what is asked for tickets of the other type. */
  readonly answers?: readonly AnswerOfTicket[];
  /** What the other costs more will be paid: it is ordered. */
  readonly paysDifference?: boolean;
};

export type AnswerOfTicket = { readonly questionId: string; readonly value: string };

export type Exchanged = {
  readonly ticketId: string;
  readonly refundIds: readonly string[];
  readonly backMinor: bigint;
  readonly currency: string;
  /** Once this order is paid the ticket is exchanged; null where it is already. */
  readonly toPay: { readonly orderId: string; readonly differenceMinor: bigint } | null;
};

type Refusals =
  | ExchangeNotPossible
  | ExchangeCostsMore
  | Exclude<HoldRefusal, { readonly kind: 'NoSeatsTogether' | 'TooBusy' | 'VoucherNotUsable' }>
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

/**
 * A ticket becomes one for another occurrence, in one transaction: the place there is taken and the one here given back,
 * the old credential is worthless by its epoch, and what the new place costs less goes back by a refund of the order
 * that paid. The ticket keeps its id and its history. A dearer place is ordered, and the ticket exchanged by its payment
 * (`order-exchange.ts`).
 */
export async function exchangeTicket(
  services: Services,
  viewer: Viewer,
  { admissionPass = null, ...request }: ExchangeRequest,
): Promise<Outcome<Exchanged, Refusals>> {
  const { occurrenceId } = request;
  const admitted = await services.waitingRooms.admit(viewer, occurrenceId, admissionPass);
  if (!admitted.ok) return admitted;
  const exchanged = await withOwnersWord<Exchanged, Refusals>(
    async () => {
      const first = await decide(services, viewer, request);
      if (first.ok || first.refusal.kind !== 'NotEnoughTickets') return first;
      // What looks sold out may be holds whose time is over.
      await expireOccurrence(services, viewer, occurrenceId);
      return decide(services, viewer, request);
    },
    ({ kind }) => kind === 'NotOnSale',
    () => refreshOccurrence(services, viewer, occurrenceId),
  );
  if (exchanged.ok)
    for (const refundId of exchanged.value.refundIds) await carryOutRefund(services, viewer, refundId);
  return exchanged;
}

async function decide(
  services: Services,
  viewer: Viewer,
  { idempotencyKey: key, ...request }: Omit<ExchangeRequest, 'admissionPass'>,
): Promise<Outcome<Exchanged, Refusals>> {
  return services.database.decide<Exchanged, Refusals>(viewer, (tx) =>
    idempotent<Exchanged, Refusals>(
      tx,
      { operation: 'exchangeTicket', key, request, subject: viewer.subject },
      async () => {
        await shareTypes(tx, [request.ticketTypeId]);
        const found = await lockExchanged(tx, viewer, request.ticketId);
        if (!found.ok) return found;
        if (found.value.holder.ticket.occurrenceId === request.occurrenceId)
          return invalid('occurrenceId', 'must be another than the ticket is for');
        const places = await judgeNewPlace(tx, viewer, request);
        if (!places.ok) return places;
        if (places.value.plan.total.currency !== found.value.held.currency)
          return invalid('ticketTypeId', `must be sold in ${found.value.held.currency}`);
        const answers = await answerForExchange(tx, found.value, request);
        if (!answers.ok) return answers;
        const difference = differenceOf(places.value, found.value);
        tx.afterCommit(services.wake);
        const wanted = { places: places.value, answers: answers.value };
        if (difference.amountMinor <= 0n) {
          await awaitPlugins(tx, services.hooks, { ticketId: request.ticketId });
          return exchangeNow(tx, found.value, request, wanted);
        }
        if (!request.paysDifference) return costsMore(difference);
        const ordered = await orderExchange(services, tx, viewer, found.value, wanted);
        if (!ordered.ok) return refuse(ofPlaces(ordered.refusal));
        const toPay = { orderId: ordered.value.id, differenceMinor: difference.amountMinor };
        return accept({ ...nothingBack(found.value), toPay });
      },
    ),
  );
}

type Found = Exchangeable & { readonly order: Order };
type Wanted = { readonly places: JudgedPlaces; readonly answers: readonly Answer[] };

const nothingBack = ({ holder, held }: Found) => ({
  ticketId: holder.ticket.id,
  refundIds: [],
  backMinor: 0n,
  currency: held.currency,
});

async function exchangeNow(
  tx: Transaction,
  found: Found,
  target: ExchangeTarget,
  { places, answers }: Wanted,
): Promise<Outcome<Exchanged, Refusals>> {
  const { ticket } = found.holder;
  const value = await findValue(tx, found);
  const settled = settle(value, places.plan.total, await keptBpOf(tx, found));
  const refundIds = await giveBack(tx, found, value, settled);
  const swapped = await swapPlaces(tx, ticket, target, places);
  if (!swapped.ok) return swapped;
  const { id: lineId, place } = found.held.line;
  await keepAnswers(
    tx,
    ticket.orderId,
    answers.map((answer) => ({ ...answer, lineId, place })),
  );
  await appendMany(tx, [await moveTicket(tx, found, target, { ...settled, refundIds })]);
  const backMinor = refundIds.length > 0 ? settled.backMinor : 0n;
  return accept({ ...nothingBack(found), refundIds, backMinor, toPay: null });
}

/** The order, then the ticket: the order in which everything locks. */
async function lockExchanged(
  tx: Transaction,
  viewer: Viewer,
  ticketId: string,
): Promise<Outcome<Found, ExchangeNotPossible | NotFound>> {
  const [seen] = await findTickets(tx, [ticketId]);
  const locked = seen && (await lockOrder(tx, seen.orderId));
  if (!locked) return notFound('The ticket');
  const found = await lockExchangeable(tx, ticketId, (holder) => mayActOnTicket(viewer, holder));
  return found.ok ? accept({ ...found.value, order: locked.order }) : found;
}

/** As a hold of one is judged: sales windows, seats, those on the waitlist. */
async function judgeNewPlace(
  tx: Transaction,
  viewer: Viewer,
  { occurrenceId, ticketTypeId, seatId }: ExchangeTarget,
): Promise<Outcome<JudgedPlaces, Refusals>> {
  const seatIds = seatId === null ? [] : [seatId];
  const judged = await judgePlaces(tx, viewer, {
    occurrenceId,
    items: [{ ticketTypeId, quantity: 1, seatIds }],
  });
  if (!judged.ok) {
    const refusal = ofPlaces(judged.refusal);
    if (refusal.kind !== 'InvalidInput') return refuse(refusal);
    return invalid(refusal.field.endsWith('seatIds') ? 'seatId' : 'ticketTypeId', refusal.message);
  }
  const terms = judgeTarget(judged.value.sellable.types.get(ticketTypeId)?.terms ?? openTerms);
  return terms.ok ? judged : terms;
}

/** A chosen place is asked for without a voucher, and alone: what is refused of others cannot be here. */
function ofPlaces(refusal: HoldRefusal | JudgeRefusal): Refusals {
  const { kind } = refusal;
  assert(
    kind !== 'NoSeatsTogether' && kind !== 'TooBusy' && kind !== 'VoucherNotUsable',
    'no seats are chosen for the guest, and no voucher is used',
  );
  return refusal as Refusals;
}

/** What the cancellation policy keeps; nothing where the guest could have all of it back. */
async function keptBpOf(tx: Transaction, { holder, held }: Found): Promise<number> {
  const { cancellationSteps } = await findSalesPolicy(tx);
  const [moved] = await findReschedules(tx, [holder.ticket.occurrenceId]);
  const free = held.cancelled || (moved !== undefined && moved.refundUntil > holder.now);
  return free ? 0 : keptOf(cancellationSteps, holder.startsAt, holder.now);
}

/** What was paid on top first; then by the part of the order that paid for it, of which no more goes back than is left. */
async function giveBack(
  tx: Transaction,
  { order, held }: Found,
  { surcharges }: Value,
  { backMinor }: Settlement,
): Promise<string[]> {
  const how = { reason: 'Exchanged for a ticket that costs less.', inHand: true };
  const onTop = takeFrom(surcharges, backMinor);
  const ids = await refundSurcharges(tx, onTop, how);
  const parts = await findParts(tx, [order.id]);
  const part = parts.find(({ holdId }) => holdId === held.paidHoldId);
  assert(part, 'a line is of a part of its order');
  const left = part.total.amountMinor - part.refunded.amountMinor;
  const rest = backMinor - sumOfSurcharges(onTop);
  const amountMinor = [rest, left, refundable(order).amountMinor].reduce((a, b) => (a < b ? a : b));
  if (amountMinor <= 0n) return ids;
  const amount = { amountMinor, currency: held.currency };
  const tickets = { ids: [], shares: [{ part, amount }], keptMinor: 0n, surcharges: [] };
  const plan = { amount, status: 'PARTIALLY_REFUNDED' as const };
  return [...ids, ...(await recordRefund(tx, order, plan, { ...how, tickets, keepsTickets: true }))];
}

/** Seats in the order in which they are locked, then the counters of both occurrences in one go. */
async function swapPlaces(
  tx: Transaction,
  ticket: Ticket,
  { occurrenceId, seatId }: ExchangeTarget,
  { plan, sellable }: JudgedPlaces,
): Promise<Outcome<true, Refusals>> {
  const seatIds = seatId === null ? [] : [seatId];
  const { orderId: ownerId } = ticket;
  const release = () => lessenClaims(tx, ownerId, [ticket]);
  const claim = () => claimSeats(tx, { occurrenceId, ownerId, seatIds, expiresAt: null });
  const releasesFirst = ticket.occurrenceId < occurrenceId;
  const early = releasesFirst ? await release() : null;
  const taken = await claim();
  if (taken.length > 0) return seatsTaken(taken);
  const given: QuotaChange[] = early ?? (await release());
  await tx.execute(
    `insert into quota_claim as own (organisation_id, owner_id, quota_id, occurrence_id, quantity)
     select $1, $2, quota_id, $3, 1 from unnest($4::uuid[]) as quota_id
     on conflict (organisation_id, owner_id, quota_id, occurrence_id) do update set quantity = own.quantity + 1`,
    [tx.organisationId, ownerId, occurrenceId, plan.quotas.map(({ quotaId }) => quotaId)],
  );
  if (sellable.quotasWithoutBucket.length > 0)
    await ensureBuckets(tx, occurrenceId, sellable.quotasWithoutBucket);
  const wanted = plan.quotas.map(({ quotaId, quantity }) => ({ quotaId, held: 0, sold: quantity }));
  const short = await moveBuckets(tx, occurrenceId, [...given, ...wanted]);
  return short ? notEnoughTickets(0) : accept(true);
}
