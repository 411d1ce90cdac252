import type { Logger } from '@marquee/telemetry';
import pg from 'pg';
import { createTurns, pause } from './timing.ts';

/**
 * One PostgreSQL connection outside the pool, for what lives as long as a connection: advisory locks. It opens when
 * first used and again after it was lost.
 */
export type Session = {
  /** Statements run one after the other. */
  rows<R>(sql: string, parameters?: readonly unknown[], options?: { readonly name?: string }): Promise<R[]>;
  /**
   * Waits for the advisory lock of this key. The lease's signal fires when the connection is lost, and the lock with
   * it. Undefined when `signal` fires first; a failed connection is tried again.
   */
  lock(key: string, signal: AbortSignal): Promise<Lease | undefined>;
  close(): Promise<void>;
};

export type Lease = { readonly lost: AbortSignal; release(): Promise<void> };

type Open = { readonly client: pg.Client; readonly lost: AbortSignal; readonly lose: () => void };

const lockRetryMs = 300;
const queryTimeoutMs = 10_000;

export function openSession(options: {
  readonly url: string;
  readonly name: string;
  readonly logger: Logger;
  /** Run on each new connection. */
  readonly prepare?: string;
}): Session {
  const turns = createTurns();
  let open: Open | null = null;
  let closed = false;

  const obtain = async (): Promise<Open> => {
    if (closed) throw new Error('the session is closed');
    if (open && !open.lost.aborted) return open;
    open = await connect(options);
    return open;
  };
  const run = <R extends object>(sql: string, parameters: readonly unknown[] = [], name?: string) =>
    turns(async () => {
      const { client, lose } = await obtain();
      try {
        const { rows } = await client.query<R>({ text: sql, values: [...parameters], ...(name && { name }) });
        return rows;
      } catch (error) {
        // A statement's own fault leaves the connection usable; without a code it is the connection's.
        if (!(error as { code?: string }).code?.match(/^[0-9A-Z]{5}$/)) lose();
        throw error;
      }
    });

  return {
    rows: <R>(sql: string, parameters?: readonly unknown[], { name }: { readonly name?: string } = {}) =>
      run<R & object>(sql, parameters, name),
    lock: async (key, signal) => {
      for (let failures = 0; !signal.aborted;) {
        try {
          const [answer] = await run<{ held: boolean }>(
            'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
            [key],
          );
          if (answer?.held && open) return leaseOf(open, key);
        } catch (error) {
          if (closed) return undefined;
          if (failures++ % 20 === 0)
            options.logger.warn({ error, key }, 'PostgreSQL cannot be reached; trying on');
        }
        await pause(lockRetryMs, signal);
      }
      return undefined;
    },
    close: async () => {
      closed = true;
      await turns(async () => {
        if (open && !open.lost.aborted) await open.client.end().catch(() => undefined);
        open?.lose();
      });
    },
  };

  function leaseOf(held: Open, key: string): Lease {
    return {
      lost: held.lost,
      release: async () => {
        if (held.lost.aborted || closed) return;
        await turns(() =>
          held.client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]),
        ).catch(held.lose);
      },
    };
  }
}

/** An instant stays as PostgreSQL writes it: who reads thousands a second has no use for dates of them. */
const instantsAsText = ((oid: number, format: 'text') =>
  oid === pg.types.builtins.TIMESTAMPTZ
    ? (text: string) => text
    : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

async function connect(options: {
  readonly url: string;
  readonly name: string;
  readonly prepare?: string;
}): Promise<Open> {
  const life = new AbortController();
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.name,
    connectionTimeoutMillis: 5000,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    types: { getTypeParser: instantsAsText },
  });
  const lose = () => {
    if (life.signal.aborted) return;
    life.abort();
    // Not `end`: that would wait for an answer which a vanished server never sends.
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  };
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.connect();
    if (options.prepare) await client.query(options.prepare);
  } catch (error) {
    lose();
    throw error;
  }
  return { client, lost: life.signal, lose };
}
