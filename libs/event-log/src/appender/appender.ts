import { setImmediate as immediate } from 'node:timers/promises';
import type { DomainEvent } from '@marquee/contracts';
import { assert, isUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { causeOfAppend, draftEvents, draftJson, expectedNumber, type StreamAppend } from '../draft.ts';
import { intercept, type EventInterceptor } from '../intercept.ts';
import { Pending } from './pending.ts';
import { flush, rejectStale, type Judged } from './flush.ts';
import { RequestQueue } from './request-queue.ts';

export type AppenderOptions = {
  /** Flushes at the same time, each on a connection of its own; default 2. */
  readonly connections?: number;
  /** Events of one flush; default 1,000. */
  readonly maxFlushEvents?: number;
  /** JSON of one flush; default 16 MiB. One append may be larger, and is then flushed alone. */
  readonly maxFlushBytes?: number;
  /** Appends accepted and not answered yet; default 10,000. One more is refused with AppenderFullError. */
  readonly maxPending?: number;
  /** Their JSON; default 64 MiB. */
  readonly maxPendingBytes?: number;
  /** Run over every event before it is written, such as what enciphers. */
  readonly interceptors?: readonly EventInterceptor[];
  /** After each flush that wrote something, such as to wake the relay. Must not throw. */
  readonly onCommit?: () => void;
};

export interface Appender extends AsyncDisposable {
  /**
   * Appends one stream's events, all or none, in a transaction shared with other callers; resolves once it has
   * committed. Answers and throws as `appendEvents` does. An append that is refused (stale, invalid) is refused alone.
   */
  append(request: StreamAppend & { readonly organisationId: string }): Promise<DomainEvent[]>;
  /** Accepts no more appends and resolves when all accepted ones are answered. */
  drain(): Promise<void>;
}

/**
 * Many appends at the same time as one statement: for a hot path whose state is its events, so that no other row has to
 * change in the same transaction. While a flush is under way the next one gathers; a lone caller waits for nobody.
 *
 * It runs in the system scope, for a flush has events of many tenants: `organisationId` must be the caller's own.
 */
export function createAppender(database: Database, options: AppenderOptions = {}): Appender {
  const { connections = 2, interceptors = [], onCommit } = options;
  const pending = new Pending(options.maxPending ?? 10_000, options.maxPendingBytes ?? 64 * 1024 * 1024);
  const limits = {
    events: options.maxFlushEvents ?? 1_000,
    bytes: options.maxFlushBytes ?? 16 * 1024 * 1024,
  };
  const queue = new RequestQueue();
  let lanes = 0;
  let scheduled = false;
  let closed = false;

  const settle = ({ chain, version, unjudged }: Judged) => {
    queue.giveBack(chain.key, unjudged);
    if (version === null) return;
    for (const request of queue.removeStale(chain.key, version)) rejectStale(request, version);
  };
  const runLane = async () => {
    for (let chains = queue.take(limits); chains.length > 0; chains = queue.take(limits)) {
      const judged = await flush(database, chains);
      judged.forEach(settle);
      if (judged.some(({ version }) => version !== null)) onCommit?.();
      // The callers that were just answered come back together.
      await immediate();
    }
  };
  const schedule = () => {
    if (scheduled || lanes >= connections) return;
    scheduled = true;
    // After all that is ready to run now, so that callers of the same moment share the flush.
    void immediate().then(async () => {
      scheduled = false;
      lanes++;
      await runLane();
      lanes--;
    });
  };
  const submit = (request: Omit<Parameters<RequestQueue['add']>[0], 'resolve' | 'reject'>) =>
    new Promise<DomainEvent[]>((resolve, reject) => {
      queue.add({ ...request, resolve, reject });
      schedule();
    });

  return {
    append: async ({ organisationId, ...append }) => {
      assert(!closed, 'the appender was drained: it takes no more appends');
      assert(isUuid(organisationId), 'an append names no organisation');
      const cause = causeOfAppend();
      const drafted = draftEvents(append, organisationId);
      if (drafted.length === 0) return [];
      return pending.during(async (weigh) => {
        const drafts = interceptors.length === 0 ? drafted : await intercept(drafted, interceptors);
        const json = drafts.map(draftJson);
        const bytes = json.reduce((sum, text) => sum + text.length, 0);
        weigh(bytes);
        const key = `${organisationId.toLowerCase()}/${append.streamId}`;
        return submit({ key, drafts, json, bytes, expected: expectedNumber(append), cause });
      });
    },
    drain,
    [Symbol.asyncDispose]: drain,
  };

  async function drain(): Promise<void> {
    closed = true;
    await pending.none();
    await immediate(); // the last caller has its answer first
  }
}
