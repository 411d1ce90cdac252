import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseInteger,
  parseKeysetPage,
  parseOptional,
  parseText,
} from '@marquee/subgraph';
import type {
  CancelOccurrenceInput,
  QueryOccurrencesArgs,
  RescheduleOccurrenceInput,
} from '../generated/schema.ts';
import { parseWallTime, type WallTime } from '../recurrence/wall-time.ts';
import type { OccurrenceQuery } from './find-occurrences.ts';
import type { OccurrenceRescheduling } from './reschedule-occurrence.ts';

type Parsed<T> = Outcome<T, InvalidInput>;

/** A month: longer than any festival, shorter than a typing error. */
const longestMinutes = 31 * 24 * 60;

export function parseDuration(field: string, minutes: number): Parsed<number> {
  return parseInteger(field, minutes, { min: 1, max: longestMinutes });
}

export function parseLocal(field: string, value: string): Parsed<WallTime> {
  const wallTime = parseWallTime(value);
  return wallTime === null ? invalid(field, 'is not a wall time such as 2027-03-20T19:00') : accept(wallTime);
}

export function readOccurrenceQuery(args: Partial<QueryOccurrencesArgs>): Parsed<OccurrenceQuery> {
  const filter = args.filter ?? {};
  const { from = null, to = null } = filter;
  if (from && to && from >= to) return invalid('filter.to', 'must be after `from`');
  const text = (field: string, value: string | null | undefined) =>
    parseOptional(value || null, (given) => parseText(field, given, { max: 200 }));
  return parseAll({
    page: parseKeysetPage(args, ['instant', 'uuid']),
    from: accept(from),
    to: accept(to),
    text: text('filter.text', filter.text),
    city: text('filter.city', filter.city),
    eventId: parseOptional(filter.eventId, (id) => parseId('Event', 'filter.eventId', id)),
    status: accept(filter.status ?? 'SCHEDULED'),
  });
}

export function readRescheduling(
  input: RescheduleOccurrenceInput,
): Parsed<{ readonly id: string; readonly change: OccurrenceRescheduling }> {
  const parsed = parseAll({
    id: parseId('Occurrence', 'id', input.id),
    startsAtLocal: parseOptional(input.startsAtLocal, (value) => parseLocal('startsAtLocal', value)),
    durationMinutes: parseOptional(input.durationMinutes, (value) => parseDuration('durationMinutes', value)),
    spaceId: parseOptional(input.spaceId, (id) => parseId('Space', 'spaceId', id)),
  });
  if (!parsed.ok) return parsed;
  const { id, startsAtLocal, durationMinutes, spaceId } = parsed.value;
  return accept({
    id,
    change: {
      ...(startsAtLocal !== null && { startsAtLocal }),
      ...(durationMinutes !== null && { durationMinutes }),
      // Null is a wish: no space any more.
      ...(input.spaceId !== undefined && { spaceId }),
    },
  });
}

export function readCancellation(
  input: CancelOccurrenceInput,
): Parsed<{ readonly id: string; readonly reason: string | null }> {
  return parseAll({ id: parseId('Occurrence', 'id', input.id), reason: parseReason(input.reason) });
}

export function parseReason(reason: string | null | undefined): Parsed<string | null> {
  return parseOptional(reason || null, (given) => parseText('reason', given, { max: 500 }));
}
