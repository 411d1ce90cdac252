import { logStart, type LogPosition } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import { StaleCheckpointError } from './faults.ts';

/** What can run a statement: a transaction, or the relay's own session. */
export type Rows = {
  rows<R>(sql: string, parameters?: readonly unknown[], options?: { readonly name?: string }): Promise<R[]>;
};

/**
 * How far one subscription has come in one source. The log position decides what has been handled: it survives a wipe
 * of the stream, where sequences start again. The sequence only says where to look first.
 */
export type Checkpoint = { readonly position: LogPosition; readonly sequence: number };

type Row = { log_tx: string; log_position: string; stream_sequence: string };

export const startCheckpoint: Checkpoint = { position: logStart, sequence: 0 };

export async function loadCheckpoint(db: Rows, subscription: string, source: string): Promise<Checkpoint> {
  const [row] = await db.rows<Row>(
    `select log_tx, log_position, stream_sequence from messaging_checkpoint
     where subscription = $1 and source = $2`,
    [subscription, source],
    { name: 'marquee_checkpoint_load' },
  );
  if (!row) return startCheckpoint;
  return { position: { tx: row.log_tx, position: row.log_position }, sequence: Number(row.stream_sequence) };
}

type Key = { readonly subscription: string; readonly source: string };

/**
 * Waits until no handler of the projection is in a transaction of this database, and keeps them out until the end of this
 * one: for what changes a projection's rows or its checkpoint from outside. Before any other lock, as handlers take it
 * before they touch a row. It is an advisory lock and no row's, which would give the transaction an id: one that has an id
 * holds back every reader of a log.
 */
export async function lockHandling(db: Rows, subscription: string): Promise<void> {
  await db.rows('select pg_advisory_xact_lock(hashtextextended($1, 1))', [lockName(subscription)], {
    name: 'marquee_checkpoint_lock',
  });
}

function lockName(subscription: string): string {
  return `messaging_checkpoint:${subscription}`;
}

/** Takes that lock, so that a rival waits here, and throws where the checkpoint is not where this process believes it. */
export async function assertCheckpoint(
  db: Rows,
  { subscription, source }: Key,
  at: Checkpoint,
): Promise<void> {
  const { tx, position } = at.position;
  // Both at once; the second looks when the first has got the lock.
  const [, [answer]] = await Promise.all([
    lockHandling(db, subscription),
    db.rows<{ here: boolean }>(stillHere, [subscription, source, tx, position], {
      name: 'marquee_checkpoint_assert',
    }),
  ]);
  if (!answer?.here)
    throw new StaleCheckpointError(`another process moved the checkpoint of ${subscription}`);
}

/**
 * Moves the checkpoint with the commit, guarded by where this process believes it to be: what was handled from elsewhere
 * cannot commit, so two that both believe to be active cannot both. Fails the commit (see `asStale`).
 */
export function advanceCheckpoint(
  tx: Pick<Transaction, 'closeWith'>,
  { subscription, source }: Key,
  from: Checkpoint,
  to: Checkpoint,
): void {
  const values = [subscription, source, to.position.tx, to.position.position, to.sequence];
  if (from === startCheckpoint)
    return tx.closeWith(insertFirst, values, { name: 'marquee_checkpoint_first' });
  tx.closeWith(moveGuarded, [...values, from.position.tx, from.position.position], {
    name: 'marquee_checkpoint_move',
  });
}

/** A checkpoint that is not there is at the start. */
const stillHere = `
  select coalesce((select log_tx = $3 and log_position = $4 from messaging_checkpoint
    where subscription = $1 and source = $2), $3::numeric = 0) as here`;

const insertFirst = `
  with moved as (
    insert into messaging_checkpoint (subscription, source, log_tx, log_position, stream_sequence)
    values ($1, $2, $3, $4, $5)
    on conflict do nothing returning 1
  )
  select messaging_refuse_stale($1) from moved having count(*) = 0`;

const moveGuarded = `
  with moved as (
    update messaging_checkpoint
    set log_tx = $3, log_position = $4, stream_sequence = $5, updated_at = now()
    where subscription = $1 and source = $2 and log_tx = $6 and log_position = $7
    returning 1
  )
  select messaging_refuse_stale($1) from moved having count(*) = 0`;

/** Without a guard, for what does not decide by it: the relay's own (the stream's tail decides), a worker's floor. */
export async function recordCheckpoint(
  db: Rows,
  key: { readonly subscription: string; readonly source: string },
  to: Checkpoint,
): Promise<void> {
  await db.rows(
    `insert into messaging_checkpoint as known (subscription, source, log_tx, log_position, stream_sequence)
     values ($1, $2, $3, $4, $5)
     on conflict (subscription, source) do update
     set log_tx = excluded.log_tx, log_position = excluded.log_position,
         stream_sequence = excluded.stream_sequence, updated_at = now()
     where (known.log_tx, known.log_position) < (excluded.log_tx, excluded.log_position)`,
    [key.subscription, key.source, to.position.tx, to.position.position, to.sequence],
    { name: 'marquee_checkpoint_record' },
  );
}

/** Back to the start, for a rebuild. */
export async function forgetCheckpoints(db: Rows, subscription: string): Promise<void> {
  await lockHandling(db, subscription);
  await db.rows('delete from messaging_checkpoint where subscription = $1', [subscription]);
}

/**
 * Back to a place already passed, so that what comes after it is handled again; never forward, which would skip events.
 * The reader finds its checkpoint moved and begins anew. False where the checkpoint is not beyond that place.
 */
export async function rewindCheckpoint(
  db: Rows,
  key: { readonly subscription: string; readonly source: string },
  to: LogPosition,
): Promise<boolean> {
  const rows = await db.rows(
    `update messaging_checkpoint
     set log_tx = $3, log_position = $4, stream_sequence = 0, updated_at = now()
     where subscription = $1 and source = $2 and (log_tx, log_position) > ($3::numeric, $4::numeric)
     returning 1`,
    [key.subscription, key.source, to.tx, to.position],
  );
  return rows.length === 1;
}
