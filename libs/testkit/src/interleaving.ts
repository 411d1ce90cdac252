import type { Database, Transaction } from '@marquee/postgres';
import { eventually } from './eventually.ts';

/** Runs each transaction of a database through `wrap`, which is given the work and its transaction. */
function around(
  database: Database,
  wrap: <T>(tx: Transaction, work: (tx: Transaction) => Promise<T>) => Promise<T>,
): Database {
  return {
    ...database,
    transaction: (scope, work, options) => database.transaction(scope, (tx) => wrap(tx, work), options),
    decide: (scope, work) => database.decide(scope, (tx) => wrap(tx, work)),
  };
}

/**
 * The dangerous order of two use cases, made to happen: `first` has done all but commit when `second` begins; `first`
 * commits once `second` waits for one of its locks, or is done. Answers what both came to.
 */
export async function interleave<A, B>(
  database: Database,
  scope: { readonly organisationId: string },
  first: (database: Database) => Promise<A>,
  second: (database: Database) => Promise<B>,
): Promise<[A, B]> {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const held = around(database, async (tx, work) => {
    const value = await work(tx);
    reached.resolve();
    await gate.promise;
    return value;
  });
  const one = first(held);
  await Promise.race([reached.promise, one]);
  let over = false;
  const other = second(database).finally(() => (over = true));
  const locked = eventually(async () => {
    if (over) return;
    const waiting = await database.read(scope, (tx) =>
      tx.rows("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
    );
    if (waiting.length === 0) throw new Error('the second use case waits for no lock of the first');
  });
  try {
    await locked;
  } finally {
    gate.resolve();
  }
  return Promise.all([one, other]);
}

/** The same database, where a `select` locks nothing: what a guard is worth shows without it. */
export function withoutLocks(database: Database): Database {
  return around(database, (tx, work) =>
    work({
      ...tx,
      rows: (sql, ...rest) => tx.rows(sql.replace(/ for (update|no key update|key share)$/, ''), ...rest),
    }),
  );
}
