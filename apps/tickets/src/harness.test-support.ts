import { generateKeyPairSync } from 'node:crypto';
import { accept, newUuid, notFound, type Outcome, type Refusal } from '@marquee/kernel';
import { createOutbound } from '@marquee/outbound';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { checkOut } from './orders/check-out.ts';
import type { Order } from './orders/order.ts';
import { findViolations, type Violation } from './invariants/invariants.ts';
import { createGranting, type GrantingOptions } from './holds/granting.ts';
import { holdTickets } from './holds/hold-tickets.ts';
import type { Hold } from './holds/hold.ts';
import { createTicketType } from './inventory/create-ticket-type.ts';
import type { NewTicketType, TicketType } from './inventory/ticket-type.ts';
import { createInvoiceLinks } from './invoices/invoice-link.ts';
import { migrations } from './migrations/index.ts';
import type { Occurrence } from './occurrences/occurrence.ts';
import type { Owners, SeatMapFacts } from './occurrences/owners.ts';
import { keepOccurrences, keepSeatMap } from './occurrences/replicas.ts';
import { payOrder } from './payments/pay-order.ts';
import { guardProvider, type GuardedProvider, type PaymentProvider } from './payments/provider.ts';
import { createSandboxProvider } from './payments/sandbox/sandbox-provider.ts';
import type { Services } from './services.ts';
import type { WaitingRooms } from './waiting-room/waiting-rooms.ts';
import { createFileLinks } from './passes/file-links.ts';
import { createCredentialSigner } from './tickets/credential.ts';

/** The owners, as a test sets them up; what they were asked can be counted. */
export type FakeOwners = Owners & {
  readonly occurrences: Map<string, Occurrence>;
  readonly maps: Map<string, SeatMapFacts>;
  readonly guests: Map<string, string>;
  asked: string[];
  down: boolean;
};

export function createFakeOwners(): FakeOwners {
  const answer = <T>(question: string, value: () => T): Promise<T> => {
    owners.asked.push(question);
    if (owners.down) return Promise.reject(Object.assign(new Error('down'), { code: 'PEER_UNAVAILABLE' }));
    return Promise.resolve(value());
  };
  const owners: FakeOwners = {
    occurrences: new Map(),
    maps: new Map(),
    guests: new Map(),
    asked: [],
    down: false,
    occurrence: (_, id) => answer('occurrence', () => owners.occurrences.get(id) ?? null),
    eventOccurrences: (_, eventId) =>
      answer('event', () => {
        const found = [...owners.occurrences.values()].filter((occurrence) => occurrence.eventId === eventId);
        return found.length > 0 ? found : null;
      }),
    seatMap: (_, spaceId) => answer('seatMap', () => owners.maps.get(spaceId) ?? null),
    ensureGuest: (_, { email }) =>
      answer('guest', () => {
        const id = owners.guests.get(email.toLowerCase()) ?? newUuid();
        owners.guests.set(email.toLowerCase(), id);
        return accept(id);
      }),
  };
  return owners;
}

export type World = {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly owners: FakeOwners;
  readonly services: Services;
  /** An organiser; everything is made in this organisation unless told. */
  readonly viewer: Viewer;
  drop(): Promise<void>;
};

export function newViewer(role: Role = 'ORGANISER', organisationId = newUuid(), email?: string): Viewer {
  const subject = `user:${newUuid()}`;
  return { subject, organisationId, role, scopes: scopesOf(role), ...(email && { email }) };
}

export function guarded(provider: PaymentProvider, timeoutMs = 2_000): GuardedProvider {
  const outbound = createOutbound({
    name: provider.name,
    timeoutMs,
    breaker: { volumeThreshold: 1_000_000 },
    logger: silentLogger,
    metrics: createMetrics(),
  });
  return guardProvider(provider, outbound, () => undefined);
}

const fileLinks = createFileLinks({ publicUrl: 'http://localhost', secret: 'of tests' });
export const sandboxSecret = 'the secret of the sandbox in tests';
export const ticketKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });

/** No room is ever on, and none is looked for: what a test counts of statements is its own. */
const noWaitingRooms: WaitingRooms = {
  room: async () => null,
  join: async () => notFound('A waiting room'),
  place: async () => null,
  admit: () => accept(true),
  step: async () => 0,
  forget: () => undefined,
  start: () => ({ stop: async () => undefined }),
};

/** A database of the test's own and everything that use cases need around it. */
export async function createWorld(
  options: {
    readonly poolSize?: number;
    readonly lateMs?: number;
    readonly paymentTimeoutMs?: number;
    /** Holds are granted many at a time; default each alone. */
    readonly coalesced?: GrantingOptions | boolean;
  } = {},
): Promise<World> {
  const test = await testDatabase({
    name: 'tickets',
    migrations,
    entities: [],
    // A busy machine must not make a test of contention a test of patience.
    connection: {
      poolSize: options.poolSize ?? 10,
      statementTimeoutMs: 60_000,
      transactionTimeoutMs: 60_000,
      connectTimeoutMs: 60_000,
    },
  });
  const { database } = test;
  const owners = createFakeOwners();
  const { lateMs = 10_000 } = options;
  const sandbox = createSandboxProvider(database, { lateMs, secret: sandboxSecret });
  const services: Services = {
    database,
    owners,
    credentials: createCredentialSigner(ticketKey),
    providers: new Map([['sandbox', guarded(sandbox, options.paymentTimeoutMs)]]),
    waitingRooms: noWaitingRooms,
    passes: { links: fileLinks, apple: null, google: null },
    invoiceLinks: createInvoiceLinks({ publicUrl: 'http://localhost:4000', secret: 'links in tests' }),
    wakeIssuing: () => undefined,
    terms: { holdMinutes: 10, orderMinutes: 15, transferDays: 7, offerMinutes: 60 },
    wake: () => undefined,
    logger: silentLogger,
  };
  if (options.coalesced)
    Object.assign(services, {
      granting: createGranting(services, options.coalesced === true ? {} : options.coalesced),
    });
  return { test, database, owners, services, viewer: newViewer(), drop: () => test.drop() };
}

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
