import type { IdempotencyConflict, Outcome, Refusal } from '@marquee/kernel';
import { idempotent, type Database, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';

/** What a use case works with: whose command it is, and whom to tell once it is committed. */
export type Command = {
  readonly database: Database;
  readonly viewer: Viewer;
  /** Tells the relay that events were committed. */
  readonly onCommit: () => void;
  /** Which of these seats of a space someone has, as tickets says; null where it does not answer. */
  readonly askTakenSeats: (
    organisationId: string,
    asked: { readonly spaceId: string; readonly seatIds: readonly string[] },
  ) => Promise<readonly string[] | null>;
};

/** Runs `work` in one transaction; with a key, once for each key of this viewer. */
export async function decideOnce<T, R extends Refusal>(
  { database, viewer, onCommit }: Command,
  {
    operation,
    key,
    request,
  }: { readonly operation: string; readonly key: string | null; readonly request: unknown },
  work: (tx: Transaction) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | IdempotencyConflict>> {
  return database.decide<T, R | IdempotencyConflict>(viewer, async (tx) => {
    tx.afterCommit(onCommit);
    if (key === null) return work(tx);
    return idempotent(tx, { operation, key, request, subject: viewer.subject }, () => work(tx));
  });
}
