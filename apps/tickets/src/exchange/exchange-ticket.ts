import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  assert,
  invalid,
  newUuid,
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
import { judgePlaces, type JudgedPlaces } from '../holds/hold-tickets.ts';
import { shareTypes } from '../holds/sellable.ts';
import { claimSeats, ensureBuckets, moveBuckets, type QuotaChange } from '../inventory/capacity.ts';
import { expireOccurrence } from '../inventory/expire-occurrence.ts';
import { lessenClaims } from '../inventory/lessen-claims.ts';
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import type { NotOnSale } from '../occurrences/occurrence.ts';
import { findReschedules } from '../occurrences/refund-rescheduled.ts';
import { findParts } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { openTerms } from '../pricing/sale-terms.ts';
import { findSalesPolicy } from '../pricing/sales-policy-rows.ts';
import { carryOutRefund } from '../refunds/carry-out-refund.ts';
import { recordRefund } from '../refunds/record-refund.ts';
import { keptOf } from '../refunds/refund-policy.ts';
import { findTicketValues } from '../refunds/refund-tickets.ts';
import { refundable } from '../refunds/refund.ts';
import type { Services } from '../services.ts';
import { findTickets, lockTicket, type TicketForChange } from '../tickets/ticket-rows.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { WaitingRoomRequired } from '../waiting-room/waiting-room.ts';
import {
  judgeExchange,
  judgeTarget,
  settle,
  type ExchangeCostsMore,
  type ExchangeNotPossible,
  type Settlement,
} from './exchange.ts';
import { findHeld, writeExchange, type ExchangeTarget, type Held } from './exchange-rows.ts';

export type ExchangeRequest = ExchangeTarget & {
  readonly idempotencyKey: string;
  readonly ticketId: string;
  /** Of the other occurrence's waiting room, where one is on. No part of what was asked. */
  readonly admissionPass?: string | null;
};

export type Exchanged = {
  readonly ticketId: string;
  readonly refundIds: readonly string[];
  readonly backMinor: bigint;
  readonly currency: string;
};

type Refusals =
  | ExchangeNotPossible
  | ExchangeCostsMore
  | Exclude<JudgeRefusal, { readonly kind: 'NoSeatsTogether' }>
  | NotOnSale
  | WaitingRoomRequired
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

/**
 * A ticket becomes one for another occurrence, in one transaction: the place there is taken and the one here given back,
 * the old credential is worthless by its epoch, and what the new place costs less goes back by a refund of the order
 * that paid. The ticket keeps its id and its history.
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
        const { holder, held } = found.value;
        if (holder.ticket.occurrenceId === request.occurrenceId)
          return invalid('occurrenceId', 'must be another than the ticket is for');
        const target = await judgeNewPlace(tx, viewer, request);
        if (!target.ok) return target;
        const settled = await settleExchange(tx, found.value, target.value);
        if (!settled.ok) return settled;
        const refundIds = await giveBack(tx, found.value, settled.value);
        const short = await swapPlaces(tx, holder.ticket, request, target.value);
        if (!short.ok) return short;
        await writeDown(tx, found.value, request, { ...settled.value, refundIds });
        tx.afterCommit(services.wake);
        const { backMinor } = settled.value;
        const paid = refundIds.length > 0 ? backMinor : 0n;
        return accept({ ticketId: request.ticketId, refundIds, backMinor: paid, currency: held.currency });
      },
    ),
  );
}

type Found = { readonly order: Order; readonly holder: TicketForChange; readonly held: Held };

/** The order, then the ticket: the order in which everything locks. A scan under way is waited for. */
async function lockExchanged(
  tx: Transaction,
  viewer: Viewer,
  ticketId: string,
): Promise<Outcome<Found, ExchangeNotPossible | NotFound>> {
  const [seen] = await findTickets(tx, [ticketId]);
  const locked = seen && (await lockOrder(tx, seen.orderId));
  const holder = locked && (await lockTicket(tx, ticketId));
  if (!holder || !mayActOnTicket(viewer, { ...holder, guestId: holder.ticket.guestId }))
    return notFound('The ticket');
  const held = await findHeld(tx, ticketId);
  const judged = judgeExchange({ ...holder, ...held, status: holder.ticket.status }, holder.now);
  return judged.ok ? accept({ order: locked.order, holder, held }) : judged;
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
    const { refusal } = judged;
    assert(refusal.kind !== 'NoSeatsTogether', 'no seats are chosen for the guest');
    if (refusal.kind !== 'InvalidInput') return refuse(refusal);
    return invalid(refusal.field.endsWith('seatIds') ? 'seatId' : 'ticketTypeId', refusal.message);
  }
  const terms = judgeTarget(judged.value.sellable.types.get(ticketTypeId)?.terms ?? openTerms);
  return terms.ok ? judged : terms;
}

