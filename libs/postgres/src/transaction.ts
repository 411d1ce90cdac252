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

/** `asTenant` for one after the other; a statement each to enter, and one to come back at the end. */
export async function asTenants(
  tx: Transaction,
  organisationIds: Iterable<string>,
  work: (tx: Transaction & { readonly organisationId: string }) => Promise<void>,
): Promise<void> {
  const enter = async (id: string) =>
    tx.rows(`select set_config('${tenantSetting}', $1, true)`, [id], { name: 'as-tenant' });
  const fromSystem = tx.organisationId === null;
  if (fromSystem) await tx.execute('set local role none');
  let current = tx.organisationId;
  // Where it throws the transaction is lost, and its scope with it.
  for (const organisationId of organisationIds) {
    assert(isUuid(organisationId), 'the scope names no organisation');
    if (organisationId !== current) await enter(organisationId);
    current = organisationId;
    await work({ ...tx, organisationId });
  }
  if (fromSystem) await tx.execute(`set local role ${systemRole}`);
  if (current !== tx.organisationId) await enter(tx.organisationId ?? '');
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
  const client = (await runner.connect()) as PoolClient;
  const inOrder = createQueue();
  const afterCommit: (() => void)[] = [];
  let open = true;

  const run = (sql: string, parameters: readonly unknown[], name?: string): Promise<QueryResult> => {
    assert(open, 'the transaction has ended: a statement came after it, was it awaited?');
    notify(sql);
    const text = name ? sql : withCorrelation(sql);
    return inOrder(() => client.query({ text, values: [...parameters], ...(name && { name }) }));
  };
  frameRepositories(runner, inOrder, () => open, notify);
  await inOrder(() => client.query(beginStatement(scope, options)));

  const end = async (statement: 'commit' | 'rollback') => {
    open = false;
    return inOrder(() => client.query(statement));
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
    },
    commit: async () => {
      const { command } = await end('commit');
      // PostgreSQL answers ROLLBACK to the commit of a transaction in which a swallowed statement had failed.
      assert(command === 'COMMIT', 'the transaction could not commit: one of its statements had failed');
      for (const work of afterCommit) runGuarded(work);
    },
    rollback: async () => void (await end('rollback')),
  };
}

function beginStatement(
  scope: Scope,
  { isolation = 'read committed', readOnly = false }: TransactionOptions,
): string {
  const begin = `begin isolation level ${isolation}${readOnly ? ' read only' : ''}`;
  if (!('organisationId' in scope)) return `${begin}; set local role ${systemRole}`;
  // The protocol takes no parameters with two statements at once; a uuid needs no quoting.
  assert(isUuid(scope.organisationId), 'the scope names no organisation');
  return `${begin}; set local ${tenantSetting} = '${scope.organisationId}'`;
}

/** TypeORM opens a transaction of its own around a save unless its runner says that one is active. */
function frameRepositories(
  runner: QueryRunner,
  inOrder: <T>(work: () => Promise<T>) => Promise<T>,
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
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
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
