import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { recordCheckpoint, type Checkpoint, type Rows } from './checkpoint.ts';

export type InboxKey = { readonly subscription: string; readonly source: string };

/**
 * Notes in the handler's transaction that the event is handled. False where it was already: it has a row, or lies
 * below the floor under which rows are no longer kept.
 */
export async function enterInbox(
  tx: Transaction,
  key: InboxKey,
  eventId: string,
  { position: { tx: logTx, position } }: Pick<Checkpoint, 'position'>,
): Promise<boolean> {
  const rows = await tx.rows(
    `insert into messaging_inbox (subscription, event_id, source, log_tx, log_position)
     select $1, $2, $3, $4, $5
     where not exists (
       select 1 from messaging_checkpoint
       where subscription = $1 and source = $3 and (log_tx, log_position) >= ($4::numeric, $5::numeric))
     on conflict do nothing returning 1`,
    [key.subscription, eventId, key.source, logTx, position],
  );
  return rows.length === 1;
}

/**
 * Forgets rows below the floor as it was one sweep ago, then raises the floor. In this order and a sweep apart: a
 * statement that began before the floor rose must still find the row.
 */
export async function sweepInbox(database: Database, key: InboxKey, floor: Checkpoint): Promise<number> {
  return database.transaction(systemScope, async (tx) => {
    const deleted = await tx.execute(
      `delete from messaging_inbox using messaging_checkpoint as floor
       where messaging_inbox.subscription = $1 and messaging_inbox.source = $2
         and floor.subscription = $1 and floor.source = $2
         and (messaging_inbox.log_tx, messaging_inbox.log_position) <= (floor.log_tx, floor.log_position)`,
      [key.subscription, key.source],
    );
    await recordCheckpoint(tx, key, floor);
    return deleted;
  });
}

/** All of a subscription, for a rebuild. */
export async function clearInbox(db: Rows, subscription: string): Promise<void> {
  await db.rows('delete from messaging_inbox where subscription = $1', [subscription]);
  await db.rows('delete from messaging_checkpoint where subscription = $1', [subscription]);
  await db.rows('delete from dead_letter where subscription = $1', [subscription]);
}
