import { lockHandling } from '@marquee/messaging';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { rebuildSubscription, salesSubscription } from '../projections.ts';

const counted = ['occurrence_stats', 'occurrence_revenue', 'sales_minute'] as const;
const deletedAtOnce = 10_000;

/** Deletes what belongs to no live generation, some rows a transaction: an open one holds back every log's readers. */
export async function deleteDeadGenerations(database: Database): Promise<number> {
  let deleted = 0;
  for (const table of counted) {
    for (let last = deletedAtOnce; last === deletedAtOnce; deleted += last) {
      last = await database.transaction(systemScope, (tx) =>
        tx.execute(
          `delete from ${table} where ctid = any(array(
             select ctid from ${table}
              where generation <> (select live_generation from projection where name = 'sales') limit ${deletedAtOnce}))`,
        ),
      );
    }
  }
  return deleted;
}

/** Empties the generation that a rebuild fills. */
export async function clearNextGeneration(tx: Transaction): Promise<void> {
  for (const table of counted) {
    await tx.execute(
      `delete from ${table} where generation > (select live_generation from projection where name = 'sales')`,
    );
  }
}

type Checkpoint = { readonly subscription: string; readonly source: string };

/**
 * Makes the rebuilt generation the live one, at a moment when it has counted at least what the live one has. The live
 * checkpoint moves on to the rebuilt one's in the same transaction, so that the running service, which knows nothing of
 * this, counts the next event once and into the new generation.
 *
 * The locks on the checkpoints hold both countings between two events. While only the live one is held the rebuild
 * catches up; answers false where it did not in time.
 */
export async function switchGenerations(database: Database, catchUpMs = 2_000): Promise<boolean> {
  return database.transaction(systemScope, async (tx) => {
    await lockCheckpoints(tx, salesSubscription);
    const deadline = performance.now() + catchUpMs;
    while (await isBehind(tx)) {
      if (performance.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await lockCheckpoints(tx, rebuildSubscription);
    await tx.execute(
      `insert into messaging_checkpoint (subscription, source, log_tx, log_position, stream_sequence)
       select $1, source, log_tx, log_position, stream_sequence from messaging_checkpoint where subscription = $2
       on conflict (subscription, source) do update
          set log_tx = excluded.log_tx, log_position = excluded.log_position,
              stream_sequence = excluded.stream_sequence, updated_at = now()`,
      [salesSubscription, rebuildSubscription],
    );
    await tx.execute(`update projection set live_generation = live_generation + 1 where name = 'sales'`);
    return true;
  });
}

async function lockCheckpoints(tx: Transaction, subscription: string): Promise<void> {
  await lockHandling(tx, subscription);
  await tx.rows<Checkpoint>(
    'select subscription, source from messaging_checkpoint where subscription = $1 order by source for update',
    [subscription],
  );
}

async function isBehind(tx: Transaction): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 from messaging_checkpoint live
       left join messaging_checkpoint rebuilt on rebuilt.subscription = $2 and rebuilt.source = live.source
      where live.subscription = $1
        and (rebuilt.source is null
             or (rebuilt.log_tx, rebuilt.log_position) < (live.log_tx, live.log_position))`,
    [salesSubscription, rebuildSubscription],
  );
  return rows.length > 0;
}

/** Forgets how far a rebuild came, once it has stopped. */
export async function forgetRebuild(database: Database): Promise<void> {
  await database.transaction(systemScope, async (tx) => {
    await tx.execute('delete from messaging_checkpoint where subscription = $1', [rebuildSubscription]);
    await tx.execute('delete from dead_letter where subscription = $1', [rebuildSubscription]);
  });
}
