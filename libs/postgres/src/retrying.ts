import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from './database.ts';
import { isDeadlock, sqlState } from './errors.ts';
import type { Isolation } from './transaction.ts';

/** The server ended this transaction because of another one; nothing of it was done, and it may be tried again. */
export function isSerializationFailure(error: unknown): boolean {
  return sqlState(error) === '40001' || isDeadlock(error);
}

/**
 * The same database with another isolation than READ COMMITTED for every transaction that names none, where the server
 * may end a transaction because of another one: then its work is done anew from the start, up to `attempts` times. So
 * the work must do nothing outside its transaction. READ COMMITTED needs none of this, and is quicker.
 */
export function withIsolation(
  database: Database,
  { isolation, attempts = 50 }: { readonly isolation: Isolation; readonly attempts?: number },
): Database {
  const retrying = async <T>(run: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (error) {
        if (attempt >= attempts || !isSerializationFailure(error)) throw error;
        // Those who met go apart.
        await delay(Math.random() * Math.min(50, 2 ** attempt));
      }
    }
  };
  return {
    ...database,
    transaction: (scope, work, options) =>
      retrying(() => database.transaction(scope, work, { isolation, ...options })),
    decide: (scope, work, options) => retrying(() => database.decide(scope, work, { isolation, ...options })),
    read: (scope, work) => database.transaction(scope, work, { isolation, readOnly: true }),
  };
}
