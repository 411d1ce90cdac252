import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getPostgreSQLEventStore, type PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import type { NewEvent } from '@marquee/contracts';
import { startPostgres } from '@marquee/embedded';
import { eventLogMigrations } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import {
  migrate,
  openDatabase,
  platformMigrations,
  provisionDatabase,
  type Database,
} from '@marquee/postgres';
import pg from 'pg';

/** A server that forces to disk what it has committed, our log in a database of its own, and a superuser beside it. */
export type LogWorld = {
  readonly home: string;
  readonly adminUrl: string;
  readonly organisationId: string;
  /** Ours, over so many connections. */
  open(poolSize: number): Promise<Database>;
  /** The peer, over so many connections, in another database of the same server. */
  openPeer(poolSize: number): PostgresEventStore;
};

export const peerName = 'Emmett 0.42';

/** Starts it, and removes all of it again, whatever becomes of the work. */
export async function withLogWorld<T>(
  log: (line: string) => void,
  work: (world: LogWorld) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  log('starting PostgreSQL, durable (fsync on)');
  const superuserPassword = newUuid();
  const server = await startPostgres({
    dataDirectory: join(home, 'postgres'),
    logFile: join(home, 'postgres.log'),
    superuserPassword,
  });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const passwordFor = () => superuserPassword;
    const database = { adminUrl: server.url, database: 'bench', passwordFor };
    const { ownerUrl, appUrl } = await provisionDatabase(database);
    await migrate({ url: ownerUrl, migrations: [...platformMigrations, ...eventLogMigrations] });
    const { ownerUrl: peerUrl } = await provisionDatabase({ ...database, database: 'peer' });
    return await work({
      home,
      adminUrl: server.url,
      organisationId: newUuid(),
      open: async (poolSize) => {
        const opened = await openDatabase({ url: appUrl, applicationName: 'bench', entities: [], poolSize });
        closing.push(() => opened.close());
        return opened;
      },
      openPeer: (poolSize) => {
        const pool = new pg.Pool({ connectionString: peerUrl, max: poolSize });
        pool.on('error', () => undefined); // it keeps connections when it is closed, and the server ends them
        const store = getPostgreSQLEventStore(peerUrl, { connectionOptions: { pool } });
        closing.push(async () => {
          await store.close();
          if (!pool.ended) await pool.end();
        });
        return store;
      },
    });
  } finally {
    for (const close of closing) await close().catch((error: unknown) => log(String(error)));
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

export type HoldPlaced = NewEvent<'tickets.hold-placed.v1'>;

function makeHoldPlaced(): HoldPlaced {
  const quantity = 1 + Math.floor(Math.random() * 6);
  return {
    type: 'tickets.hold-placed.v1',
    data: {
      holdId: newUuid(),
      occurrenceId: newUuid(),
      quantity,
      lines: [{ ticketTypeId: newUuid(), quantity, seatIds: [newUuid(), newUuid()] }],
      total: { amountMinor: `${quantity * 4500}`, currency: 'EUR' },
      expiresAt: new Date().toISOString(),
    },
  };
}

const made = Array.from({ length: 5_000 }, makeHoldPlaced);
let next = 0;

/** Some 350 bytes of data, as a busy service writes them; made beforehand, so that the making is not measured. */
export function holdPlaced(): HoldPlaced {
  return made[next++ % made.length]!;
}

/** The same, as the peer types it. */
export type PeerEvent = { readonly type: HoldPlaced['type']; readonly data: HoldPlaced['data'] };

/** Callers that each ask again as soon as they are answered; how much they got done, and how long 1 in 100 waited. */
export async function drive(
  callers: number,
  times: { readonly warmUpMs: number; readonly measureMs: number },
  caller: () => () => Promise<unknown>,
): Promise<{ readonly perSecond: number; readonly latencies: number[] }> {
  const latencies: number[] = [];
  const start = performance.now() + times.warmUpMs;
  const end = start + times.measureMs;
  const run = async () => {
    const ask = caller();
    for (let asked = performance.now(); asked < end;) {
      await ask();
      const answered = performance.now();
      if (answered >= start && answered <= end) latencies.push(answered - asked);
      asked = answered;
    }
  };
  await Promise.all(Array.from({ length: callers }, run));
  return { perSecond: (latencies.length / times.measureMs) * 1_000, latencies };
}
