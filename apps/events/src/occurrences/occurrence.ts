import type { Event } from '../events/event.ts';
import type { PlannedOccurrence } from '../recurrence/schedule.ts';
import type { WallTime } from '../recurrence/wall-time.ts';

export type SpaceBookingStatus = 'NONE' | 'PENDING' | 'BOOKED' | 'CONFLICT' | 'RELEASED' | 'TIMED_OUT';

/** An occurrence as its row is read. */
export type Occurrence = {
  readonly id: string;
  readonly eventId: string;
  /** The wall time that the rule gives it. */
  readonly recurrenceId: WallTime;
  readonly startsAtLocal: WallTime;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: 'SCHEDULED' | 'CANCELLED';
  readonly cancelReason: string | null;
  readonly spaceId: string | null;
  readonly spaceBookingStatus: SpaceBookingStatus;
  /** Grows by one with each change: what replicas keep the highest of. */
  readonly revision: number;
  /** The revision of the last change of time or space: what the answers of venues refer to. */
  readonly scheduleRevision: number;
};

/** A new occurrence of the event. */
export function scheduleOccurrence(
  id: string,
  event: Pick<Event, 'id' | 'timeZone' | 'spaceId'>,
  planned: PlannedOccurrence,
): Occurrence {
  return {
    id,
    eventId: event.id,
    recurrenceId: planned.recurrenceId,
    startsAtLocal: planned.startsAtLocal,
    timeZone: event.timeZone,
    startsAt: planned.startsAt,
    endsAt: planned.endsAt,
    status: 'SCHEDULED',
    cancelReason: null,
    spaceId: event.spaceId,
    spaceBookingStatus: event.spaceId === null ? 'NONE' : 'PENDING',
    revision: 1,
    scheduleRevision: 1,
  };
}

/** At another time, in another space or both. A cancelled one moves along and stays cancelled. */
export function moveOccurrence(
  occurrence: Occurrence,
  to: PlannedOccurrence & { readonly timeZone: string; readonly spaceId: string | null },
): Occurrence {
  const revision = occurrence.revision + 1;
  const moved = { ...occurrence, ...to, revision, scheduleRevision: revision };
  if (occurrence.status === 'CANCELLED') return moved;
  return { ...moved, spaceBookingStatus: to.spaceId === null ? 'NONE' : 'PENDING' };
}

export function cancelOccurrence(occurrence: Occurrence, reason: string | null): Occurrence {
  const revision = occurrence.revision + 1;
  return {
    ...occurrence,
    status: 'CANCELLED',
    cancelReason: reason,
    spaceBookingStatus: occurrence.spaceId === null ? 'NONE' : 'RELEASED',
    revision,
    scheduleRevision: revision,
  };
}

/** Something of its event changed that replicas keep, such as the title. */
export function touchOccurrence(occurrence: Occurrence): Occurrence {
  return { ...occurrence, revision: occurrence.revision + 1 };
}

/** Whether it can still be moved, cancelled or sold. */
export function isUpcoming({ startsAt, status }: Occurrence, now: Date): boolean {
  return status === 'SCHEDULED' && startsAt > now;
}

type Range = { readonly startsAt: Date; readonly endsAt: Date };

/** The starts of the planned ranges that collide with any that is taken. */
export function collidingStarts(planned: readonly Range[], taken: readonly Range[]): Date[] {
  return planned
    .filter((range) => taken.some((other) => overlaps(range, other)))
    .map(({ startsAt }) => startsAt);
}

/** The starts of those that begin before the one before has ended: one space cannot hold both. */
export function selfCollidingStarts(planned: readonly Range[]): Date[] {
  let busyUntil = -Infinity;
  return planned
    .toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
    .filter(({ startsAt, endsAt }) => {
      const collides = startsAt.getTime() < busyUntil;
      busyUntil = Math.max(busyUntil, endsAt.getTime());
      return collides;
    })
    .map(({ startsAt }) => startsAt);
}

function overlaps(one: Range, other: Range): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}
