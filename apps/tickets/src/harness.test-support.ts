import { newUuid, type Outcome, type Refusal } from '@marquee/kernel';
import { systemScope, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { holdTickets } from './holds/hold-tickets.ts';
import type { Hold } from './holds/hold.ts';
import { findViolations, type Violation } from './invariants/invariants.ts';
import { createTicketType } from './inventory/create-ticket-type.ts';
import type { NewTicketType, TicketType } from './inventory/ticket-type.ts';
import type { Occurrence } from './occurrences/occurrence.ts';
import type { SeatMapFacts } from './occurrences/owners.ts';
import { keepOccurrences } from './occurrences/replicas.ts';
import { checkOut } from './orders/check-out.ts';
import type { Order } from './orders/order.ts';
import { payOrder } from './payments/pay-order.ts';
import { keepSeatMap } from './seating/keep-seat-map.ts';
import type { World } from './world.test-support.ts';

export * from './world.test-support.ts';

export function newOccurrence(over: Partial<Occurrence> = {}): Occurrence {
  const startsAt = new Date(Date.now() + 30 * 86_400_000);
  return {
    id: newUuid(),
    eventId: newUuid(),
    eventTitle: 'An Evening',
    eventStatus: 'PUBLISHED',
    spaceId: null,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 2 * 3_600_000),
    timeZone: 'Europe/Berlin',
    status: 'SCHEDULED',
    revision: 1,
    ...over,
  };
}

/** A published occurrence that the replica and its owner know alike. */
export async function givenOccurrence(world: World, over: Partial<Occurrence> = {}): Promise<Occurrence> {
  const occurrence = newOccurrence(over);
  world.owners.occurrences.set(occurrence.id, occurrence);
  await world.database.transaction(world.viewer, (tx) => keepOccurrences(tx, [occurrence]));
  return occurrence;
}

export async function givenTicketType(
  world: World,
  occurrence: Occurrence,
  over: Partial<NewTicketType> = {},
): Promise<TicketType> {
  return accepted(
    createTicketType(world.services, world.viewer, {
      eventId: occurrence.eventId,
      name: `Type ${newUuid().slice(-6)}`,
      price: { amountMinor: 2500n, currency: 'EUR' },
      quotaSize: 100,
      maxPerOrder: 10,
      sectionName: null,
      ...over,
    }),
  );
}

/** One section of `rows` rows with `seatsPerRow` seats, and a standing area. */
export function newSeatMap(spaceId: string, rows = 2, seatsPerRow = 5, version = 1): SeatMapFacts {
  const seats = Array.from({ length: rows * seatsPerRow }, (_, place) => ({
    id: newUuid(),
    rowLabel: String.fromCharCode(65 + Math.floor(place / seatsPerRow)),
    label: `${1 + (place % seatsPerRow)}`,
    x: place % seatsPerRow,
    y: Math.floor(place / seatsPerRow),
  }));
  return {
    spaceId,
    seatMapId: newUuid(),
    version,
    sections: [{ id: newUuid(), name: 'Stalls', seats }],
    areas: [{ id: newUuid(), name: 'Floor' }],
  };
}

/** An occurrence in a space with a seat map, and a ticket type for its seats. */
export async function givenSeats(
  world: World,
  { rows = 2, seatsPerRow = 5, quotaSize }: { rows?: number; seatsPerRow?: number; quotaSize?: number } = {},
): Promise<{ occurrence: Occurrence; type: TicketType; seatIds: string[]; map: SeatMapFacts }> {
  const spaceId = newUuid();
  const map = newSeatMap(spaceId, rows, seatsPerRow);
  world.owners.maps.set(spaceId, map);
  await world.database.transaction(world.viewer, (tx) => keepSeatMap(tx, map));
  const occurrence = await givenOccurrence(world, { spaceId });
  const type = await givenTicketType(world, occurrence, {
    sectionName: 'Stalls',
    quotaSize: quotaSize ?? rows * seatsPerRow,
  });
  return { occurrence, type, map, seatIds: map.sections[0]!.seats.map(({ id }) => id) };
}

