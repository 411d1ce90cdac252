import { logStart, type LogPosition } from '@marquee/event-log';
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

/**
 * Moves the checkpoint, guarded by where this process believes it to be. Run first in the handler's transaction: a
 * rival waits on the row here and is then refused, so two that both believe to be active cannot both commit.
 */
export async function advanceCheckpoint(
  db: Rows,
  key: { readonly subscription: string; readonly source: string },
  from: Checkpoint,
  to: Checkpoint,
): Promise<void> {
  const first = from === startCheckpoint;
  const values = [key.subscription, key.source, to.position.tx, to.position.position, to.sequence];
  const rows = first
    ? await db.rows(insertFirst, values, { name: 'marquee_checkpoint_first' })
    : await db.rows(moveGuarded, [...values, from.position.tx, from.position.position], {
        name: 'marquee_checkpoint_move',
      });
  if (rows.length !== 1)
    throw new StaleCheckpointError(`another process moved the checkpoint of ${key.subscription}`);
}

const insertFirst = `
  insert into messaging_checkpoint (subscription, source, log_tx, log_position, stream_sequence)
  values ($1, $2, $3, $4, $5)
  on conflict do nothing returning 1`;

const moveGuarded = `
  update messaging_checkpoint
  set log_tx = $3, log_position = $4, stream_sequence = $5, updated_at = now()
  where subscription = $1 and source = $2 and log_tx = $6 and log_position = $7
  returning 1`;

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
