import type { DomainEvent, EventType } from '@marquee/contracts';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { lockInline } from './generations.ts';
import { anyProjection, ProjectionVersionError, type Projection } from './projection.ts';

/**
 * Applies events just appended to an inline projection, in the transaction of the append: what it answers is true with
 * the commit, not a moment later. Every append of its types has to call it (events of other types are passed over), in
 * the tenant's scope.
 *
 * Holds a lock shared with all who append until the commit. A swap waits for them and lets none begin meanwhile: without
 * it an append that began before the swap would write into the generation that ends, after its successor has read the
 * log, and be lost.
 */
export async function projectInline<Type extends EventType>(
  tx: Transaction,
  projection: Projection<Type>,
  events: readonly DomainEvent[],
): Promise<void> {
  const { name, version, mode, types, apply } = anyProjection(projection);
  assert(mode === 'inline', `${name} is not an inline projection`);
  assert(tx.organisationId, 'events are projected in the scope of their organisation');
  const own = events.filter(({ type }) => types.includes(type));
  if (own.length === 0) return;
  await lockInline(tx, name, 'shared');
  // A statement of its own: its snapshot must be younger than the lock.
  const [live] = await tx.rows<{ generation: number; version: number }>(
    `select generation, version from event_projection
       join event_projection_generation on projection = name and generation = live_generation
     where name = $1`,
    [name],
    { name: 'projection-live' },
  );
  if (!live || live.version < version) return; // The generation being built reads them from the log.
  if (live.version > version) {
    throw new ProjectionVersionError(`${name} is at version ${live.version}, this process at ${version}`);
  }
  await apply(tx, own, live.generation);
}
