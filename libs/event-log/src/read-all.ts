import { upcasting, type DomainEvent, type EventType } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';
import type { EventInterceptor } from './intercept.ts';
import { eventColumns, toDomainEvents, type EventRow } from './row.ts';

/** A place in the log, as decimal strings of 64 bits. Both parts belong to a checkpoint: neither alone is in order. */
export type LogPosition = { readonly tx: string; readonly position: string };

/** Before the first event. */
export const logStart: LogPosition = { tx: '0', position: '0' };

export type RecordedEvent = { readonly event: DomainEvent; readonly position: LogPosition };

type FeedOptions = {
  /** Run over every event before it is upcast, such as what deciphers. */
  readonly interceptors?: readonly EventInterceptor[];
};

type PreparedOptions = FeedOptions & {
  /**
   * Prepares the statement under this name. Only on a connection that scans no table in sequence: a plan made while the
   * log was empty would scan it whole ever after.
   */
  readonly name?: string;
};

/**
 * The next events after a position, at most `limit`, none ever skipped. In the system scope of all tenants.
 *
 * Positions are handed out before the commit, so a reader of `global_position > last` passes over an event whose
 * transaction is still open and never comes back (1,559-1,742 of 30,000 lost under 16 writers). This one reads only
 * below the horizon: the oldest transaction still open. Whatever is below has ended and nothing can be added to it.
 *
 * A stream's events come in the order of their versions. Events of different streams come in the order in which
 * their transactions first wrote, which for transactions open at the same time need not be that of their commits.
 * An open write transaction anywhere in the cluster holds the horizon back; so transactions are short.
 */
export async function readAll(
  tx: Transaction,
  after: LogPosition,
  limit: number,
  { name, ...options }: PreparedOptions = {},
): Promise<RecordedEvent[]> {
  return toRecorded(await readFeed(tx, after, limit, 'true', [], name), options);
}

/** `readAll` of the streams of one aggregate: of category `order` for `order-0197…`. */
export async function readCategory(
  tx: Transaction,
  category: string,
  after: LogPosition,
  limit: number,
  options: FeedOptions = {},
): Promise<RecordedEvent[]> {
  return toRecorded(await readKinds(tx, after, limit, 'kind.category = $4', category), options);
}

/** `readAll` of what one request or message caused, wherever in this log. For asking, and for following it. */
export async function readCorrelation(
  tx: Transaction,
  correlationId: string,
  after: LogPosition,
  limit: number,
  options: FeedOptions = {},
): Promise<RecordedEvent[]> {
  return toRecorded(await readFeed(tx, after, limit, 'correlation_id = $4', [correlationId]), options);
}

/** `readAll` of certain types; older versions of them are found too, and upcast. */
export async function readTypes(
  tx: Transaction,
  types: readonly EventType[],
  after: LogPosition,
  limit: number,
  options: FeedOptions = {},
): Promise<RecordedEvent[]> {
  const stored = [...new Set(types.flatMap(upcasting.storedTypes))];
  return toRecorded(await readKinds(tx, after, limit, 'kind.type = any($4::text[])', stored), options);
}

/**
 * Where the log ends for now, below the same horizon as `readAll`: what a reader starts after that wants only what
 * comes. `logStart` where there is nothing. In the system scope of all tenants.
 */
export async function logEnd(tx: Transaction): Promise<LogPosition> {
  const [last] = await tx.rows<LogPosition>(
    `select event_log.tx::text as tx, global_position::text as position from event_log
     where event_log.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by event_log.tx desc, global_position desc limit 1`,
  );
  return last ?? logStart;
}

type FeedRow = EventRow & { readonly tx: string; readonly position: string };

// `event_log.tx` in full: bare, the order would be that of the text selected under the same name.
const feedSql = (condition: string) =>
  `select ${eventColumns}, event_log.tx::text as tx, global_position::text as position
   from event_log
   where (event_log.tx, global_position) > ($1::xid8, $2::bigint)
     and event_log.tx < pg_snapshot_xmin(pg_current_snapshot())
     and ${condition}
   order by event_log.tx, global_position
   limit $3`;

/**
 * The feed of some pairs of type and category. Each pair from the index in order, then merged: a condition on the
 * events themselves would sort all there is for every page. There are some dozens of pairs however long the log is, and
 * the way from one to the next is a descent of the index.
 */
function readKinds(
  tx: Transaction,
  after: LogPosition,
  limit: number,
  condition: string,
  wanted: unknown,
): Promise<FeedRow[]> {
  return tx.rows<FeedRow>(
    `with recursive kind as (
       (select type, category from event_log order by type, category limit 1)
       union all
       select next.type, next.category from kind cross join lateral (
         select type, category from event_log where (type, category) > (kind.type, kind.category)
         order by type, category limit 1
       ) as next
     )
     select event.* from kind
       cross join lateral (${feedSql('type = kind.type and category = kind.category')}) as event
     where ${condition}
     order by event.tx::xid8, event.position::bigint limit $3`,
    [after.tx, after.position, limit, wanted],
  );
}

function readFeed(
  tx: Transaction,
  after: LogPosition,
  limit: number,
  condition: string,
  parameters: readonly unknown[],
  name?: string,
): Promise<FeedRow[]> {
  const values = [after.tx, after.position, limit, ...parameters];
  return tx.rows<FeedRow>(feedSql(condition), values, { ...(name && { name }) });
}

async function toRecorded(rows: readonly FeedRow[], { interceptors }: FeedOptions): Promise<RecordedEvent[]> {
  const events = await toDomainEvents(rows, interceptors);
  return events.map((event, index) => {
    const { tx, position } = rows[index]!;
    return { event, position: { tx, position } };
  });
}
