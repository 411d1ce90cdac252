import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startNats, startPostgres, type RunningNats, type RunningPostgres } from '@marquee/embedded';
import { newUuid } from '@marquee/kernel';
import { migrate, openDatabase, provisionDatabase, type Database } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import { appendNumbered, migrations, effectsOf, faultsOf, noteEffect } from './fixtures/world.ts';
import { connectMessaging, type Messaging } from './index.ts';

jest.setTimeout(180_000);

const organisationId = newUuid();
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let postgres: RunningPostgres;
let nats: RunningNats;
let appUrl: string;

const startDatabaseServer = (port?: number) =>
  startPostgres({
    dataDirectory: join(directory.path, 'postgres'),
    logFile: join(directory.path, 'postgres.log'),
    superuserPassword: 'test',
    ...(port && { port }),
  });
const startNatsServer = (port?: number) =>
  startNats({
    dataDirectory: join(directory.path, 'nats'),
    logFile: join(directory.path, 'nats.log'),
    ...(port && { port }),
  });

beforeAll(async () => {
  directory = await temporaryDirectory();
  [postgres, nats] = await Promise.all([startDatabaseServer(), startNatsServer()]);
  const provisioned = await provisionDatabase({
    adminUrl: postgres.url,
    database: 'tickets',
    passwordFor: () => 'x',
  });
  await migrate({ url: provisioned.ownerUrl, migrations });
  appUrl = provisioned.appUrl;
});

afterAll(async () => {
  await Promise.all([postgres.stop(), nats.stop()]);
  await directory.remove();
});

const open = () =>
  openDatabase({ url: appUrl, applicationName: 'tickets', entities: [], connectTimeoutMs: 1000 });

async function startService(database: Database): Promise<Messaging> {
  const messaging = await connectMessaging({
    url: nats.url,
    service: 'tickets',
    database,
    logger: silentLogger,
  });
  messaging.startRelay();
  for (const name of ['project', 'work'] as const) {
    const events = {
      'tickets.hold-released.v1': (
        event: Parameters<typeof noteEffect>[2],
        tx: Parameters<typeof noteEffect>[0],
      ) => noteEffect(tx, name, event),
    };
    if (name === 'project') messaging.project({ name, events });
    else messaging.work({ name, events, concurrency: 4 });
  }
  return messaging;
}

async function killBoth(): Promise<void> {
  process.kill(postgres.pid, 'SIGKILL');
  process.kill(nats.pid, 'SIGKILL');
  await Promise.all([postgres.exited, nats.exited]);
}

/** Appends each number until its transaction is known to have committed; a number may come twice, as a caller's retry. */
async function appendThroughOutage(database: Database, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number++) {
    await eventually(() => appendNumbered(database, { organisationId, from: number, to: number }));
  }
}

describe('a service', () => {
  test('survives PostgreSQL and NATS killed under it, and does everything committed exactly once', async () => {
    const database = await open();
    const messaging = await startService(database);
    await appendThroughOutage(database, 1, 200);
    for (let round = 0; round < 3; round++) {
      const first = 201 + round * 200;
      const writing = appendThroughOutage(database, first, first + 199);
      await killBoth();
      await eventually(() => expect(messaging.health().connected).toBe(false));
      postgres = await startDatabaseServer(postgres.port);
      nats = await startNatsServer(nats.port);
      await writing;
    }
    const log = await database.read({ organisationId }, (tx) =>
      tx.rows<{ event_id: string }>('select event_id from event_log order by global_position'),
    );
    for (const name of ['project', 'work']) {
      await eventually(async () => expect(await effectsOf(database, name)).toHaveLength(log.length));
      const effects = await effectsOf(database, name);
      expect(new Set(effects.map((effect) => effect.event_id)).size).toBe(log.length);
      expect(faultsOf(effects, 800).filter((fault) => !fault.endsWith('doubled'))).toEqual([]);
    }
    expect(
      (await database.read({ organisationId }, (tx) => tx.rows('select 1 from dead_letter'))).length,
    ).toBe(0);
    await messaging.drain();
    await database.close();
  });

  test('starts without PostgreSQL and NATS and goes on when they come', async () => {
    await killBoth();
    const database = await open();
    const messaging = await startService(database);
    await expect(messaging.ready()).rejects.toThrow('NATS is not connected');
    const before = messaging.health();
    expect(before.subscriptions.map(({ lag }) => lag)).toEqual([null, null]);
    postgres = await startDatabaseServer(postgres.port);
    nats = await startNatsServer(nats.port);
    await eventually(() => messaging.ready());
    await appendThroughOutage(database, 801, 810);
    await eventually(async () => {
      for (const name of ['project', 'work']) {
        const numbers = (await effectsOf(database, name)).map((effect) => effect.number);
        expect(numbers).toContain(810);
      }
      expect(messaging.health()).toMatchObject({
        connected: true,
        relay: { state: 'leading' },
        subscriptions: [
          { name: 'project', state: 'running', lag: 0 },
          { name: 'work', state: 'running', lag: 0 },
        ],
      });
    });
    await messaging.drain();
    await database.close();
  });
});
