import type { PlannedOccurrence } from './schedule.ts';
import type { WallTime } from './wall-time.ts';

/** What is known of an occurrence that exists. */
export type ExistingOccurrence = {
  readonly id: string;
  readonly recurrenceId: WallTime;
  readonly startsAtLocal: WallTime;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: 'SCHEDULED' | 'CANCELLED';
};

export type Reconciliation = {
  readonly added: readonly PlannedOccurrence[];
  readonly moved: readonly { readonly id: string; readonly to: PlannedOccurrence }[];
  /** Ids of those that the plan has no more. */
  readonly cancelled: readonly string[];
};

/**
 * What must change for the occurrences to be the planned ones, matched by the start that the rule gives: for a
 * calendar that comes again. Those of the past stay as they were. One that was cancelled stays cancelled.
 */
export function reconcileByRecurrence(
  existing: readonly ExistingOccurrence[],
  planned: readonly PlannedOccurrence[],
  now: Date,
  /** With `all`, also those whose times stay: their space or zone changes. */
  { all = false }: { readonly all?: boolean } = {},
): Reconciliation {
  const known = new Map(existing.map((occurrence) => [occurrence.recurrenceId, occurrence]));
  const wanted = new Set(planned.map((occurrence) => occurrence.recurrenceId));
  return {
    added: planned.filter((occurrence) => !known.has(occurrence.recurrenceId)),
    moved: planned.flatMap((to) => {
      const from = known.get(to.recurrenceId);
      return from && from.status === 'SCHEDULED' && (all || differs(from, to)) ? [{ id: from.id, to }] : [];
    }),
    cancelled: existing
      .filter((occurrence) => occurrence.status === 'SCHEDULED' && occurrence.startsAt > now)
      .filter((occurrence) => !wanted.has(occurrence.recurrenceId))
      .map((occurrence) => occurrence.id),
  };
}

/**
 * As above, but matched in order: for a new rule or start, which changes every recurrence id. Tickets are sold for
 * an occurrence, so the first upcoming one becomes the first of the new plan, and so on; a cancelled one keeps its
 * place in the order and stays cancelled.
 */
export function reconcileInOrder(
  existing: readonly ExistingOccurrence[],
  planned: readonly PlannedOccurrence[],
  now: Date,
  /** With `all`, also those whose times stay: their space or zone changes. */
  { all = false }: { readonly all?: boolean } = {},
): Reconciliation {
  const upcoming = existing
    .filter((occurrence) => occurrence.startsAt > now)
    .toSorted((one, other) => (one.recurrenceId < other.recurrenceId ? -1 : 1));
  const wanted = planned.filter((occurrence) => occurrence.startsAt > now);
  const pairs = upcoming.slice(0, wanted.length).map((from, index) => ({ from, to: wanted[index]! }));
  return {
    added: wanted.slice(upcoming.length),
    moved: pairs
      .filter(({ from, to }) => all || from.recurrenceId !== to.recurrenceId || differs(from, to))
      .map(({ from, to }) => ({ id: from.id, to })),
    cancelled: upcoming
      .slice(wanted.length)
      .filter((occurrence) => occurrence.status === 'SCHEDULED')
      .map((occurrence) => occurrence.id),
  };
}

function differs(from: ExistingOccurrence, to: PlannedOccurrence): boolean {
  return (
    from.startsAtLocal !== to.startsAtLocal ||
    from.startsAt.getTime() !== to.startsAt.getTime() ||
    from.endsAt.getTime() !== to.endsAt.getTime()
  );
}
