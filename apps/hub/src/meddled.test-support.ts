import type { Database, Transaction } from '@marquee/postgres';

/**
 * The same database, where the statements of every transaction are changed, such as robbed of a lock, and something is
 * waited for before each commit: to show that a race is one.
 */
export function meddled(
  database: Database,
  change: (sql: string) => string,
  beforeCommit: () => Promise<void> = async () => undefined,
): Database {
  // What is changed is prepared under no name: the name is that of the statement as it was.
  const meddledTx = (tx: Transaction): Transaction => ({
    ...tx,
    rows: (sql, parameters, options) => {
      const text = change(sql);
      return tx.rows(text, parameters, text === sql ? options : {});
    },
    execute: (sql, ...rest) => tx.execute(change(sql), ...rest),
  });
  const meddle =
    <T>(work: (tx: Transaction) => Promise<T>) =>
    async (tx: Transaction): Promise<T> => {
      const result = await work(meddledTx(tx));
      await beforeCommit();
      return result;
    };
  return {
    ...database,
    read: database.read.bind(database),
    transaction: (scope, work, options) => database.transaction(scope, meddle(work), options),
    decide: (scope, work, options) => database.decide(scope, meddle(work), options),
  };
}
