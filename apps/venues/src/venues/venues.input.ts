import { accept, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseCountryCode,
  parseIdempotencyKey,
  parseKeysetPage,
  parseNumber,
  parseOptional,
  parseText,
  parseTimeZone,
} from '@marquee/subgraph';
import type { AddressInput, CreateVenueInput, GeoPointInput, QueryVenuesArgs } from '../generated/schema.ts';
import type { VenueQuery } from './find-venues.ts';
import type { NewVenue } from './venue.ts';

type Parsed<T> = Outcome<T, InvalidInput>;

function optionalText(field: string, value: string | null | undefined, max: number): Parsed<string | null> {
  return parseOptional(value || null, (given) => parseText(field, given, { max }));
}

function readAddress(
  address: AddressInput,
): Parsed<Omit<NewVenue, 'name' | 'timeZone' | 'latitude' | 'longitude'>> {
  return parseAll({
    addressLine1: parseText('address.line1', address.line1, { max: 200 }),
    addressLine2: optionalText('address.line2', address.line2, 200),
    postalCode: optionalText('address.postalCode', address.postalCode, 20),
    city: parseText('address.city', address.city, { max: 200 }),
    region: optionalText('address.region', address.region, 200),
    countryCode: parseCountryCode('address.countryCode', address.countryCode),
  });
}

function readLocation(
  location: GeoPointInput | null | undefined,
): Parsed<Pick<NewVenue, 'latitude' | 'longitude'>> {
  if (!location) return accept({ latitude: null, longitude: null });
  return parseAll({
    latitude: parseNumber('location.latitude', location.latitude, { min: -90, max: 90 }),
    longitude: parseNumber('location.longitude', location.longitude, { min: -180, max: 180 }),
  });
}

export function readNewVenue(
  input: CreateVenueInput,
): Parsed<{ readonly key: string | null; readonly venue: NewVenue }> {
  const parsed = parseAll({
    key: parseOptional(input.idempotencyKey, (key) => parseIdempotencyKey('idempotencyKey', key)),
    name: parseText('name', input.name, { max: 200 }),
    timeZone: parseTimeZone('timeZone', input.timeZone),
    address: readAddress(input.address),
    location: readLocation(input.location),
  });
  if (!parsed.ok) return parsed;
  const { key, name, timeZone, address, location } = parsed.value;
  return accept({ key, venue: { name, timeZone, ...address, ...location } });
}

export function readVenueQuery(args: Partial<QueryVenuesArgs>): Parsed<VenueQuery> {
  const filter = args.filter ?? {};
  return parseAll({
    page: parseKeysetPage(args, ['text', 'uuid']),
    text: optionalText('filter.text', filter.text, 200),
    city: optionalText('filter.city', filter.city, 200),
    countryCode: parseOptional(filter.countryCode, (code) => parseCountryCode('filter.countryCode', code)),
  });
}
