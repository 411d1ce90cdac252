import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseAll, parseId, parseInstant, parseKeysetPage, parseList } from '@marquee/subgraph';
import type { KeysetPage } from '@marquee/postgres';
import type { QuerySpaceConflictsArgs, SpaceBookingsArgs, TimeRangeInput } from '../generated/schema.ts';
import type { BookingRange, TimeRange } from './find-bookings.ts';

type Parsed<T> = Outcome<T, InvalidInput>;

export function parseBookingsArguments(
  args: Partial<SpaceBookingsArgs>,
): Parsed<{ readonly page: KeysetPage; readonly range: BookingRange }> {
  const page = parseKeysetPage(args, ['instant', 'uuid']);
  if (!page.ok) return page;
  const { from = null, to = null } = args;
  if (from && to && from >= to) return invalid('to', 'must be after `from`');
  return accept({ page: page.value, range: { from, to } });
}

function parseRange(field: string, { startsAt, endsAt }: TimeRangeInput): Parsed<TimeRange> {
  const range = parseAll({
    startsAt: parseInstant(`${field}.startsAt`, startsAt),
    endsAt: parseInstant(`${field}.endsAt`, endsAt),
  });
  if (range.ok && range.value.endsAt < range.value.startsAt) {
    return invalid(`${field}.endsAt`, 'must not be before the start');
  }
  return range;
}

export function parseConflictsArguments(args: QuerySpaceConflictsArgs): Parsed<{
  readonly spaceId: string;
  readonly ranges: readonly TimeRange[];
  readonly exceptOccurrenceIds: readonly string[];
}> {
  return parseAll({
    spaceId: parseId('Space', 'spaceId', args.spaceId),
    ranges: parseList('ranges', args.ranges, { max: 1000 }, parseRange),
    exceptOccurrenceIds: parseList(
      'exceptOccurrenceIds',
      args.exceptOccurrenceIds ?? [],
      { max: 1000 },
      (field, id) => parseId('Occurrence', field, id),
    ),
  });
}
