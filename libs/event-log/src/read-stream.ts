import type { DomainEvent } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';
import { eventColumns, toDomainEvent, type EventRow } from './row.ts';

export type StreamRange = {
  /** First version wanted; default 1. */
  readonly fromVersion?: number;
  /** Last version wanted; default the newest. */
  readonly toVersion?: number;
  /** Only what had happened by then, this instant included. */
  readonly asOf?: Date;
  /** At most so many, then the caller pages on. Without it a stream longer than 10,000 throws StreamTooLongError. */
  readonly limit?: number;
};

const maxEvents = 10_000;

/** Never silently cut short: a state folded from half a stream is wrong. */
export class StreamTooLongError extends Error {
  override readonly name = 'StreamTooLongError';
}

/** One thing's events in the order of their versions; none where the tenant has no such stream. */
export async function readStream(
  tx: Transaction,
  streamId: string,
  { fromVersion = 1, toVersion, asOf, limit }: StreamRange = {},
): Promise<DomainEvent[]> {
  const rows = await tx.rows<EventRow>(
    `select ${eventColumns} from event_log
     where stream_id = $1 and version >= $2 and ($3::integer is null or version <= $3)
       and ($4::timestamptz is null or occurred_at <= $4)
     order by version limit $5`,
    [streamId, fromVersion, toVersion ?? null, asOf?.toISOString() ?? null, limit ?? maxEvents + 1],
  );
  if (limit === undefined && rows.length > maxEvents) {
    throw new StreamTooLongError(`stream ${streamId} has more than ${maxEvents} events: read it in pages`);
  }
  return rows.map(toDomainEvent);
}
