import type { Clock, IdempotencyConflict, Outcome, Refusal } from '@marquee/kernel';
import { idempotent, type Database, type SoftDeletion, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { AskVenues } from './spaces/ask-venues.ts';

/** What a use case works with: whose command it is, what time it is, and whom to ask and to tell. */
export type Command = {
  readonly database: Database;
  readonly viewer: Viewer;
  readonly clock: Clock;
  readonly askVenues: AskVenues;
  readonly eventDeletion: SoftDeletion;
  /** Tells the relay that events were committed. */
  readonly onCommit: () => void;
};

/** Runs `work` in one transaction, which a refusal rolls back. */
export async function decide<T, R extends Refusal>(
  { database, viewer, onCommit }: Command,
  work: (tx: Transaction) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R>> {
  return database.decide<T, R>(viewer, async (tx) => {
    tx.afterCommit(onCommit);
    return work(tx);
  });
}

/** As `decide`, once for each key of this viewer. */
export async function decideOnce<T, R extends Refusal>(
  command: Command,
  {
    operation,
    key,
    request,
  }: { readonly operation: string; readonly key: string; readonly request: unknown },
  work: (tx: Transaction) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | IdempotencyConflict>> {
  const { subject } = command.viewer;
  return decide<T, R | IdempotencyConflict>(command, (tx) =>
    idempotent(tx, { operation, key, request, subject }, () => work(tx)),
  );
}
