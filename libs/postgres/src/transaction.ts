import type { EntitySchema, ObjectLiteral, QueryRunner, Repository } from 'typeorm';
import type { PoolClient, QueryResult } from 'pg';
import { assert, isUuid } from '@marquee/kernel';
import { currentCorrelation } from '@marquee/telemetry';
import { systemRole, tenantSetting } from './tenancy.ts';

/** All tenants at once: for the relay, sweepers and a consumer's own bookkeeping. Never for a viewer's request. */
export type SystemScope = { readonly system: true };
export const systemScope: SystemScope = { system: true };

/** Whose rows exist in a transaction. */
export type Scope = { readonly organisationId: string } | SystemScope;

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export type TransactionOptions = {
  /** Default `read committed`. */
  readonly isolation?: Isolation;
  /** Default false. */
  readonly readOnly?: boolean;
  /**
   * Nothing waits for an answer that it does not need: the begin goes out with the first statement, statements that are
   * not awaited go out together, and `closeWith` with the commit. Two round trips instead of four. Default false.
   */
  readonly pipelined?: boolean;
  /**
   * The commit does not wait for the disk. A crash of the server may take back the transactions of its last moments,
   * each as a whole: only for what then comes about again by itself, such as rows derived from a log together with the
   * place reached in it. `mustReachDisk` overrides it. Default false.
   */
  readonly unflushed?: boolean;
};

/** One open transaction. Statements run one after another in the order of the calls, also when not awaited one by one. */
export interface Transaction {
  /** The tenant whose rows exist here; null in the system scope. */
  readonly organisationId: string | null;
  /** The rows of any statement, also of `update … returning`. With a name the statement is prepared once a connection. */
  rows<R = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
    options?: { readonly name?: string },
  ): Promise<R[]>;
  /** How many rows the statement touched. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
  /** TypeORM's repository inside this transaction, for plain reads and inserts. */
  repository<E extends ObjectLiteral>(schema: EntitySchema<E>): Repository<E>;
  /** Runs after the commit and never when it rolls back. Must not throw: the work is done already. */
  afterCommit(work: () => void): void;
  /** A last statement, run after all others and sent with the commit. Where it fails nothing is committed. */
  closeWith(sql: string, parameters?: readonly unknown[], options?: { readonly name?: string }): void;
  /** The commit waits for the disk, whatever the options say: others act on what is written here once they see it. */
  mustReachDisk(): void;
}

/**
 * Part of a transaction in another tenant's scope: for a job that works through the rows of many in one commit. Opened in
 * the system scope it comes back to it; while `work` runs only this tenant's rows exist, as in a transaction of its own.
 */
export async function asTenant<T>(
  tx: Transaction,
  organisationId: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let value: { readonly of: T } | undefined;
  await asTenants(tx, [organisationId], async (own) => {
    value = { of: await work(own) };
  });
  return value!.of;
}

/**
 * `asTenant` for one after the other. A scope is entered when a statement first needs it, so a tenant for whom nothing
 * is asked costs nothing.
 */
export async function asTenants(
  tx: Transaction,
  organisationIds: Iterable<string>,
  work: (tx: Transaction & { readonly organisationId: string }) => Promise<void>,
): Promise<void> {
  let current: string | null = tx.organisationId;
  // Nothing waits for it: statements run in the order of the calls, and where it fails those after it do.
  const send = (sql: string, parameters?: readonly unknown[], name?: string) =>
    void tx.rows(sql, parameters, { ...(name && { name }) }).catch(() => undefined);
  const enter = (id: string | null) => {
    if (id === current) return;
    if (current === null) send('set local role none');
    if (id === null) send(`set local role ${systemRole}`);
    send(`select set_config('${tenantSetting}', $1, true)`, [id ?? ''], 'as-tenant');
    current = id;
  };
  for (const organisationId of organisationIds) {
    assert(isUuid(organisationId), 'the scope names no organisation');
    await work({ ...tx, ...withinScope(tx, () => enter(organisationId)), organisationId });
  }
  // Where `work` throws the transaction is lost, and its scope with it.
  enter(tx.organisationId);
}

/** What runs statements, each after `enter`. */
function withinScope(
  tx: Transaction,
  enter: () => void,
): Pick<Transaction, 'rows' | 'execute' | 'repository'> {
  return {
    rows: (...statement) => (enter(), tx.rows(...statement)),
    execute: (...statement) => (enter(), tx.execute(...statement)),
    repository: (schema) => (enter(), tx.repository(schema)),
  };
}

/** What `Database` needs beyond the public face, to frame the work. */
export type OpenTransaction = {
  readonly transaction: Transaction;
  commit(): Promise<void>;
  rollback(): Promise<void>;
};