export async function accepted<T, R extends Refusal>(outcome: Promise<Outcome<T, R>>): Promise<T> {
  const result = await outcome;
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

export async function refused<T, R extends Refusal>(outcome: Promise<Outcome<T, R>>): Promise<R> {
  const result = await outcome;
  if (result.ok) throw new Error('accepted what should be refused');
  return result.refusal;
}

export function hold(
  world: World,
  viewer: Viewer,
  occurrence: Occurrence,
  type: TicketType,
  what: { readonly quantity?: number; readonly seatIds?: readonly string[]; readonly key?: string } = {},
): ReturnType<typeof holdTickets> {
  const { quantity = what.seatIds ? null : 1, seatIds = [], key = newUuid() } = what;
  return holdTickets(world.services, viewer, {
    idempotencyKey: key,
    occurrenceId: occurrence.id,
    items: [{ ticketTypeId: type.id, quantity, seatIds }],
  });
}

export const aGuest = { email: 'ada@example.com', name: 'Ada Lovelace' };

export function order(world: World, viewer: Viewer, placed: Hold, guest = aGuest): Promise<Order> {
  return accepted(
    checkOut(world.services, viewer, {
      idempotencyKey: newUuid(),
      holdId: placed.id,
      guest,
      voucherCode: null,
    }),
  );
}

export function pay(
  world: World,
  viewer: Viewer,
  placed: Pick<Order, 'id'>,
  { token = 'approve', key = newUuid() } = {},
): ReturnType<typeof payOrder> {
  const provider = world.services.providers.get('sandbox')!;
  return payOrder(world.services, viewer, {
    idempotencyKey: key,
    orderId: placed.id,
    provider,
    paymentToken: token,
    returnUrl: null,
  });
}

/** Held, ordered and paid. */
export async function givenPaidOrder(
  world: World,
  viewer: Viewer,
  occurrence: Occurrence,
  type: TicketType,
  what: Parameters<typeof hold>[4] = {},
  guest = aGuest,
): Promise<Order> {
  const held = await accepted(hold(world, viewer, occurrence, type, what));
  return accepted(pay(world, viewer, await order(world, viewer, held, guest)));
}

/** Lets time pass for holds, orders and transfers alone, as if their time had run out. */
export async function expireEverything({ database }: World): Promise<void> {
  await database.transaction(systemScope, async (tx) => {
    for (const [table, live] of [
      ['hold', `status = 'ACTIVE'`],
      ['ticket_order', `status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT')`],
      ['transfer', `status = 'OFFERED'`],
      ['waitlist_offer', `status = 'OFFERED'`],
      // Blocks never expire.
      ['quota_claim', `expires_at < 'infinity'`],
      ['seat_claim', `expires_at < 'infinity'`],
    ]) {
      await tx.execute(`update ${table} set expires_at = now() - interval '2 minutes' where ${live}`);
    }
  });
}

export function system<T>({ database }: World, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database.transaction(systemScope, work);
}

export function violations({ database }: World): Promise<Violation[]> {
  return database.transaction(systemScope, findViolations, { isolation: 'repeatable read', readOnly: true });
}

/** The ids of an order's tickets. */
export async function ticketIdsOf(world: World, placed: Pick<Order, 'id'>): Promise<string[]> {
  const rows = await system(world, (tx) =>
    tx.rows<{ id: string }>('select id from ticket where order_id = $1 order by id', [placed.id]),
  );
  return rows.map(({ id }) => id);
}

export async function eventTypes(world: World, stream: string): Promise<string[]> {
  const rows = await system(world, (tx) =>
    tx.rows<{ type: string }>('select type from event_log where stream_id = $1 order by version', [stream]),
  );
  return rows.map(({ type }) => type.replace('tickets.', '').replace('.v1', ''));
}