async function settleExchange(
  tx: Transaction,
  { order, holder, held }: Found,
  { plan }: JudgedPlaces,
): Promise<Outcome<Settlement, ExchangeCostsMore | InvalidInput>> {
  if (plan.total.currency !== held.currency)
    return invalid('ticketTypeId', `must be sold in ${held.currency}`);
  const values = await findTicketValues(tx, order.id);
  const value = values.find(({ ticketId }) => ticketId === holder.ticket.id);
  assert(value, 'a ticket is of a line of its order');
  // Nothing is kept where the guest could have all of it back.
  const { cancellationSteps } = await findSalesPolicy(tx);
  const [moved] = await findReschedules(tx, [holder.ticket.occurrenceId]);
  const free = held.cancelled || (moved !== undefined && moved.refundUntil > holder.now);
  const keptBp = free ? 0 : keptOf(cancellationSteps, holder.startsAt, holder.now);
  return settle({ priceMinor: held.priceMinor, valueMinor: value.priceMinor }, plan.total, keptBp);
}

/** By the part of the order that paid for it, of which no more goes back than is left. */
async function giveBack(
  tx: Transaction,
  { order, held }: Found,
  { backMinor }: Settlement,
): Promise<string[]> {
  const parts = await findParts(tx, [order.id]);
  const part = parts.find(({ holdId }) => holdId === held.paidHoldId);
  assert(part, 'a line is of a part of its order');
  const left = part.total.amountMinor - part.refunded.amountMinor;
  const amountMinor = [backMinor, left, refundable(order).amountMinor].reduce((a, b) => (a < b ? a : b));
  if (amountMinor <= 0n) return [];
  const amount = { amountMinor, currency: held.currency };
  return recordRefund(
    tx,
    order,
    { amount, status: 'PARTIALLY_REFUNDED' },
    {
      reason: 'Exchanged for a ticket that costs less.',
      tickets: { ids: [], shares: [{ part, amount }], keptMinor: 0n },
      keepsTickets: true,
      inHand: true,
    },
  );
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

async function writeDown(
  tx: Transaction,
  { holder: { ticket }, held }: Found,
  target: ExchangeTarget,
  worth: Settlement & { readonly refundIds: readonly string[] },
): Promise<void> {
  const id = newUuid();
  await writeExchange(tx, { id, ticket, place: held.exchanges + 1 }, target, worth);
  const { id: ticketId, orderId } = ticket;
  const { occurrenceId, ticketTypeId, seatId } = target;
  const left = { occurrenceId: ticket.occurrenceId, ticketTypeId: ticket.ticketTypeId };
  await appendEvents(tx, {
    streamId: streamId('ticket', ticketId),
    events: [
      { type: 'tickets.ticket-withdrawn.v1', data: { exchangeId: id, ticketId, orderId, ...left } },
      {
        type: 'tickets.ticket-exchanged.v1',
        data: {
          exchangeId: id,
          ticketId,
          orderId,
          occurrenceId,
          ticketTypeId,
          seatId,
          fromOccurrenceId: ticket.occurrenceId,
        },
      },
    ],
  });
}
