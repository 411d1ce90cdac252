import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { erasedText, type DomainEvent } from '@marquee/contracts';
import {
  appendEvents,
  createFieldEncryption,
  createFileKeyManagement,
  eventLogMigrations,
  streamId,
  type FieldEncryption,
} from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope } from '@marquee/postgres';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { connect as natsConnect } from 'nats';
import { connectMessaging, messagingMigrations, type Messaging, type Subscription } from './index.ts';

const organisationId = newUuid();
const internalSecret = 'a-secret-of-at-least-thirty-two-characters';

let nats: { readonly url: string; readonly namespace: string };
let databases: Record<'guests' | 'tickets' | 'analytics' | 'hub', TestDatabase>;
let encryption: FieldEncryption;
let guests: Messaging;
const connected: Messaging[] = [];

beforeAll(async () => {
  nats = await testNats();
  const migrations = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];
  const names = ['guests', 'tickets', 'analytics', 'hub'] as const;
  const made = await Promise.all(names.map((name) => testDatabase({ name, migrations })));
  databases = Object.fromEntries(names.map((name, index) => [name, made[index]!])) as typeof databases;
  const { path } = await temporaryDirectory();
  encryption = createFieldEncryption({ keys: await createFileKeyManagement({ path: `${path}/keys.json` }) });
  guests = await connect('guests', { encryption, readers: ['tickets'] });
  guests.startRelay();
});

afterAll(async () => {
  await Promise.all(connected.map((messaging) => messaging.drain()));
  await Promise.all(Object.values(databases).map((fixture) => fixture.drop()));
});

async function connect(
  service: keyof typeof databases,
  personal?: Parameters<typeof connectMessaging>[0]['personal'],
) {
  const messaging = await connectMessaging({
    ...nats,
    service,
    internalSecret,
    database: databases[service].database,
    logger: silentLogger,
    metrics: createMetrics(),
    ...(personal && { personal }),
  });
  connected.push(messaging);
  await eventually(() => messaging.ready());
  return messaging;
}

type Seen = Map<string, Record<string, unknown>>;

/** The newest data of each guest as a projection's handlers get it. */
function follow(
  messaging: Messaging,
  name: string,
  personal: boolean,
): { seen: Seen; subscription: Subscription } {
  const seen: Seen = new Map();
  const note = async ({ data }: DomainEvent<'guests.guest-registered.v1'>) =>
    void seen.set(data.guestId, { ...data });
  const events = { 'guests.guest-registered.v1': note };
  return { seen, subscription: messaging.project({ name, personal, events }) };
}

async function register(email: string): Promise<string> {
  const guestId = newUuid();
  await databases.guests.database.transaction({ organisationId }, async (tx) => {
    await appendEvents(tx, {
      streamId: streamId('guest', guestId),
      events: [{ type: 'guests.guest-registered.v1', data: { guestId, email, name: 'Ada', phone: '+431' } }],
      interceptors: [encryption.within(tx).append],
    });
    tx.afterCommit(guests.wake);
  });
  return guestId;
}

/** All that the broker has of a stream, as text. */
async function broker(): Promise<string> {
  const connection = await natsConnect({ servers: nats.url });
  try {
    const jsm = await connection.jetstreamManager();
    const stream = `${nats.namespace.toUpperCase()}_guests`;
    const { state } = await jsm.streams.info(stream);
    const texts: string[] = [];
    for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq++)
      texts.push((await jsm.streams.getMessage(stream, { seq })).string());
    return texts.join('\n');
  } finally {
    await connection.close();
  }
}

test('personal data reaches the readers that may have it and ask for it, and neither others nor the broker', async () => {
  const tickets = await connect('tickets');
  const allowed = follow(tickets, 'replicas', true);
  const modest = follow(tickets, 'counts', false);
  const stranger = follow(await connect('hub'), 'webhooks', true);
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(await register(`ada-${n}@example.com`));

  await eventually(async () => {
    for (const { seen } of [allowed, modest, stranger]) expect(seen.size).toBe(5);
  });
  for (const [n, id] of ids.entries()) {
    expect(allowed.seen.get(id)).toEqual({
      guestId: id,
      email: `ada-${n}@example.com`,
      name: 'Ada',
      phone: '+431',
    });
    for (const { seen } of [modest, stranger])
      expect(seen.get(id)).toEqual({ guestId: id, email: erasedText, name: erasedText, phone: null });
  }
  const published = await broker();
  expect(published).toContain(ids[4]);
  expect(published).not.toContain('example.com');

  // Erased, it is not even told anew to who was told before.
  await databases.guests.database.transaction({ organisationId }, async (tx) => {
    const announce = {
      streamId: streamId('guest', ids[0]!),
      events: [{ type: 'guests.guest-erased.v1' as const, data: { guestId: ids[0]! } }],
    };
    await encryption.eraseSubject(tx, { subject: ids[0]!, announce });
    tx.afterCommit(guests.wake);
  });
  allowed.seen.clear();
  await allowed.subscription.rebuild(async () => undefined);
  await eventually(async () => expect(allowed.seen.size).toBe(5));
  expect(allowed.seen.get(ids[0]!)).toMatchObject({ email: erasedText, name: erasedText });
  expect(allowed.seen.get(ids[1]!)).toMatchObject({ email: 'ada-1@example.com' });
});

test('personal data makes its readers wait while its service is away, and no dead letters', async () => {
  const analytics = await connect('analytics');
  await guests.drain();
  // What was committed before is in the broker already; nobody is there to be asked.
  const { seen, subscription } = follow(analytics, 'late', true);
  await eventually(async () => expect(subscription.status().lastError).toContain('QuestionUnavailable'));
  expect(seen.size).toBe(0);
  expect(subscription.status().deadLetters).toBe(0);

  guests = await connect('guests', { encryption, readers: ['analytics'] });
  await eventually(async () => expect(seen.size).toBe(5));
  expect([...seen.values()].filter(({ email }) => String(email).includes('example.com'))).toHaveLength(4);
  const letters = await databases.analytics.database.read(systemScope, (tx) =>
    tx.rows('select 1 from dead_letter'),
  );
  expect(letters).toEqual([]);
});
