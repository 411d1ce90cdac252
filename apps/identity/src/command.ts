import type { Clock, IdempotencyConflict, Outcome, Refusal } from '@marquee/kernel';
import { idempotent, type Database, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { AuditLogs } from './audit/audit-logs.ts';
import type { AskEvents } from './members/own-events.ts';
import type { AskBusiness } from './removal/ask-business.ts';
import type { Secrets } from './secrets.ts';

/** What use cases work with, made once in main. */
export type Services = {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Where people reach the platform, without a slash at the end: links in mails begin with it. */
  readonly publicUrl: string;
  /** The page that mailed links to orders lead to. */
  readonly orderPageUrl: string;
  readonly auditLogs: AuditLogs;
  readonly askEvents: AskEvents;
  readonly removal: {
    readonly askBusiness: AskBusiness;
    /** How long owners may think better of it, with the archive in hand. */
    readonly graceDays: number;
    /** Tells that a saga was started or told something. */
    readonly wake: () => void;
  };
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