/** Begins on this runner's connection and answers the transaction. One round trip sets begin, mode and tenant. */
export async function beginTransaction(
  runner: QueryRunner,
  scope: Scope,
  options: TransactionOptions,
  notify: (statement: string) => void,
): Promise<OpenTransaction> {
  const client = (await runner.connect()) as PoolClient & { pipeline: boolean };
  const { pipelined = false } = options;
  client.pipeline = pipelined;
  const inOrder: InOrder = pipelined ? (work) => work() : createQueue();
  const afterCommit: (() => void)[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  let open = true;
  let unflushed = options.unflushed ?? false;

  const run = (sql: string, parameters: readonly unknown[], name?: string): Promise<QueryResult> => {
    assert(open, 'the transaction has ended: a statement came after it, was it awaited?');
    notify(sql);
    const text = name ? sql : withCorrelation(sql);
    return inOrder(() => client.query({ text, values: [...parameters], ...(name && { name }) }));
  };
  frameRepositories(runner, inOrder, () => open, notify);
  const begun = inOrder(() => client.query(beginStatement(scope, options)));
  if (pipelined) begun.catch(() => undefined);
  else await begun;

  const end = async (statement: 'commit' | 'rollback', last: readonly Promise<unknown>[] = []) => {
    open = false;
    const ended = inOrder(() => client.query(statement));
    // All are waited for: nothing of this transaction is on its way when the connection goes back.
    const results = await Promise.allSettled([begun, ...last, ended]);
    client.pipeline = false;
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return ended;
  };
  return {
    transaction: {
      organisationId: 'organisationId' in scope ? scope.organisationId : null,
      rows: async <R>(
        sql: string,
        parameters: readonly unknown[] = [],
        { name }: { readonly name?: string } = {},
      ) => (await run(sql, parameters, name)).rows as R[],
      execute: async (sql, parameters = []) => (await run(sql, parameters)).rowCount ?? 0,
      repository: (schema) => runner.manager.getRepository(schema),
      afterCommit: (work) => void afterCommit.push(work),
      closeWith: (sql, parameters = [], { name } = {}) => void closing.push(() => run(sql, parameters, name)),
      mustReachDisk: () => {
        if (unflushed) run('set local synchronous_commit to default', []).catch(() => undefined);
        unflushed = false;
      },
    },
    commit: async () => {
      const last = closing.map((close) => close());
      const { command } = await end('commit', last);
      // PostgreSQL answers ROLLBACK to the commit of a transaction in which a swallowed statement had failed.
      assert(command === 'COMMIT', 'the transaction could not commit: one of its statements had failed');
      for (const work of afterCommit) runGuarded(work);
    },
    rollback: async () => void (await end('rollback')),
  };
}

type InOrder = <T>(work: () => Promise<T>) => Promise<T>;

function beginStatement(
  scope: Scope,
  { isolation = 'read committed', readOnly = false, unflushed = false }: TransactionOptions,
): string {
  const mode = `${isolation}${readOnly ? ' read only' : ''}`;
  const begin = `begin isolation level ${mode}${unflushed ? '; set local synchronous_commit = off' : ''}`;
  if (!('organisationId' in scope)) return `${begin}; set local role ${systemRole}`;
  // The protocol takes no parameters with two statements at once; a uuid needs no quoting.
  assert(isUuid(scope.organisationId), 'the scope names no organisation');
  return `${begin}; set local ${tenantSetting} = '${scope.organisationId}'`;
}

/** TypeORM opens a transaction of its own around a save unless its runner says that one is active. */
function frameRepositories(
  runner: QueryRunner,
  inOrder: InOrder,
  isOpen: () => boolean,
  notify: (statement: string) => void,
): void {
  const framed = runner as { isTransactionActive: boolean; query: QueryRunner['query'] };
  const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<never>;
  framed.isTransactionActive = true;
  framed.query = ((sql: string, ...rest: unknown[]) => {
    assert(isOpen(), 'the transaction has ended: a statement came after it, was it awaited?');
    notify(sql);
    return inOrder(() => query(withCorrelation(sql), ...rest));
  }) as QueryRunner['query'];
}

/** Overlapping calls on one client are deprecated in pg; a loader under Promise.all would make them. */
function createQueue(): InOrder {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** So that a slow statement in the server's log names the request it belongs to (sqlcommenter's form). */
function withCorrelation(sql: string): string {
  const correlation = currentCorrelation();
  if (!correlation) return sql;
  const id = encodeURIComponent(correlation.correlationId).replaceAll("'", '%27');
  return `${sql} /*correlation_id='${id}'*/`;
}

function runGuarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    process.emitWarning(
      `work after a commit failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}
