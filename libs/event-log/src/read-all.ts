import type { DomainEvent } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';
import { eventColumns, toDomainEvent, type EventRow } from './row.ts';

/** A place in the log, as decimal strings of 64 bits. Both parts belong to a checkpoint: neither alone is in order. */
export type LogPosition = { readonly tx: string; readonly position: string };

/** Before the first event. */
export const logStart: LogPosition = { tx: '0', position: '0' };

export type RecordedEvent = { readonly event: DomainEvent; readonly position: LogPosition };

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
export async function readAll(tx: Transaction, after: LogPosition, limit: number): Promise<RecordedEvent[]> {
  // Not a prepared statement: a plan made while the table was empty would scan it whole ever after.
  // `event_log.tx` in full: bare, the order would be that of the text selected under the same name.
  const rows = await tx.rows<EventRow & { tx: string; position: string }>(
    `select ${eventColumns}, event_log.tx::text as tx, global_position::text as position
     from event_log
     where (event_log.tx, global_position) > ($1::xid8, $2::bigint)
       and event_log.tx < pg_snapshot_xmin(pg_current_snapshot())
     order by event_log.tx, global_position
     limit $3`,
    [after.tx, after.position, limit],
  );
  return rows.map((row) => ({
    event: toDomainEvent(row),
    position: { tx: row.tx, position: row.position },
  }));
}
