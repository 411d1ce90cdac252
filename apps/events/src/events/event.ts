import type { Override, Schedule } from '../recurrence/schedule.ts';
import type { WallTime } from '../recurrence/wall-time.ts';

export type EventStatus = 'DRAFT' | 'PUBLISHED' | 'CANCELLED';

/** An event as its row is read. */
export type Event = {
  readonly id: string;
  readonly seriesId: string | null;
  readonly title: string;
  readonly description: string;
  readonly status: EventStatus;
  readonly spaceId: string | null;
  readonly timeZone: string;
  readonly startsAtLocal: WallTime;
  readonly durationMinutes: number;
  readonly allDay: boolean;
  readonly rule: string | null;
  readonly rdates: readonly WallTime[];
  readonly exdates: readonly WallTime[];
  readonly overrides: readonly Override[];
  readonly materialisedUntil: Date | null;
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** An event that is about to be made. */
export type NewEvent = Pick<Event, 'seriesId' | 'title' | 'description' | 'spaceId'> & {
  readonly schedule: Schedule;
};

export function scheduleOf(event: Event): Schedule {
  const { timeZone, startsAtLocal, durationMinutes, allDay, rule, rdates, exdates, overrides } = event;
  return { timeZone, startsAtLocal, durationMinutes, allDay, rule, rdates, exdates, overrides };
}

/** Whether it happens more than once, by a rule or by dates. */
export function recurs({ rule, rdates, exdates, overrides }: Event): boolean {
  return rule !== null || rdates.length + exdates.length + overrides.length > 0;
}
