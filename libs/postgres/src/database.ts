import type { DataSource, EntitySchema, QueryRunner } from 'typeorm';
import type pg from 'pg';
import { assert, type Outcome, type Refusal } from '@marquee/kernel';
import { isConnectionFailure, isQueryTimeout } from './errors.ts';
import { quietLogger } from './quiet-logger.ts';
import { beginTransaction, type Scope, type Transaction, type TransactionOptions } from './transaction.ts';

export type DatabaseOptions = {
  /** Of the application role, such as `postgres://tickets_app:…@127.0.0.1:5432/tickets`. */
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- EntitySchema is invariant in its row type
  readonly entities: readonly EntitySchema<any>[];
  /** Connections at most; default 10. */
  readonly poolSize?: number;
  /** Longest statement, waiting for locks included; default 5,000. */
  readonly statementTimeoutMs?: number;
  /**
   * Longest transaction; default 15,000. An open write transaction holds back every reader of the event log, in
   * whichever database of the cluster it is.
   */
  readonly transactionTimeoutMs?: number;
  /** Longest wait for a connection, new or from the pool; default 5,000. */
  readonly connectTimeoutMs?: number;
};

export interface Database {
  readonly dataSource: DataSource;
  /**
   * One transaction in which only this tenant's rows exist. Commits when `work` resolves, rolls back when it throws
   * and throws the same. Retries nothing: the caller knows whether a second try is safe.
   */
  transaction<T>(
    scope: Scope,
    work: (tx: Transaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** As `transaction`, and a refusal rolls back too: what was refused has changed nothing. */
  decide<T, R extends Refusal>(
    scope: Scope,
    work: (tx: Transaction) => Promise<Outcome<T, R>>,
    options?: TransactionOptions,
  ): Promise<Outcome<T, R>>;
  /** As `transaction`, but the database refuses every write. */
  read<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Hears every statement but the framing (begin, commit). For tests that count. Answers how to stop. */
  observe(listener: (statement: string) => void): () => void;
  /** Resolves when the server answers in time (default 2,000 ms), else throws: for readiness. */
  ping(timeoutMs?: number): Promise<void>;
  /** Waits for transactions under way, refuses new ones, then closes the pool. */
  close(): Promise<void>;
}

/**
 * The service's door to its database. Resolves also when the server cannot be reached now: a service starts without
 * it, is not ready, and each transaction tries anew. Throws where the server answers and refuses (a wrong password).
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const dataSource = await createDataSource(options);
  const listeners = new Set<(statement: string) => void>();
  const ready = createOpener(dataSource);
  await ready().catch((error: unknown) => {
    if (!isConnectionFailure(error)) throw error;
  });

  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  const frame = async <T>(scope: Scope, settings: TransactionOptions, work: Framed<T>): Promise<T> => {
    assert(!closed, 'the database was closed');
    const running = ready().then(() => {
      const notify = (sql: string) => listeners.forEach((tell) => tell(sql));
      return runFramed(dataSource.createQueryRunner(), scope, settings, notify, work);
    });
    underWay.add(running);
    return running.finally(() => underWay.delete(running));
  };

  const transaction: Database['transaction'] = (scope, work, settings = {}) =>
    frame(scope, settings, async (tx) => ({ keep: true, value: await work(tx) }));
  return {
    dataSource,
    transaction,
    decide: (scope, work, settings = {}) =>
      frame(scope, settings, async (tx) => {
        const outcome = await work(tx);
        return { keep: outcome.ok, value: outcome };
      }),
    read: (scope, work) => transaction(scope, work, { readOnly: true }),
    observe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ping: async (timeoutMs = 2_000) => {
      assert(!closed, 'the database was closed');
      await ping(dataSource, ready, timeoutMs);
    },
    close: async () => {
      closed = true;
      // TypeORM would take their connections away.
      await Promise.allSettled(underWay);
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
}

type Framed<T> = (tx: Transaction) => Promise<{ readonly keep: boolean; readonly value: T }>;

/** Begin, work, then commit or roll back; whatever happens the connection goes back to the pool, or is closed. */
async function runFramed<T>(
  runner: QueryRunner,
  scope: Scope,
  settings: TransactionOptions,
  notify: (statement: string) => void,
  work: Framed<T>,
): Promise<T> {
  let broken: unknown;
  try {
    const open = await beginTransaction(runner, scope, settings, notify);
    const { keep, value } = await work(open.transaction).catch(async (error: unknown) => {
      if (isQueryTimeout(error)) broken = error;
      else await open.rollback().catch((failure: unknown) => (broken = failure));
      throw error;
    });
    await (keep ? open.commit() : open.rollback());
    return value;
  } catch (error) {
    if (isConnectionFailure(error)) broken ??= error;
    throw error;
  } finally {
    await release(runner, broken);
  }
}

/** TypeORM and pg are loaded here: a process without a database imports this library for its helpers, and neither of them. */
async function createDataSource(options: DatabaseOptions): Promise<DataSource> {
  const [{ DataSource }, { default: driver }] = await Promise.all([import('typeorm'), import('pg')]);
  const { statementTimeoutMs = 5_000, transactionTimeoutMs = 15_000, connectTimeoutMs = 5_000 } = options;
  const settings = {
    statement_timeout: statementTimeoutMs,
    transaction_timeout: transactionTimeoutMs,
    idle_in_transaction_session_timeout: transactionTimeoutMs,
  };
  return new DataSource({
    type: 'postgres',
    driver,
    url: options.url,
    applicationName: options.applicationName,
    entities: [...options.entities],
    synchronize: false,
    logger: quietLogger,
    installExtensions: false,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: connectTimeoutMs,
    poolErrorHandler: () => undefined, // An idle connection ended: the pool drops it and the next caller gets another.
    extra: {
      Client: heardClient(driver),
      options: Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      // The server's own limits cannot help when it is frozen or the network swallows packets; then we give up.
      query_timeout: statementTimeoutMs + 1_000,
      keepAlive: true,
      types: { getTypeParser: withoutZones(driver.types) },
    },
  });
}

/**
 * The pool listens to a connection while it is idle, and TypeORM a moment after it took one: one that ends in between
 * (killed as it opened, its greeting and its end in one packet) would be an error that nobody hears, which ends the
 * process. Whoever took it is told by its first statement.
 */
function heardClient({ Client }: typeof pg): typeof pg.Client {
  return class extends Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      this.on('error', () => undefined);
    }
  };
}

