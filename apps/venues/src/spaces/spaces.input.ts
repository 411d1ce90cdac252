import { accept, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseInteger,
  parseKeysetPage,
  parseOptional,
  parseText,
} from '@marquee/subgraph';
import type { CreateSpaceInput, QuerySpacesArgs } from '../generated/schema.ts';
import type { NewSpace } from './create-space.ts';
import type { SpaceQuery } from './find-spaces.ts';

/** The largest stadium of the world holds 115,000; a field for a festival, more. */
const largestCapacity = 1_000_000;

export function readNewSpace(
  input: CreateSpaceInput,
): Outcome<{ readonly key: string | null; readonly space: NewSpace }, InvalidInput> {
  const parsed = parseAll({
    key: parseOptional(input.idempotencyKey, (key) => parseIdempotencyKey('idempotencyKey', key)),
    venueId: parseId('Venue', 'venueId', input.venueId),
    name: parseText('name', input.name, { max: 200 }),
    capacity: parseInteger('capacity', input.capacity, { min: 1, max: largestCapacity }),
  });
  if (!parsed.ok) return parsed;
  const { key, ...space } = parsed.value;
  return accept({ key, space });
}

export function readSpaceQuery(args: Partial<QuerySpacesArgs>): Outcome<SpaceQuery, InvalidInput> {
  const filter = args.filter ?? {};
  return parseAll({
    page: parseKeysetPage(args, ['text', 'uuid']),
    venueId: parseOptional(filter.venueId, (id) => parseId('Venue', 'filter.venueId', id)),
    minCapacity: parseOptional(filter.minCapacity, (capacity) =>
      parseInteger('filter.minCapacity', capacity, { min: 0, max: largestCapacity }),
    ),
  });
}
