import type { IdempotencyConflict, Outcome, Refusal } from '@marquee/kernel';
import { idempotent, type Database, type SoftDeletion, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';

/** What a use case works with: whose command it is, and whom to tell once it is committed. */
export type Command = {
  readonly database: Database;
  readonly viewer: Viewer;
  /** Tells the relay that events were committed. */
  readonly onCommit: () => void;
  readonly venueDeletion: SoftDeletion;
  /** Which of these seats of a space someone has, as tickets says; null where it does not answer. */
  readonly askTakenSeats: (
    organisationId: string,
    asked: { readonly spaceId: string; readonly seatIds: readonly string[] },
  ) => Promise<readonly string[] | null>;
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

/** As `decide`; with a key, once for each key of this viewer. */
export async function decideOnce<T, R extends Refusal>(
  command: Command,
  {
    operation,
    key,
    request,
  }: { readonly operation: string; readonly key: string | null; readonly request: unknown },
  work: (tx: Transaction) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | IdempotencyConflict>> {
  const { subject } = command.viewer;
  return decide<T, R | IdempotencyConflict>(command, async (tx) =>
    key === null ? work(tx) : idempotent(tx, { operation, key, request, subject }, () => work(tx)),
  );
}
