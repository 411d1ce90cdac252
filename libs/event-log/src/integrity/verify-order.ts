import { systemScope, type Database } from '@marquee/postgres';
import { logStart, type LogPosition } from '../read-all.ts';
import type { LogFault } from './log-fault.ts';

type Row = LogPosition & {
  readonly organisationId: string;
  readonly eventId: string;
  readonly streamId: string;
  readonly version: number;
  readonly sequence: string | null;
};

/** Narrow rows, many a page: a join of two indexed columns. */
const pageSize = 5_000;

/**
 * Walks the sealed part of the log as a reader does and answers, for each tenant, the first event that is in no chain or
 * comes before one that was sealed earlier. Contents are not looked at.
 */
export async function scanOrder(
  database: Database,
  upTo: LogPosition,
  organisationId: string | null,
): Promise<LogFault[]> {
  const faults = new Map<string, LogFault>();
  const last = new Map<string, { readonly sequence: number; readonly tx: string }>();
  for (let after = logStart; ;) {
    const rows = await readPage(database, after, upTo, organisationId);
    for (const row of rows) {
      const sequence = row.sequence === null ? null : Number(row.sequence);
      const before = last.get(row.organisationId);
      if (sequence !== null) last.set(row.organisationId, { sequence, tx: row.tx });
      if (faults.has(row.organisationId)) continue;
      const fault = judge(row, sequence, before);
      if (fault) faults.set(row.organisationId, fault);
    }
    if (rows.length < pageSize) return [...faults.values()];
    after = rows.at(-1)!;
  }
}

function judge(
  row: Row,
  sequence: number | null,
  before: { readonly sequence: number; readonly tx: string } | undefined,
): LogFault | null {
  const { organisationId, position, eventId, streamId, version } = row;
  const named = { organisationId, position, eventId, streamId, version, sequence };
  if (sequence === null)
    return { kind: 'inserted', ...named, differs: 'it stands among sealed events and was never sealed' };
  // A restored log has tx 0 throughout and is ordered by positions; the chain keeps the order it had.
  const isRestored = row.tx === '0' && before?.tx === '0';
  if (!before || sequence > before.sequence || isRestored) return null;
  const differs = `readers get it after the tenant's event ${before.sequence}, it was sealed before`;
  return { kind: 'reordered', ...named, differs };
}

async function readPage(
  database: Database,
  after: LogPosition,
  upTo: LogPosition,
  organisationId: string | null,
): Promise<Row[]> {
  return database.read(systemScope, (tx) =>
    tx.rows<Row>(
      `select event_log.tx::text as tx, global_position::text as position, event_log.organisation_id as "organisationId",
         event_log.event_id as "eventId", event_log.stream_id as "streamId", event_log.version,
         entry.sequence::text as sequence
       from event_log 
         left join event_chain entry
           on entry.position = global_position
             and (entry.organisation_id = event_log.organisation_id or entry.event_id = event_log.event_id)
       where (event_log.tx, global_position) > ($1::xid8, $2::bigint)
         and (event_log.tx, global_position) <= ($3::xid8, $4::bigint)
         and ($5::uuid is null or event_log.organisation_id = $5)
       order by event_log.tx, global_position limit ${pageSize}`,
      [after.tx, after.position, upTo.tx, upTo.position, organisationId],
    ),
  );
}
