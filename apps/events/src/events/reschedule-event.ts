import {
  accept,
  newUuid,
  notFound,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { lockOccurrences, saveOccurrences, type OccurrenceChange } from '../occurrences/occurrence-rows.ts';
import {
  cancelOccurrence,
  moveOccurrence,
  scheduleOccurrence,
  type Occurrence,
} from '../occurrences/occurrence.ts';
import { reconcileInOrder, type Reconciliation } from '../recurrence/reconcile.ts';
import { planOccurrences } from '../recurrence/schedule.ts';
import { instantOf, type WallTime } from '../recurrence/wall-time.ts';
import { pastDate, wrongState, type PastDate, type SpaceConflict, type WrongState } from '../refusals.ts';
import type { SpaceAnswer } from '../spaces/ask-venues.ts';
import { judgeSpace } from '../spaces/judge-space.ts';
import { appendToEvent, eventColumns, lockEvent, updateEventRow } from './event-rows.ts';
import { scheduleOf, type Event } from './event.ts';

/** What is to change; absent fields stay. */
export type Rescheduling = {
  readonly startsAtLocal: WallTime;
  readonly timeZone?: string;
  readonly durationMinutes?: number;
  readonly spaceId?: string | null;
  readonly rule?: string | null;
};
export type RescheduleEventRefusal =
  InvalidInput | NotFound | PastDate | SpaceConflict | Unavailable | WrongState;
type Rescheduled = { readonly eventId: string };

/**
 * Gives the event another start, rule, length, zone or space. What is still to come moves in order, so that the
 * tickets sold for the first one stay with the first one; single dates that were added, left out or moved belong to
 * the old rule and go with it.
 */
export async function rescheduleEvent(
  command: Command,
  eventId: string,
  change: Rescheduling,
): Promise<Outcome<Rescheduled, RescheduleEventRefusal>> {
  const answer = await askForSpace(command, eventId, change);
  const now = command.clock.now();
  return decide<Rescheduled, RescheduleEventRefusal>(command, async (tx) => {
    const event = await lockEvent(tx, eventId);
    if (!event) return notFound('The event');
    if (event.status === 'CANCELLED') return wrongState(event.status, 'A cancelled event cannot be moved.');
    const wanted = applyChange(event, change);
    if (instantOf(wanted.startsAtLocal, wanted.timeZone) <= now) {
      return pastDate('startsAtLocal', 'The event would start in the past.');
    }
    const plan = planOccurrences(scheduleOf(wanted), now);
    if (!plan.ok) return plan;
    const space = await judgeSpace(tx, answer, plan.value.occurrences);
    if (!space.ok) return space;

    const existing = await lockOccurrences(tx, eventId);
    const all = wanted.spaceId !== event.spaceId || wanted.timeZone !== event.timeZone;
    const reconciliation = reconcileInOrder(existing, plan.value.occurrences, now, { all });
    await updateEventRow(tx, { ...wanted, materialisedUntil: plan.value.materialisedUntil });
    const { spaceId, timeZone, rule: recurrence } = wanted;
    await appendToEvent(tx, eventId, {
      type: 'events.event-rescheduled.v1',
      data: { eventId, spaceId, timeZone, recurrence },
    });
    await saveOccurrences(tx, changesOf(wanted, existing, reconciliation));
    return accept({ eventId });
  });
}

function applyChange(event: Event, change: Rescheduling): Event {
  const { startsAtLocal, timeZone, durationMinutes, spaceId, rule } = change;
  return {
    ...event,
    startsAtLocal,
    rdates: [],
    exdates: [],
    overrides: [],
    ...(timeZone !== undefined && { timeZone }),
    ...(durationMinutes !== undefined && { durationMinutes, allDay: false }),
    ...(spaceId !== undefined && { spaceId }),
    ...(rule !== undefined && { rule }),
  };
}

/** Asked before the transaction begins, of the event as it is seen now; the occurrences' own bookings do not count. */
async function askForSpace(
  { database, viewer, clock, askVenues }: Command,
  eventId: string,
  change: Rescheduling,
): Promise<SpaceAnswer | null> {
  const seen = await database.read(viewer, async (tx) => {
    const [event] = await tx.rows<Event>(`select ${eventColumns} from event where id = $1`, [eventId]);
    const occurrences = await tx.rows<{ id: string }>('select id from occurrence where event_id = $1', [
      eventId,
    ]);
    return event && { event: applyChange(event, change), occurrenceIds: occurrences.map(({ id }) => id) };
  });
  const spaceId = seen?.event.spaceId ?? null;
  if (!seen || spaceId === null) return null;
  const plan = planOccurrences(scheduleOf(seen.event), clock.now());
  if (!plan.ok) return null;
  const exceptOccurrenceIds = seen.occurrenceIds;
  return askVenues(viewer, { spaceId, ranges: plan.value.occurrences, exceptOccurrenceIds });
}

/** The changes that a reconciliation comes to. */
export function changesOf(
  event: Event,
  existing: readonly Occurrence[],
  { added, moved, cancelled }: Reconciliation,
): OccurrenceChange[] {
  const known = new Map(existing.map((occurrence) => [occurrence.id, occurrence]));
  const { timeZone, spaceId } = event;
  return [
    ...cancelled.map((id) => ({
      type: 'events.occurrence-cancelled.v1' as const,
      occurrence: cancelOccurrence(known.get(id)!, 'No longer in the schedule.'),
      event,
    })),
    ...moved.map(({ id, to }) => ({
      type: 'events.occurrence-rescheduled.v1' as const,
      occurrence: moveOccurrence(known.get(id)!, { ...to, timeZone, spaceId }),
      event,
    })),
    ...added.map((planned) => ({
      type: 'events.occurrence-scheduled.v1' as const,
      occurrence: scheduleOccurrence(newUuid(), event, planned),
      event,
    })),
  ];
}
