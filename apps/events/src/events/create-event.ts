import {
  accept,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { decideOnce, type Command } from '../command.ts';
import { saveOccurrences } from '../occurrences/occurrence-rows.ts';
import { scheduleOccurrence } from '../occurrences/occurrence.ts';
import { planOccurrences, type Plan, type Schedule } from '../recurrence/schedule.ts';
import { instantOf } from '../recurrence/wall-time.ts';
import { pastDate, type PastDate, type SpaceConflict } from '../refusals.ts';
import { judgeSpace } from '../spaces/judge-space.ts';
import { appendToEvent, insertEvents } from './event-rows.ts';
import type { Event, NewEvent } from './event.ts';

export type CreatedEvent = { readonly eventId: string };
export type CreateEventRefusal = InvalidInput | NotFound | PastDate | SpaceConflict | Unavailable;

/** A new event, a draft, with every occurrence up to the horizon. */
export async function createEvent(
  command: Command,
  key: string,
  input: NewEvent,
): Promise<Outcome<CreatedEvent, CreateEventRefusal | IdempotencyConflict>> {
  const { clock, askVenues, viewer } = command;
  const now = clock.now();
  const plan = planOccurrences(input.schedule, now);
  const past = pastFault(input.schedule, now);
  // Venues is asked before the transaction begins: no connection waits for another service. When the key turns out
  // to be known, what was found here does not count.
  const ask = input.spaceId !== null && plan.ok && !past;
  const answer = ask
    ? await askVenues(viewer, { spaceId: input.spaceId, ranges: plan.value.occurrences })
    : null;
  const once = { operation: 'createEvent', key, request: input };
  return decideOnce<CreatedEvent, CreateEventRefusal>(command, once, async (tx) => {
    if (past) return past;
    if (!plan.ok) return plan;
    if (input.seriesId !== null && !(await hasSeries(tx, input.seriesId))) return notFound('The series');
    const space = await judgeSpace(tx, answer, plan.value.occurrences);
    if (!space.ok) return space;
    return accept({ eventId: await insertEvent(tx, input, plan.value, now) });
  });
}

/** Which of the dates that were given has passed. A rule's own dates all follow the first. */
export function pastFault(schedule: Schedule, now: Date): ReturnType<typeof pastDate> | null {
  const { timeZone, startsAtLocal, rdates, overrides } = schedule;
  const isPast = (wallTime: string | null) => wallTime !== null && instantOf(wallTime, timeZone) <= now;
  if (isPast(startsAtLocal)) return pastDate('startsAtLocal', 'The event would start in the past.');
  const rdate = rdates.findIndex(isPast);
  if (rdate >= 0) return pastDate(`rdates[${rdate}]`, 'The date has passed.');
  const override = overrides.findIndex((entry) => isPast(entry.startsAtLocal));
  if (override >= 0) return pastDate(`overrides[${override}].startsAtLocal`, 'The date has passed.');
  return null;
}

async function hasSeries(tx: Transaction, seriesId: string): Promise<boolean> {
  return (await tx.rows('select from event_series where id = $1', [seriesId])).length > 0;
}

async function insertEvent(tx: Transaction, input: NewEvent, plan: Plan, now: Date): Promise<string> {
  const { schedule, ...facts } = input;
  const event: Event = {
    id: newUuid(),
    ...facts,
    ...schedule,
    status: 'DRAFT',
    materialisedUntil: plan.materialisedUntil,
    publishedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await insertEvents(tx, [event]);
  await appendToEvent(tx, event.id, {
    type: 'events.event-created.v1',
    data: {
      eventId: event.id,
      title: event.title,
      spaceId: event.spaceId,
      timeZone: event.timeZone,
      recurrence: event.rule,
      status: event.status,
    },
  });
  await saveOccurrences(
    tx,
    plan.occurrences.map((planned) => ({
      type: 'events.occurrence-scheduled.v1',
      occurrence: scheduleOccurrence(newUuid(), event, planned),
      event,
    })),
  );
  return event.id;
}
