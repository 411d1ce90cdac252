import type { DomainEvent } from '@marquee/contracts';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { EventInterceptor } from './intercept.ts';
import { eventColumns, toDomainEvents, type EventRow } from './row.ts';

export type StreamRange = {
  /** Lowest version wanted; default 1. */
  readonly fromVersion?: number;
  /** Highest version wanted; default the newest. */
  readonly toVersion?: number;
  /** Only what had happened by then, this instant included. */
  readonly asOf?: Date;
  /** At most so many, then the caller pages on. Without it a stream longer than 10,000 throws StreamTooLongError. */
  readonly limit?: number;
  /** `backward`: the newest first. Default `forward`. */
  readonly direction?: 'forward' | 'backward';
  /** Run over every event before it is upcast, such as what deciphers. */
  readonly interceptors?: readonly EventInterceptor[];
};

const maxEvents = 10_000;

/** Never silently cut short: a state folded from half a stream is wrong. */
export class StreamTooLongError extends Error {
  override readonly name = 'StreamTooLongError';
}

/** One thing's events in the order of their versions (or against it); none where the tenant has no such stream. */
export async function readStream(
  tx: Transaction,
  streamId: string,
  { fromVersion = 1, toVersion, asOf, limit, direction = 'forward', interceptors }: StreamRange = {},
): Promise<DomainEvent[]> {
  const rows = await tx.rows<EventRow>(
    `select ${eventColumns} from event_log
     where stream_id = $1 and version >= $2 and ($3::integer is null or version <= $3)
       and ($4::timestamptz is null or occurred_at <= $4)
     order by version ${direction === 'forward' ? 'asc' : 'desc'} limit $5`,
    [streamId, fromVersion, toVersion ?? null, asOf?.toISOString() ?? null, limit ?? maxEvents + 1],
  );
  if (limit === undefined && rows.length > maxEvents) {
    throw new StreamTooLongError(`stream ${streamId} has more than ${maxEvents} events: read it in pages`);
  }
  return toDomainEvents(rows, interceptors);
}

export type StreamPages = Omit<StreamRange, 'limit'> & {
  /** Events of a page, 1 to 10,000; default 1,000. */
  readonly pageSize?: number;
};

/** A stream of any length, a page at a time, in constant memory. Pages are never empty; each is one statement. */
export async function* readStreamPages(
  tx: Transaction,
  streamId: string,
  { pageSize = 1_000, ...range }: StreamPages = {},
): AsyncGenerator<DomainEvent[], void, undefined> {
  assert(pageSize >= 1 && pageSize <= maxEvents, `a page has 1 to ${maxEvents} events, not ${pageSize}`);
  let rest: StreamRange = range;
  for (;;) {
    const page = await readStream(tx, streamId, { ...rest, limit: pageSize });
    const last = page.at(-1);
    if (last) yield page;
    if (!last || page.length < pageSize) return;
    rest =
      range.direction === 'backward'
        ? { ...range, toVersion: last.version - 1 }
        : { ...range, fromVersion: last.version + 1 };
  }
}
