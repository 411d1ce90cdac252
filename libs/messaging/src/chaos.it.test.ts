import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startNats, type RunningNats } from '@marquee/embedded';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import {
  eventually,
  temporaryDirectory,
  testDatabase,
  testServers,
  times,
  type TestDatabase,
} from '@marquee/testkit';
import { connect as natsConnect } from 'nats';
import pg from 'pg';
import type { Role } from './fixtures/process.ts';
import { startProcess, type Child } from './fixtures/spawn.ts';
import { appendNumbered, migrations, effectsOf, faultsOf, noteEffect } from './fixtures/world.ts';
import { connectMessaging, type Messaging } from './index.ts';

const organisationId = newUuid();

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let nats: RunningNats;
let namespace: string;
let source: TestDatabase;
let replica: TestDatabase;
const connected: Messaging[] = [];
const children: Child[] = [];

const startServer = (port?: number) =>
  startNats({
    dataDirectory: join(directory.path, 'nats'),
    logFile: join(directory.path, 'nats.log'),
    ...(port && { port }),
  });

async function killServer(): Promise<void> {
  process.kill(nats.pid, 'SIGKILL');
  await nats.exited;
}

async function wipeServer(): Promise<void> {
  await rm(join(directory.path, 'nats', 'jetstream'), { recursive: true });
}

beforeAll(async () => {
  directory = await temporaryDirectory();
  nats = await startServer();
});

afterAll(async () => {
  await nats.stop();
  await directory.remove();
});

beforeEach(async () => {
  namespace = `chaos_${newUuid().slice(-8)}`;
  [source, replica] = await Promise.all([
    testDatabase({ name: 'tickets', migrations }),
    testDatabase({ name: 'tickets', migrations }),
  ]);
});

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
  await Promise.all(connected.splice(0).map((messaging) => messaging.drain()));
  await Promise.all([source.drop(), replica.drop()]);
});

async function connect(service: string, { database }: TestDatabase): Promise<Messaging> {
  const messaging = await connectMessaging({
    url: nats.url,
    namespace,
    service,
    database,
    logger: silentLogger,
  });
  connected.push(messaging);
  return messaging;
}

function start(role: Omit<Role, 'url' | 'namespace' | 'databaseUrl'>): Child {
  const { url: databaseUrl } = role.role === 'relay' ? source : replica;
  const child = startProcess({ ...role, url: nats.url, namespace, databaseUrl });
  children.push(child);
  return child;
}

const append = (from: number, to: number, batch = 5, onCommit = () => {}) =>
  appendNumbered(source.database, { organisationId, from, to, batch, onCommit });

