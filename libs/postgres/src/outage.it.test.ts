import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findFreePort, startPostgres, type RunningPostgres } from '@marquee/embedded';
import { newUuid } from '@marquee/kernel';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import { noteMigrations, readNotes, writeNote } from './fixtures/note.ts';
import { isConnectionFailure, migrate, openDatabase, provisionDatabase, type Database } from './index.ts';

/** A server of this test's own, so that it can be killed. */
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: RunningPostgres;
let port = 0;
let url = '';
const opened: Database[] = [];
const scope = { organisationId: newUuid() };

const start = () =>
  startPostgres({
    dataDirectory: `${directory.path}/postgres`,
    logFile: `${directory.path}/postgres.log`,
    superuserPassword: 'test',
    durability: 'fast',
    port,
  });

async function open(options: Partial<Parameters<typeof openDatabase>[0]> = {}): Promise<Database> {
  const database = await openDatabase({ url, applicationName: 'outage', entities: [], ...options });
  opened.push(database);
  return database;
}

async function killServer(): Promise<void> {
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
}

beforeAll(async () => {
  directory = await temporaryDirectory();
  port = await findFreePort();
  server = await start();
  const { ownerUrl, appUrl } = await provisionDatabase({
    adminUrl: server.url,
    database: 'outage',
    passwordFor: () => 'test',
  });
  await migrate({ url: ownerUrl, migrations: noteMigrations });
  url = appUrl;
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await server.stop();
  await directory.remove();
});

describe('when PostgreSQL', () => {
  test('is killed, transactions fail as unavailable, and go on after its restart with all that was committed', async () => {
    const database = await open();
    await Promise.all(
      Array.from({ length: 5 }, (_, n) => database.transaction(scope, (tx) => writeNote(tx, `${n}`))),
    );
    const interrupted = database.transaction(scope, async (tx) => {
      await writeNote(tx, 'never committed');
      await killServer();
      // A session outlives the server's first process for a moment.
      for (;;) await tx.rows('select 1');
    });
    expect(isConnectionFailure(await interrupted.catch((error: unknown) => error))).toBe(true);
    await eventually(async () => {
      const failure = await database.read(scope, readNotes).catch((error: unknown) => error);
      expect(isConnectionFailure(failure)).toBe(true);
    });

    server = await start();
    expect(server.port).toBe(port);
    await eventually(async () =>
      expect(await database.read(scope, readNotes)).toEqual(['0', '1', '2', '3', '4']),
    );
    await database.ping();
  });

  test('is not there yet, the database opens all the same and works once it is', async () => {
    await killServer();
    const database = await open();
    expect(isConnectionFailure(await database.ping().catch((error: unknown) => error))).toBe(true);
    await expect(database.read(scope, readNotes)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    server = await start();
    await eventually(() => database.ping());
    expect(await database.read(scope, readNotes)).toHaveLength(5);
  });

  test('is frozen, a ping and a transaction give up in time and the pool recovers', async () => {
    // Far more than what works takes, on any machine.
    const limits = {
      ...{ statementTimeoutMs: 2_000, transactionTimeoutMs: 2_000, connectTimeoutMs: 2_000 },
      poolSize: 1,
    };
    const database = await open(limits);
    const backend = await database.read(scope, async (tx) => {
      const [row] = await tx.rows<{ pid: number }>('select pg_backend_pid() as pid');
      return row!.pid;
    });
    process.kill(backend, 'SIGSTOP');
    try {
      const failure = await database.read(scope, readNotes).catch((error: unknown) => error);
      expect(isConnectionFailure(failure)).toBe(true);
      // The pool gave the frozen connection up, so the next caller gets another.
      expect(await database.read(scope, readNotes)).toHaveLength(5);
    } finally {
      process.kill(backend, 'SIGCONT');
    }
    process.kill(server.pid, 'SIGSTOP');
    try {
      const other = await open({ ...limits, connectTimeoutMs: 300 }).catch((error: unknown) => error);
      expect(other).toMatchObject({ dataSource: { isInitialized: false } });
      await expect(opened.at(-1)!.ping(50)).rejects.toThrow('did not answer within 50 ms');
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await eventually(() => opened.at(-1)!.ping());
  });
});
