import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseKeysetPage,
  parseList,
  parseOptional,
  parseText,
  parseTimeZone,
} from '@marquee/subgraph';
import type {
  CancelEventInput,
  CreateEventInput,
  OccurrenceOverrideInput,
  QueryEventsArgs,
  RescheduleEventInput,
  UpdateEventInput,
} from '../generated/schema.ts';
import { parseDuration, parseLocal, parseReason } from '../occurrences/occurrences.input.ts';
import { parseRecurrenceRule } from '../recurrence/recurrence-rule.ts';
import type { Override } from '../recurrence/schedule.ts';
import type { WallTime } from '../recurrence/wall-time.ts';
import type { NewEvent } from './event.ts';
import type { EventQuery } from './find-events.ts';
import type { Rescheduling } from './reschedule-event.ts';
import type { EventChanges } from './update-event.ts';

type Parsed<T> = Outcome<T, InvalidInput>;

const maxDates = 500;
/** Farther away nobody plans, and zone rules are guesses. */
const farthestYear = () => new Date().getUTCFullYear() + 20;

const parseTitle = (title: string) => parseText('title', title, { max: 200 });
const parseDescription = (text: string) =>
  parseText('description', text, { min: 0, max: 10_000, multiline: true });

function parseStart(field: string, value: string): Parsed<WallTime> {
  const start = parseLocal(field, value);
  if (start.ok && Number(start.value.slice(0, 4)) > farthestYear()) {
    return invalid(field, `must not be after ${farthestYear()}`);
  }
  return start;
}

/** The rule's text as it will be stored. */
function parseRule(rule: string): Parsed<string> {
  const parsed = parseRecurrenceRule(rule);
  return parsed.ok ? accept(parsed.value.text) : parsed;
}

function parseOverride(field: string, input: OccurrenceOverrideInput): Parsed<Override> {
  return parseAll({
    recurrenceId: parseLocal(`${field}.recurrenceId`, input.recurrenceId),
    startsAtLocal: parseOptional(input.startsAtLocal, (value) => parseStart(`${field}.startsAtLocal`, value)),
    durationMinutes: parseOptional(input.durationMinutes, (value) =>
      parseDuration(`${field}.durationMinutes`, value),
    ),
    cancelled: accept(input.cancelled ?? false),
  });
}

export function readNewEvent(
  input: CreateEventInput,
): Parsed<{ readonly key: string; readonly event: NewEvent }> {
  const parsed = parseAll({
    key: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    title: parseTitle(input.title),
    description: parseDescription(input.description ?? ''),
    seriesId: parseOptional(input.seriesId, (id) => parseId('EventSeries', 'seriesId', id)),
    spaceId: parseOptional(input.spaceId, (id) => parseId('Space', 'spaceId', id)),
    timeZone: parseTimeZone('timeZone', input.timeZone),
    startsAtLocal: parseStart('startsAtLocal', input.startsAtLocal),
    durationMinutes: parseDuration('durationMinutes', input.durationMinutes),
    rule: parseOptional(input.recurrence || null, parseRule),
    rdates: parseList('rdates', input.rdates ?? [], { max: maxDates }, parseStart),
    exdates: parseList('exdates', input.exdates ?? [], { max: maxDates }, parseLocal),
    overrides: parseList('overrides', input.overrides ?? [], { max: maxDates }, parseOverride),
  });
  if (!parsed.ok) return parsed;
  const { key, title, description, seriesId, spaceId, ...schedule } = parsed.value;
  return accept({
    key,
    event: { title, description, seriesId, spaceId, schedule: { ...schedule, allDay: false } },
  });
}

export function readEventChanges(
  input: UpdateEventInput,
): Parsed<{ readonly id: string; readonly changes: EventChanges }> {
  const parsed = parseAll({
    id: parseId('Event', 'id', input.id),
    title: parseOptional(input.title, parseTitle),
    description: parseOptional(input.description, parseDescription),
    seriesId: parseOptional(input.seriesId, (id) => parseId('EventSeries', 'seriesId', id)),
  });
  if (!parsed.ok) return parsed;
  const { id, title, description, seriesId } = parsed.value;
  return accept({
    id,
    changes: {
      ...(title !== null && { title }),
      ...(description !== null && { description }),
      // Null is a wish: in no series any more.
      ...(input.seriesId !== undefined && { seriesId }),
    },
  });
}

export function readEventRescheduling(
  input: RescheduleEventInput,
): Parsed<{ readonly id: string; readonly change: Rescheduling }> {
  const parsed = parseAll({
    id: parseId('Event', 'id', input.id),
    startsAtLocal: parseStart('startsAtLocal', input.startsAtLocal),
    timeZone: parseOptional(input.timeZone, (zone) => parseTimeZone('timeZone', zone)),
    durationMinutes: parseOptional(input.durationMinutes, (value) => parseDuration('durationMinutes', value)),
    spaceId: parseOptional(input.spaceId, (id) => parseId('Space', 'spaceId', id)),
    rule: parseOptional(input.recurrence || null, parseRule),
  });
  if (!parsed.ok) return parsed;
  const { id, startsAtLocal, timeZone, durationMinutes, spaceId, rule } = parsed.value;
  return accept({
    id,
    change: {
      startsAtLocal,
      ...(timeZone !== null && { timeZone }),
      ...(durationMinutes !== null && { durationMinutes }),
      ...(input.spaceId !== undefined && { spaceId }),
      ...(input.recurrence !== undefined && { rule }),
    },
  });
}

export function readEventCancellation(
  input: CancelEventInput,
): Parsed<{ readonly id: string; readonly reason: string | null }> {
  return parseAll({ id: parseId('Event', 'id', input.id), reason: parseReason(input.reason) });
}

export function readEventQuery(args: Partial<QueryEventsArgs>): Parsed<EventQuery> {
  const filter = args.filter ?? {};
  return parseAll({
    page: parseKeysetPage(args, ['uuid']),
    text: parseOptional(filter.text || null, (text) => parseText('filter.text', text, { max: 200 })),
    status: accept(filter.status ?? null),
    spaceId: parseOptional(filter.spaceId, (id) => parseId('Space', 'filter.spaceId', id)),
  });
}
