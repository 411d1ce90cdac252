import type { DomainEvent, EventType } from '@marquee/contracts';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';

/** What the events of a log come to, kept in tables of the same database. */
export type Projection<Type extends EventType = EventType> = {
  /** Stable for ever: its checkpoints are kept under it. */
  readonly name: string;
  /**
   * Of the tables' shape and of what `apply` means, from 1. Raised, the next start builds a new generation with this
   * code beside the live one, which older code keeps until the swap.
   */
  readonly version: number;
  /**
   * `inline`: in the transaction of the append, through `projectInline`. `async`: a moment later, by
   * `startProjections`, a page of events in one transaction.
   */
  readonly mode: 'inline' | 'async';
  readonly types: readonly Type[];
  /** Each has `organisation_id uuid` and `generation integer`; whatever reads them asks `event_projection_live(name)`. */
  readonly tables: readonly string[];
  /**
   * Writes what events come to into rows of the generation. The events are of one organisation, each stream's in its
   * order, many at once where there are many; the transaction is in the scope of that organisation.
   */
  readonly apply: (
    tx: Transaction,
    events: readonly DomainEvent<Type>[],
    generation: number,
  ) => Promise<void>;
};

/** Checks the definition. */
export function defineProjection<Type extends EventType>(projection: Projection<Type>): Projection<Type> {
  const { name, version, types, tables } = projection;
  assert(/^[a-z][a-z0-9-]{0,62}$/.test(name), `a projection cannot be called ${name}`);
  assert(Number.isInteger(version) && version >= 1, `the version of ${name} is a whole number from 1`);
  assert(
    types.length > 0 && new Set(types).size === types.length,
    `${name} reads some types, each named once`,
  );
  assert(
    tables.length > 0 && tables.every((table) => /^[a-z_][a-z0-9_]{0,62}$/.test(table)),
    `${name} names its tables`,
  );
  return projection;
}

/** One whose types are forgotten: for what treats all alike. */
export type AnyProjection = Projection;

export function anyProjection<Type extends EventType>(projection: Projection<Type>): AnyProjection {
  return projection as unknown as AnyProjection;
}

/**
 * The live generation was built by newer code: what this process would write, or leave out, would be wrong. Restart it
 * with that code.
 */
export class ProjectionVersionError extends Error {
  override readonly name = 'ProjectionVersionError';
}
