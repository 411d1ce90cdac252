import type { Clock, IdempotencyConflict, Outcome, Refusal } from '@marquee/kernel';
import { idempotent, type Database, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { AuditLogs } from './audit/audit-logs.ts';
import type { Secrets } from './secrets.ts';

/** What use cases work with, made once in main. */
export type Services = {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Where people reach the platform, without a slash at the end: links in mails begin with it. */
  readonly publicUrl: string;
  readonly auditLogs: AuditLogs;
  /** Tells the relay that events were committed. */
  readonly onCommit: () => void;
};

/** Whose command it is, and how often it counts. */
export type Command = Services & {
  readonly viewer: Viewer;
  /** Null where the caller gave none: the command then runs each time it is sent. */
  readonly idempotencyKey: string | null;
};

/** Runs `work` in one transaction of the viewer's organisation, which a refusal rolls back; once for each key. */
export async function decide<T, R extends Refusal>(
  { database, viewer, idempotencyKey: key, onCommit }: Command,
  operation: string,
  request: unknown,
  work: (tx: Transaction) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | IdempotencyConflict>> {
  return database.decide<T, R | IdempotencyConflict>(viewer, async (tx) => {
    tx.afterCommit(onCommit);
    if (key === null) return work(tx);
    return idempotent(tx, { operation, key, request, subject: viewer.subject }, () => work(tx));
  });
}