/** A `date` or a `timestamp` has no zone: pg would read it in the process's own, and 20 March becomes the 19th. */
function withoutZones(types: typeof pg.types): typeof pg.types.getTypeParser {
  const { builtins } = types;
  return ((oid: number, format: 'text') =>
    oid === builtins.DATE || oid === builtins.TIMESTAMP
      ? (value: string) => value
      : types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;
}

/** Opens on demand and once at a time; until it succeeds every caller tries. */
function createOpener(dataSource: DataSource): () => Promise<void> {
  let opening: Promise<void> | null = null;
  const open = async () => {
    try {
      await dataSource.initialize();
    } catch (error) {
      // The pool may be there already when a later step of the opening failed.
      await dataSource.driver.disconnect().catch(() => undefined);
      throw error;
    }
  };
  return async () => {
    if (dataSource.isInitialized) return;
    opening ??= open().finally(() => (opening = null));
    await opening;
  };
}

/** TypeORM's public release always gives the connection back to the pool; a broken one must be closed instead. */
async function release(runner: QueryRunner, broken: unknown): Promise<void> {
  await (
    runner as unknown as { releasePostgresConnection(error?: unknown): Promise<void> }
  ).releasePostgresConnection(broken);
}

async function ping(dataSource: DataSource, ready: () => Promise<void>, timeoutMs: number): Promise<void> {
  const work = async () => {
    await ready();
    const runner = dataSource.createQueryRunner();
    let broken: unknown;
    try {
      await runner.query('select 1');
    } catch (error) {
      broken = error;
      throw error;
    } finally {
      await release(runner, broken);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`PostgreSQL did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
