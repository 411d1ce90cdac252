import { generateKeyPairSync } from 'node:crypto';
import { accept, newUuid, notFound } from '@marquee/kernel';
import { createOutbound } from '@marquee/outbound';
import type { Database } from '@marquee/postgres';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { noHooks } from '@marquee/hooks';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { createGranting, type GrantingOptions } from './holds/granting.ts';
import { createInvoiceLinks } from './invoices/invoice-link.ts';
import { migrations } from './migrations/index.ts';
import type { Occurrence } from './occurrences/occurrence.ts';
import type { Owners, SeatMapFacts } from './occurrences/owners.ts';
import { createFileLinks } from './passes/file-links.ts';
import { guardProvider, type GuardedProvider, type PaymentProvider } from './payments/provider.ts';
import { createSandboxProvider } from './payments/sandbox/sandbox-provider.ts';
import type { Services } from './services.ts';
import { createCredentialSigner } from './tickets/credential.ts';
import type { WaitingRooms } from './waiting-room/waiting-rooms.ts';

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

/** No machine is too slow for its deadline: where the sandbox falls silent, whoever asked gives up at once. */
export function guarded(provider: PaymentProvider): GuardedProvider {
  const outbound = createOutbound({
    name: provider.name,
    timeoutMs: 60_000,
    breaker: { volumeThreshold: 1_000_000 },
    logger: silentLogger,
    metrics: createMetrics(),
  });
  const confirm: PaymentProvider['confirm'] = (request) => provider.confirm(request, AbortSignal.abort());
  return guardProvider({ ...provider, confirm }, outbound, () => undefined);
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

/** Tells nobody to come back only because the machine is slow. */
export const patientGranting = (services: Services, options: GrantingOptions = {}) =>
  createGranting(services, { maxWaitMs: 600_000, ...options });

/** A database of the test's own and everything that use cases need around it. */
export async function createWorld(
  options: {
    readonly poolSize?: number;
    /** Holds are granted many at a time; default each alone. */
    readonly coalesced?: boolean;
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
  const sandbox = createSandboxProvider(database, { lateMs: 3_600_000, secret: sandboxSecret });
  const services: Services = {
    database,
    owners,
    hooks: noHooks,
    credentials: createCredentialSigner(ticketKey),
    providers: new Map([['sandbox', guarded(sandbox)]]),
    waitingRooms: noWaitingRooms,
    passes: { links: fileLinks, apple: null, google: null },
    invoiceLinks: createInvoiceLinks({ publicUrl: 'http://localhost:4000', secret: 'links in tests' }),
    wakeIssuing: () => undefined,
    wakeSagas: () => undefined,
    terms: { holdMinutes: 10, orderMinutes: 15, transferDays: 7, offerMinutes: 60, deletedDays: 30 },
    wake: () => undefined,
    logger: silentLogger,
  };
  if (options.coalesced) Object.assign(services, { granting: patientGranting(services) });
  return { test, database, owners, services, viewer: newViewer(), drop: () => test.drop() };
}
