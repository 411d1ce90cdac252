import { systemScope, type Database } from '@marquee/postgres';
import type { EventInterceptor } from '../intercept.ts';
import {
  applyGrouped,
  lockInline,
  makeLive,
  moveCheckpoint,
  readNext,
  readState,
  readVisible,
} from './generations.ts';
import type { AnyProjection } from './projection.ts';

/** Events that a swap may still have to apply; with more it is put off. */
const maxLast = 1_000;
/** How long appends may have to wait behind a swap that waits for one of them. */
const lockWaitMs = 2_000;

export type Swap =
  | 'swapped'
  /** Not yet: the new generation is behind, or something holds it back. It is tried again. */
  | 'behind'
  /** The new one has dead letters that the live one does not have: it would lack events. */
  | 'unsound';

/**
 * Makes the generation being built the live one, in one short transaction: stop the live one, apply the last events to
 * the new one, change the one row that readers go by. Nothing is lost: an asynchronous live one is at most as far as the
 * horizon, to which the new one reads; an inline one cannot be written while its lock is held alone.
 */
export async function swapGenerations(
  database: Database,
  projection: AnyProjection,
  interceptors: readonly EventInterceptor[],
): Promise<Swap> {
  const { name, mode } = projection;
  return database.transaction(systemScope, async (tx) => {
    await tx.execute(`set local lock_timeout = ${lockWaitMs}`);
    if (mode === 'inline') await lockInline(tx, name, 'exclusive');
    await tx.rows('select 1 from event_projection where name = $1 for update', [name]);
    // Whoever applies to either moves its row first, and so waits.
    await tx.rows(
      `select 1 from event_projection_generation where projection = $1 and retired_at is null
       order by generation for update`,
      [name],
    );
    const state = await readState(tx, name);
    const next = state?.generations.find((each) => each.state === 'building');
    if (!state || !next || state.paused) return 'behind';
    const unsound = await tx.rows(
      `select 1 from event_projection_dead_letter as letter
       where projection = $1 and generation = $2 and not exists (
         select 1 from event_projection_dead_letter as known
         where known.projection = $1 and known.generation = $3 and known.event_id = letter.event_id)
       limit 1`,
      [name, next.generation, state.live],
    );
    if (unsound.length > 0) return 'unsound';
    const read = mode === 'inline' ? readVisible : readNext;
    const last = await read(tx, projection, next.position, maxLast + 1, interceptors);
    if (last.length > maxLast) return 'behind';
    if (last.length > 0) {
      const key = { projection: name, generation: next.generation };
      await moveCheckpoint(tx, key, next.position, last.at(-1)!.position, last.length);
      const events = last.map(({ event }) => event);
      await applyGrouped(tx, projection, events, next.generation);
    }
    await makeLive(tx, name, next.generation);
    return 'swapped';
  });
}
