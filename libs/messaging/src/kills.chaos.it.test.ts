import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { startNats, startPostgres, type RunningNats, type RunningPostgres } from '@marquee/embedded';
import { newUuid } from '@marquee/kernel';
import { migrate, openDatabase, provisionDatabase, systemScope, type Database } from '@marquee/postgres';
import { eventually, temporaryDirectory, times } from '@marquee/testkit';
import type { Role } from './fixtures/process.ts';
import { startProcess, type Child } from './fixtures/spawn.ts';
import { appendNumbered, migrations } from './fixtures/world.ts';

const events = times({ test: 1_200, soak: 60_000 });
const kills = times({ test: 4, soak: 20 });
const batch = 10;
const writers = 4;
jest.setTimeout(times({ test: 240_000, soak: 3_600_000 }));
const patience = { timeoutMs: times({ test: 120_000, soak: 1_200_000 }), everyMs: 100 };

const organisationId = newUuid();

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let postgres: RunningPostgres;
let nats: RunningNats;
let urls: { readonly log: string; readonly replica: string };
let log: Database;
let replica: Database;
const children = new Map<Role['role'], Child>();

const startDatabaseServer = (port?: number) =>
  startPostgres({
    dataDirectory: join(directory.path, 'postgres'),
    logFile: join(directory.path, 'postgres.log'),
    superuserPassword: 'test',
    durability: 'fast',
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
  const database = async (name: string) => {
    const made = await provisionDatabase({ adminUrl: postgres.url, database: name, passwordFor: () => 'x' });
    await migrate({ url: made.ownerUrl, migrations });
    return made.appUrl;
  };
  urls = { log: await database('tickets'), replica: await database('analytics') };
  const open = (url: string) =>
    openDatabase({ url, applicationName: 'test', entities: [], connectTimeoutMs: 2000 });
  [log, replica] = await Promise.all([open(urls.log), open(urls.replica)]);
});

afterAll(async () => {
  await Promise.all([...children.values()].map((child) => child.kill()));
  await Promise.all([log?.close(), replica?.close()]);
  await Promise.all([postgres?.stop(), nats?.stop()]);
  await directory.remove();
});

function start(role: Role['role']): void {
  const databaseUrl = role === 'relay' ? urls.log : urls.replica;
  children.set(role, startProcess({ role, url: nats.url, namespace: 'chaos', databaseUrl }));
}

/** What is killed, and how it comes back. */
const victims: Readonly<Record<string, () => Promise<void>>> = {
  relay: () => restart('relay'),
  project: () => restart('project'),
  derive: () => restart('derive'),
  work: () => restart('work'),
  nats: async () => {
    process.kill(nats.pid, 'SIGKILL');
    await nats.exited;
    nats = await startNatsServer(nats.port);
  },
  postgres: async () => {
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    postgres = await startDatabaseServer(postgres.port);
  },
};

async function restart(role: Role['role']): Promise<void> {
  await children.get(role)!.kill();
  start(role);
}

/** The servers first, which every run must meet; then any, as chance has it. */
function pickVictim(round: number): string {
  const names = Object.keys(victims);
  return ['postgres', 'relay', 'nats', 'project'][round] ?? names[Math.floor(Math.random() * names.length)]!;
}

/** A transaction whose answer was lost is written again: the log may have a number twice, as after a caller's retry. */
async function write(place: number, onCommit: (count: number) => void): Promise<void> {
  for (let from = 1; from <= events / writers; from += batch) {
    const numbers = { from: place * 1_000_000 + from, to: place * 1_000_000 + from + batch - 1, batch };
    await eventually(() => appendNumbered(log, { organisationId, ...numbers }), patience);
    onCommit(batch);
  }
}

/** Every event of the log in its order, and the effects of a subscription in theirs. */
async function idsOfLog(): Promise<string[]> {
  const rows = await log.read(systemScope, (tx) =>
    tx.rows<{ event_id: string }>('select event_id from event_log order by event_log.tx, global_position'),
  );
  return rows.map((row) => row.event_id);
}

async function effectsOf(subscription: string): Promise<string[]> {
  const rows = await replica.read(systemScope, (tx) =>
    tx.rows<{ event_id: string }>('select event_id from effect where subscription = $1 order by place', [
      subscription,
    ]),
  );
  return rows.map((row) => row.event_id);
}

async function countEffects(subscription: string): Promise<number> {
  const [row] = await replica.read(systemScope, (tx) =>
    tx.rows<{ count: number }>('select count(*)::int as count from effect where subscription = $1', [
      subscription,
    ]),
  );
  return row!.count;
}

test('relay, consumers, NATS and PostgreSQL killed at random leave every effect done exactly once', async () => {
  (['relay', 'project', 'derive', 'work'] as const).forEach(start);
  let committed = 0;
  const writing = Promise.all(
    Array.from({ length: writers }, (_, place) => write(place, (count) => (committed += count))),
  );
  const killed: string[] = [];
  for (let round = 0; round < kills; round++) {
    const goal = ((round + 1) / (kills + 1)) * events;
    await eventually(() => expect(committed).toBeGreaterThanOrEqual(goal), patience);
    const victim = pickVictim(round);
    killed.push(victim);
    await victims[victim]!();
  }
  await writing;

  const written = await idsOfLog();
  for (const subscription of ['project', 'derive', 'work']) {
    await eventually(
      async () => expect(await countEffects(subscription)).toBeGreaterThanOrEqual(written.length),
      patience,
    );
    const effects = await effectsOf(subscription);
    expect({ killed, doubled: effects.length - new Set(effects).size }).toEqual({ killed, doubled: 0 });
    expect(new Set(effects)).toEqual(new Set(written));
    if (subscription !== 'work') expect(effects).toEqual(written);
  }
  const letters = await replica.read(systemScope, (tx) => tx.rows('select * from dead_letter'));
  expect(letters).toEqual([]);
  if (kills > 4) process.stdout.write(`${written.length} events, killed: ${killed.join(' ')}\n`);
});
