import type { FieldEncryption } from '@marquee/event-log';
import type { IdempotencyConflict, InvalidInput, Outcome, Refusal } from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';

/** Who commands, how often it counts, and whom to tell once it is committed. */
export type Command = {
  readonly viewer: Viewer;
  /** Null where the caller gave none: the command then runs each time it is sent. */
  readonly idempotencyKey: string | null;
  /** Of what is personal in the log. */
  readonly encryption: FieldEncryption;
  readonly onCommit: () => void;
};

/** Runs `work` once for each idempotency key of this viewer. */
export async function once<T, R extends Refusal>(
  tx: Transaction,
  { idempotencyKey: key, viewer }: Command,
  operation: string,
  request: unknown,
  work: () => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | IdempotencyConflict>> {
  return key === null ? work() : idempotent(tx, { operation, key, request, subject: viewer.subject }, work);
}

/** Runs `work` with what was parsed, or answers what could not be. */
export async function withInput<I, T, R extends Refusal>(
  parsed: Outcome<I, InvalidInput>,
  work: (input: I) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | InvalidInput>> {
  return parsed.ok ? work(parsed.value) : parsed;
}
