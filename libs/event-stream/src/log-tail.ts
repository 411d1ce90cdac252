import type { EventType } from '@marquee/contracts';
import {
  logEnd,
  readAll,
  readTypes,
  type EventInterceptor,
  type LogPosition,
  type RecordedEvent,
} from '@marquee/event-log';
import { systemScope, type Database } from '@marquee/postgres';
import { comparePositions, type StreamPosition } from './client/position.ts';
import { follow } from './follow.ts';
import { createRecentEvents, type RecentEvents, type TailEntry } from './recent.ts';

export type Wanted = {
  readonly organisationId: string;
  readonly types: ReadonlySet<EventType>;
  /** Whether `types` leaves some out. */
  readonly isFiltered: boolean;
};

export type TailPage = {
  readonly entries: readonly TailEntry[];
  /** There is nothing else for this client up to here. */
  readonly position: StreamPosition;
};

export interface LogTail {
  /** The newest position known. */
  readonly end: StreamPosition;
  readonly lastError: string | null;
  /** What a client wants after a position, at most a page of it. */
  read(wanted: Wanted, after: StreamPosition): Promise<TailPage>;
  /** Resolves when the end has moved beyond this position, the signal is aborted, or the time is up. */
  moved(beyond: StreamPosition, signal: AbortSignal, timeoutMs: number): Promise<void>;
  wake(): void;
  stop(): Promise<void>;
}

const pageSize = 200;
const pollSize = 1_000;

type TailOptions = {
  readonly database: Database;
  readonly pollMs: number;
  readonly interceptors: readonly EventInterceptor[];
};

/**
 * Follows the log for all clients at once, with one query a poll. The recent events are contiguous up to the end, and
 * a client's next page comes from them or from the log by its position alone: between catching up and being live
 * there is no seam where an event could be lost or doubled.
 */
export async function openLogTail(options: TailOptions): Promise<LogTail> {
  const { database, pollMs, interceptors } = options;
  const end = await database.read(systemScope, (tx) => logEnd(tx));
  const recent = createRecentEvents(format(end));
  const waiting = new Set<() => void>();

  const following = follow(async () => {
    const page = await database.read(systemScope, (tx) =>
      readAll(tx, parse(recent.end), pollSize, { interceptors }),
    );
    recent.add(page.map(toEntry));
    if (page.length > 0) for (const resolve of [...waiting]) resolve();
    return page.length === pollSize;
  }, pollMs);

  return {
    get end() {
      return recent.end;
    },
    get lastError() {
      return following.lastError;
    },
    read: async (wanted, after) =>
      comparePositions(after, recent.start) >= 0
        ? readRecent(recent, wanted, after)
        : readLog(options, recent, wanted, after),
    moved: (beyond, signal, timeoutMs) =>
      new Promise((resolve) => {
        if (signal.aborted || comparePositions(recent.end, beyond) > 0) return resolve();
        const timer = setTimeout(() => done(), timeoutMs);
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done, { once: true });
      }),
    wake: following.wake,
    stop: following.stop,
  };
}

function readRecent(
  recent: RecentEvents,
  { organisationId, types }: Wanted,
  after: StreamPosition,
): TailPage {
  const scanned = recent.after(after);
  const entries = scanned
    .filter((entry) => entry.organisationId === organisationId && types.has(entry.type as EventType))
    .slice(0, pageSize);
  const last = entries.length < pageSize ? scanned.at(-1) : entries.at(-1);
  return { entries, position: last?.position ?? after };
}

async function readLog(
  { database, interceptors }: TailOptions,
  recent: RecentEvents,
  { organisationId, types, isFiltered }: Wanted,
  after: StreamPosition,
): Promise<TailPage> {
  const endBefore = recent.end;
  // In the tenant's own scope: row-level security, not this code, keeps the others' events away.
  const page = await database.read({ organisationId }, (tx) =>
    isFiltered
      ? readTypes(tx, [...types], parse(after), pageSize, { interceptors })
      : readAll(tx, parse(after), pageSize, { interceptors }),
  );
  const entries = page.map(toEntry);
  const last = entries.at(-1)?.position ?? after;
  // Whatever is not beyond the known end could be read just now: a page that is not full is all there is of it.
  const isAll = page.length < pageSize && comparePositions(last, endBefore) < 0;
  return { entries, position: isAll ? endBefore : last };
}

function toEntry({ event, position }: RecordedEvent): TailEntry {
  const { organisationId, type } = event;
  return { position: format(position), organisationId, type, json: JSON.stringify(event) };
}

function format({ tx, position }: LogPosition): StreamPosition {
  return `${tx}.${position}`;
}

function parse(position: StreamPosition): LogPosition {
  const [tx = '0', place = '0'] = position.split('.');
  return { tx, position: place };
}
