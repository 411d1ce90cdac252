import { logStart, type LogPosition } from '@marquee/event-log';
import { systemScope, type Database } from '@marquee/postgres';
import type { Source } from '../sources.ts';
import { toCondition, type LogFilter } from './filter.ts';

/** An event as stored; `data` is its JSON as the database writes it, so that no number loses a digit. */
export type LogRecord = {
  readonly service: string;
  readonly position: LogPosition;
  readonly id: string;
  readonly organisationId: string;
  readonly streamId: string;
  readonly version: number;
  readonly type: string;
  /** RFC 3339 in UTC, milliseconds. */
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly actor: string;
  readonly traceparent: string | null;
  readonly data: string;
};

export type ReadOptions = {
  readonly filter: LogFilter;
  /** Default: the start. */
  readonly after?: LogPosition;
  /** Only transactions below this one; default: all that is committed. */
  readonly horizon?: string;
  readonly newestFirst?: boolean;
};

type Row = {
  readonly tx: string;
  readonly position: string;
  readonly event_id: string;
  readonly organisation_id: string;
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly data: string;
  readonly occurred_at: Date;
  readonly correlation_id: string;
  readonly actor: string;
  readonly traceparent: string | null;
};

const pageSize = 1_000;

/** The oldest transaction still open: what is below it is complete, and nothing will be added to it. */
export async function readHorizon(database: Database): Promise<string> {
  const [row] = await database.read(systemScope, (tx) =>
    tx.rows<{ horizon: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as horizon'),
  );
  return row!.horizon;
}

/**
 * The next events after a position that none can be added before any more: below the horizon. For those who remember
 * how far they have come.
 */
export async function readSafely(
  source: Source,
  filter: LogFilter,
  after: LogPosition,
): Promise<readonly LogRecord[]> {
  return readPage(source, { filter, after }, { limit: pageSize, safe: true });
}

/** Every event the filter lets through, in the log's order or against it, a page at a time and so in flat memory. */
export async function* readLog(
  source: Source,
  { after, ...options }: ReadOptions,
): AsyncGenerator<LogRecord, void, undefined> {
  let last = after;
  const stretch = await findStretch(source, options.filter);
  if (stretch === 'empty') return;
  for (;;) {
    const from = { ...options, ...(last && { after: last }) };
    const page = await readPage(source, from, { limit: pageSize, stretch });
    yield* page;
    if (page.length < pageSize) return;
    last = page.at(-1)!.position;
  }
}

/** Where in the log everything is that may have happened within the filter's time; null: anywhere. */
type Stretch = { readonly first: LogPosition; readonly last: LogPosition } | null;

/**
 * By the index of times, which tells blocks of the table and no order; so the log is then read in its own order between
 * the first and the last place that were found, and not from its beginning. Only with a `since`: what was up to a time is
 * most of a log, for which an index is no help.
 */
export async function findStretch(
  { database }: Source,
  { since, until }: LogFilter,
): Promise<Stretch | 'empty'> {
  if (!since) return null;
  const rows = await database.read(systemScope, (tx) =>
    tx.rows<LogPosition>(stretchSql, [since.toISOString(), until?.toISOString() ?? 'infinity']),
  );
  return rows.length === 0 ? 'empty' : { first: rows[0]!, last: rows.at(-1)! };
}

/** Materialised, or the planner would walk the whole log in its order to find the first row of a limit. */
export const stretchSql = `
  with hit as materialized (
    select tx, global_position from event_log where occurred_at >= $1::timestamptz and occurred_at <= $2::timestamptz
  )
  (select tx::text as tx, global_position::text as position from hit order by hit.tx, global_position limit 1)
  union all
  (select tx::text as tx, global_position::text as position from hit
   order by hit.tx desc, global_position desc limit 1)`;

async function readPage(
  { service, database }: Source,
  { filter, after, horizon, newestFirst }: ReadOptions,
  {
    limit,
    safe = false,
    stretch = null,
  }: { readonly limit: number; readonly safe?: boolean; readonly stretch?: Stretch },
): Promise<LogRecord[]> {
  const from = after ?? (newestFirst ? null : logStart);
  const { sql, parameters } = toCondition(filter, 8);
  const order = newestFirst ? 'desc' : 'asc';
  // Qualified: bare, the order would be that of the text selected under the same name.
  const rows = await database.read(systemScope, (tx) =>
    tx.rows<Row>(
      `select event_log.tx::text as tx, global_position::text as position, event_id, organisation_id, stream_id,
              version, type, data::text as data, occurred_at, correlation_id, actor, traceparent
       from event_log
       where ($1::text is null or (event_log.tx, global_position) ${newestFirst ? '<' : '>'} ($1::xid8, $2::bigint))
         and ($3::text is null or event_log.tx < $3::xid8)
         and ($5::text is null or (event_log.tx, global_position) >= ($5::xid8, $6::bigint))
         and ($7::text is null or (event_log.tx, global_position) <= ($7::xid8, $8::bigint))
         ${safe ? 'and event_log.tx < pg_snapshot_xmin(pg_current_snapshot())' : ''}${sql}
       order by event_log.tx ${order}, global_position ${order} limit $4`,
      [
        ...[from?.tx ?? null, from?.position ?? null, horizon ?? null, limit],
        ...[stretch?.first.tx ?? null, stretch?.first.position ?? null],
        ...[stretch?.last.tx ?? null, stretch?.last.position ?? null],
        ...parameters,
      ],
    ),
  );
  return rows.map((row) => toRecord(service, row));
}

function toRecord(service: string, row: Row): LogRecord {
  return {
    service,
    position: { tx: row.tx, position: row.position },
    id: row.event_id,
    organisationId: row.organisation_id,
    streamId: row.stream_id,
    version: row.version,
    type: row.type,
    occurredAt: row.occurred_at.toISOString(),
    correlationId: row.correlation_id,
    actor: row.actor,
    traceparent: row.traceparent,
    data: row.data,
  };
}
