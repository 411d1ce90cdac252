import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendEvents, eventLogMigrations } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { connectMessaging, messagingMigrations, type Messaging } from '@marquee/messaging';
import { platformMigrations, systemScope } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { migrations } from '../migrations/index.ts';
import { rebuildSubscription, startProjections } from '../projections.ts';
import { countSales } from '../sales/on-ticket-events.ts';
import { occurrenceStats } from '../sales/read-stats.ts';
import { storyOf, storyTotals } from '../sales/ticket-events.test-support.ts';
import { RebuildError, rebuildSales } from './rebuild-sales.ts';

const organisations = [newUuid(), newUuid()] as const;
const open: Messaging[] = [];
let nats: Awaited<ReturnType<typeof testNats>>;
let tickets: TestDatabase;
let analytics: TestDatabase;
let relayed: Messaging;

function connect(service: string, db: TestDatabase, namespace = nats.namespace): Promise<Messaging> {
  const connected = connectMessaging({
    url: nats.url,
    namespace,
    service,
    database: db.database,
    logger: silentLogger,
  });
  return connected.then((messaging) => {
    open.push(messaging);
    return messaging;
  });
}

/** Writes the story of a fresh occurrence into the ticket service's log, whose relay publishes it. */
async function tell(organisationId: string): Promise<string> {
  const occurrenceId = newUuid();
  await tickets.database.transaction({ organisationId }, async (tx) => {
    for (const { streamId, type, data } of storyOf(organisationId, occurrenceId)) {
      await appendEvents(tx, { streamId, events: [{ type, data } as never] });
    }
    tx.afterCommit(() => relayed.wake());
  });
  return occurrenceId;
}

async function statsOf(organisationId: string, occurrenceIds: readonly string[]) {
  const stats = await analytics.database.read({ organisationId }, (tx) => occurrenceStats(tx, occurrenceIds));
  return occurrenceIds.map((id) => stats.get(id));
}

/** Everything that is counted, of all tenants, with the generation left out. */
async function everything() {
  return analytics.database.read(systemScope, async (tx) => {
    const live = `generation = (select live_generation from projection where name = 'sales')`;
    const all = [];
    for (const table of ['occurrence_stats', 'occurrence_revenue', 'sales_minute']) {
      all.push(
        await tx.rows(`select to_jsonb(t) - 'generation' as row from ${table} t where ${live} order by 1`),
      );
    }
    return all;
  });
}

async function generations(): Promise<number[]> {
  const rows = await analytics.database.read(systemScope, (tx) =>
    tx.rows<{ generation: number }>('select distinct generation from occurrence_stats order by 1'),
  );
  return rows.map(({ generation }) => generation);
}

beforeAll(async () => {
  const logOnly = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];
  [nats, tickets, analytics] = await Promise.all([
    testNats(),
    testDatabase({ name: 'ticket-log', migrations: logOnly }),
    testDatabase({ name: 'analytics', migrations }),
  ]);
  relayed = await connect('tickets', tickets);
  relayed.startRelay();
});
afterAll(async () => {
  await Promise.all(open.map((messaging) => messaging.drain()));
  await Promise.all([tickets?.drop(), analytics?.drop()]);
});

describe('statistics from events over JetStream', () => {
  test('are counted once, whatever is delivered again, and the rebuilt ones equal the live ones', async () => {
    const [one, other] = organisations;
    const occurrences = [await tell(one), await tell(one)];
    const foreign = await tell(other);
    const service = await connect('analytics', analytics);
    const [, sales] = startProjections(service);
    await eventually(async () => {
      expect(await statsOf(one, occurrences)).toMatchObject([storyTotals, storyTotals]);
      expect(await statsOf(other, [foreign])).toMatchObject([storyTotals]);
    });
    expect(await statsOf(other, occurrences)).toEqual([undefined, undefined]);

    // All again from the start of the stream: the checkpoint passes over what was counted.
    await analytics.database.transaction(systemScope, (tx) =>
      tx.execute('update messaging_checkpoint set stream_sequence = 0'),
    );
    await sales!.stop();
    await service.drain();
    const restarted = await connect('analytics', analytics);
    startProjections(restarted);
    const later = await tell(one);
    await eventually(async () => expect(await statsOf(one, [later])).toMatchObject([storyTotals]));
    expect(await statsOf(one, occurrences)).toMatchObject([storyTotals, storyTotals]);

    const live = await everything();
    const counted = await rebuildSales({
      database: analytics.database,
      messaging: await connect('analytics', analytics),
      report: () => undefined,
    });
    expect(await everything()).toEqual(live);
    expect(counted).toBe(4 * storyOf(one, later).length);
    expect(await generations()).toEqual([2]);
  });

  test('are made right by a rebuild where the live ones are wrong, while events go on coming', async () => {
    const [one] = organisations;
    const before = await tell(one);
    await eventually(async () => expect(await statsOf(one, [before])).toMatchObject([storyTotals]));
    await analytics.database.transaction(systemScope, (tx) =>
      tx.execute('update occurrence_stats set tickets_sold = tickets_sold + 1000'),
    );
    const during: string[] = [];
    let rebuilding = true;
    const traffic = (async () => {
      while (rebuilding) during.push(await tell(one));
    })();
    try {
      await rebuildSales({
        database: analytics.database,
        messaging: await connect('analytics', analytics),
        report: () => undefined,
      });
    } finally {
      rebuilding = false;
      await traffic;
    }
    const after = await tell(one);
    const all = [before, ...during, after];
    await eventually(async () => expect(await statsOf(one, all)).toMatchObject(all.map(() => storyTotals)));
    expect(await generations()).toEqual([3]);
  });

  test('are rebuilt by one at a time', async () => {
    const [first, second] = [await connect('analytics', analytics), await connect('analytics', analytics)];
    const holder = first.project({ name: rebuildSubscription, events: countSales('next') });
    await eventually(() => expect(holder.status().state).not.toBe('standby'));
    const refused = rebuildSales({
      database: analytics.database,
      messaging: second,
      report: () => undefined,
    });
    await expect(refused).rejects.toThrow('Another rebuild is running');
    await holder.stop();
  });

  test('stay as they are when the rebuild finds no stream', async () => {
    const live = await everything();
    const elsewhere = await connect('analytics', analytics, `${nats.namespace}-elsewhere`);
    const failed = rebuildSales({
      database: analytics.database,
      messaging: elsewhere,
      report: () => undefined,
      stallMs: 500,
    });
    await expect(failed).rejects.toMatchObject({ name: RebuildError.name });
    expect(await everything()).toEqual(live);
  });
});
