import type { Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import { insertCalls, type NotedCall } from './plugin-rows.ts';

export type CallLog = {
  /** Written down a moment later: who asked does not wait for it. */
  note(call: NotedCall): void;
  /** Writes down what is left. */
  stop(): Promise<void>;
};

const everyMs = 250;
/** A database that is away for long costs the oldest of the log, never the process. */
const mostWaiting = 5_000;

/** The log of calls, many in one statement. */
export function createCallLog(database: Database, logger: Logger): CallLog {
  let waiting: NotedCall[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    timer = undefined;
    const calls = waiting;
    waiting = [];
    if (calls.length === 0) return;
    try {
      await insertCalls(database, calls);
    } catch (error) {
      logger.warn({ error, calls: calls.length }, "plugins' calls could not be written down");
      // Of a plugin that was swept away meanwhile, or a database that is away: these are given up.
    }
  };
  const soon = () => {
    timer ??= setTimeout(() => {
      writing = writing.then(write);
    }, everyMs).unref();
  };
  return {
    note: (call) => {
      if (waiting.length >= mostWaiting) waiting.shift();
      waiting.push(call);
      soon();
    },
    stop: async () => {
      clearTimeout(timer);
      await writing;
      await write();
    },
  };
}