/** Numbers in the order of their effects. */
const numbersOf = async (subscription: string) =>
  (await effectsOf(replica.database, subscription)).map((effect) => effect.number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** The effects are there, each once; and they stay as they are when all has been delivered. */
async function expectExact(subscription: string, count: number): Promise<void> {
  await eventually(async () => expect((await numbersOf(subscription)).length).toBeGreaterThanOrEqual(count));
  expect(faultsOf(await effectsOf(replica.database, subscription), count)).toEqual([]);
}

async function streamState(): Promise<{ messages: number; last_seq: number }> {
  const connection = await natsConnect({ servers: nats.url });
  try {
    const jsm = await connection.jetstreamManager();
    return (await jsm.streams.info(`${namespace.toUpperCase()}_tickets`)).state;
  } finally {
    await connection.close();
  }
}

/** Ends the connection that holds the lead. */
async function terminateRelaySession(): Promise<void> {
  const admin = new pg.Client({ connectionString: (await testServers()).postgresUrl });
  await admin.connect();
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = $1 and application_name = 'tickets relay'`,
    [source.name],
  );
  await admin.end();
}

/** The service of a source and one with a projection and workers, in this process. */
async function startBoth() {
  const tickets = await connect('tickets', source);
  const analytics = await connect('analytics', replica);
  const relay = tickets.startRelay();
  const handlerOf = (name: string) => ({
    'tickets.hold-released.v1': (
      event: Parameters<typeof noteEffect>[2],
      tx: Parameters<typeof noteEffect>[0],
    ) => noteEffect(tx, name, event),
  });
  const project = analytics.project({ name: 'project', events: handlerOf('project') });
  const work = analytics.work({ name: 'work', concurrency: 8, events: handlerOf('work') });
  return { tickets, analytics, relay, project, work };
}

describe('a consumer killed', () => {
  for (const role of ['project', 'work'] as const) {
    test(`between effect and ack, and inside the handler, has done each thing once (${role})`, async () => {
      const tickets = await connect('tickets', source);
      tickets.startRelay();
      await append(1, 280);
      let appended = 280;
      const points = [
        { dieInHandler: 17 },
        { dieAfterCommit: 1 },
        { dieInHandler: 1 },
        { dieAfterCommit: 2 },
      ];
      for (const point of points.slice(0, times({ test: 2, soak: points.length }))) {
        // So that there is something left to die of, however much one transaction took.
        await append(appended + 1, (appended += 20));
        expect(await start({ role, ...point }).exited).toBe('SIGKILL');
      }
      const last = start({ role });
      await append(appended + 1, 400);
      await expectExact(role, 400);
      await last.kill();
      if (role === 'project') expect(await numbersOf(role)).toEqual(upTo(400));
    });
  }
});

describe('the relay', () => {
  test('killed again and again while events are written puts each into the stream once and in order', async () => {
    const analytics = await connect('analytics', replica);
    analytics.project({
      name: 'project',
      events: { 'tickets.hold-released.v1': (event, tx) => noteEffect(tx, 'project', event) },
    });
    let written = false;
    const writing = append(1, 600, 3).then(() => (written = true));
    for (let goal = 100; !written; goal += 100) {
      const relay = start({ role: 'relay' });
      await eventually(async () => {
        if (!written) expect((await streamState()).messages).toBeGreaterThan(goal);
      });
      await relay.kill();
    }
    await writing;
    start({ role: 'relay' });
    await expectExact('project', 600);
    expect(await numbersOf('project')).toEqual(upTo(600));
    expect(await streamState()).toMatchObject({ messages: 600, last_seq: 600 });
  });

  test('whose checkpoint was never written goes by the end of the stream', async () => {
    const { tickets } = await startBoth();
    await append(1, 100);
    await expectExact('project', 100);
    await tickets.drain();
    await source.database.transaction(systemScope, (tx) => tx.rows('delete from messaging_checkpoint'));
    const next = await connect('tickets', source);
    next.startRelay();
    await append(101, 120);
    await expectExact('project', 120);
    await expectExact('work', 120);
    expect(await streamState()).toMatchObject({ messages: 120, last_seq: 120 });
  });

  test('is led by one process of two, and by the other when the lead’s connection is lost', async () => {
    const { relay: first } = await startBoth();
    await eventually(() => expect(first.status().state).toBe('leading'));
    const other = await connect('tickets', source);
    const second = other.startRelay();
    await append(1, 50);
    await expectExact('project', 50);
    expect(second.status()).toMatchObject({ state: 'standby', published: 0 });
    const writing = append(51, 450, 2);
    for (let round = 0; round < 4; round++) {
      const lead = [first, second].find((relay) => relay.status().state === 'leading');
      const before = lead?.status().published ?? 0;
      await terminateRelaySession();
      const total = () => first.status().published + second.status().published;
      await eventually(() => expect(total()).toBeGreaterThan(before));
      await eventually(() =>
        expect([first, second].map((relay) => relay.status().state)).toContain('leading'),
      );
    }
    await writing;
    await expectExact('project', 450);
    await expectExact('work', 450);
    expect(await numbersOf('project')).toEqual(upTo(450));
    expect(await streamState()).toMatchObject({ messages: 450, last_seq: 450 });
  });
});

describe('a NATS server', () => {
  test('killed and started again in the middle loses and doubles nothing', async () => {
    const { tickets, relay } = await startBoth();
    const writing = append(1, 900, 3, () => tickets.wake());
    for (let goal = 150; goal <= 600; goal += 150) {
      await eventually(() => expect(relay.status().published).toBeGreaterThan(goal));
      await killServer();
      nats = await startServer(nats.port);
    }
    await writing;
    await expectExact('project', 900);
    await expectExact('work', 900);
    expect(await numbersOf('project')).toEqual(upTo(900));
  });

  test('whose storage was wiped is seeded anew from the log, and effects stay exact', async () => {
    const { tickets, relay, project, work } = await startBoth();
    await append(1, 500, 5, () => tickets.wake());
    await expectExact('project', 500);
    await expectExact('work', 500);
    await killServer();
    await wipeServer();
    const writing = append(501, 1000, 5, () => tickets.wake());
    nats = await startServer(nats.port);
    await writing;
    await expectExact('project', 1000);
    await expectExact('work', 1000);
    await eventually(() => expect([project.status().lag, work.status().lag]).toEqual([0, 0]));
    expect(await numbersOf('project')).toEqual(upTo(1000));
    expect(faultsOf(await effectsOf(replica.database, 'work'), 1000)).toEqual([]);
    expect(relay.status().published).toBe(1500);
    expect(await streamState()).toMatchObject({ messages: 1000 });
  });

  test('whose stream was deleted or purged under the running relay gets it back', async () => {
    const { tickets, project } = await startBoth();
    await append(1, 100, 5, () => tickets.wake());
    await expectExact('project', 100);
    const stream = `${namespace.toUpperCase()}_tickets`;
    const change = async (how: 'delete' | 'purge') => {
      const connection = await natsConnect({ servers: nats.url });
      await (await connection.jetstreamManager()).streams[how](stream);
      await connection.close();
    };
    await change('delete');
    await append(101, 200, 5, () => tickets.wake());
    await expectExact('project', 200);
    await expectExact('work', 200);
    // A stream with a hole is no use to a consumer that starts from zero: it is made anew.
    await change('purge');
    await append(201, 300, 5, () => tickets.wake());
    await expectExact('project', 300);
    await expectExact('work', 300);
    await eventually(async () => expect(await streamState()).toMatchObject({ messages: 300 }));
    await eventually(() => expect(project.status()).toMatchObject({ state: 'running', lag: 0 }));
    expect(await numbersOf('project')).toEqual(upTo(300));
  });
});
