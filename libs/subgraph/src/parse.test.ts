import { describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import {
  parseAll,
  parseCountryCode,
  parseCurrency,
  parseEmail,
  parseId,
  parseIdempotencyKey,
  parseInstant,
  parseInteger,
  parseList,
  parseMoney,
  parseNumber,
  parseOptional,
  parsePage,
  parseText,
  parseTimeZone,
  type Parsed,
} from './parse.ts';

const valueOf = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error(`${parsed.refusal.field}: ${parsed.refusal.message}`);
  return parsed.value;
};
const faultOf = (parsed: Parsed<unknown>) =>
  parsed.ok ? 'accepted' : `${parsed.refusal.field} ${parsed.refusal.message}`;

describe('text', () => {
  test('is trimmed, put in Unicode form C and counted in code points', () => {
    expect(valueOf(parseText('name', '  Café ', { max: 4 }))).toBe('Café');
    expect(valueOf(parseText('name', '🎭🎭', { max: 2 }))).toBe('🎭🎭');
    expect(valueOf(parseText('about', 'a\nb\tc', { max: 10, multiline: true }))).toBe('a\nb\tc');
    expect(valueOf(parseText('note', '', { min: 0, max: 10 }))).toBe('');
  });

  test.each([
    ['', 'name must not be empty'],
    ['   ', 'name must not be empty'],
    ['x'.repeat(11), 'name must have at most 10 characters'],
    ['x'.repeat(1_000_000), 'name must have at most 10 characters'],
    ['a\nb', 'name must be one line'],
    ['a\u0000b', 'name holds characters that cannot be shown'],
    ['a\u202eb', 'name holds characters that cannot be shown'],
    ['a\ud800b', 'name holds characters that cannot be shown'],
  ])('%j is refused', (value, fault) => {
    expect(faultOf(parseText('name', value, { max: 10 }))).toBe(fault);
  });

  test('may have a least length', () => {
    expect(faultOf(parseText('code', 'ab', { min: 3, max: 10 }))).toBe(
      'code must have at least 3 characters',
    );
  });

  test('an idempotency key has up to 200 characters', () => {
    expect(valueOf(parseIdempotencyKey('idempotencyKey', 'k'.repeat(200)))).toHaveLength(200);
    expect(faultOf(parseIdempotencyKey('idempotencyKey', 'k'.repeat(201)))).toContain('at most 200');
  });
});

test('an id is that of its type', () => {
  const uuid = newUuid();
  expect(valueOf(parseId('Venue', 'venueId', encodeId('Venue', uuid)))).toBe(uuid);
  expect(faultOf(parseId('Venue', 'venueId', encodeId('Space', uuid)))).toBe(
    'venueId is not the id of a venue',
  );
  expect(faultOf(parseId('TicketType', 'items.0.ticketTypeId', 'x'))).toBe(
    'items.0.ticketTypeId is not the id of a ticket type',
  );
  expect(faultOf(parseId('Event', 'id', ''))).toBe('id is not the id of an event');
});

describe('a page', () => {
  test('has a size within bounds and perhaps a cursor', () => {
    expect(valueOf(parsePage({}))).toEqual({ first: 20, after: null });
    expect(valueOf(parsePage({ first: 100, after: 'c' }))).toEqual({ first: 100, after: 'c' });
    expect(valueOf(parsePage({ first: null, after: '' }, { fallback: 5 }))).toEqual({
      first: 5,
      after: null,
    });
  });

  test.each([[0], [-1], [101], [1.5]])('of %p edges is refused', (first) => {
    expect(faultOf(parsePage({ first }))).toBe('first must be from 1 to 100');
  });

  test('with a cursor of any length is not read', () => {
    expect(faultOf(parsePage({ after: 'x'.repeat(1_001) }))).toContain('after');
  });
});

test('an instant lies within its range', () => {
  const at = new Date('2027-03-20T18:00:00Z');
  expect(valueOf(parseInstant('at', at))).toEqual(at);
  expect(valueOf(parseInstant('at', '2027-03-20T19:00:00+01:00'))).toEqual(at);
  expect(faultOf(parseInstant('at', 'soon'))).toContain('is not an instant');
  expect(faultOf(parseInstant('at', at, { min: new Date(at.getTime() + 1) }))).toContain(
    'must not be before',
  );
  expect(faultOf(parseInstant('at', at, { max: new Date(at.getTime() - 1) }))).toContain('must not be after');
});

test('a time zone is one of the IANA database', () => {
  for (const zone of ['Europe/Berlin', 'Asia/Kathmandu', 'UTC', 'America/Argentina/Ushuaia']) {
    expect(valueOf(parseTimeZone('timeZone', zone))).toBe(zone);
  }
  for (const zone of ['Mars/Olympus', '+01:00', '', 'Europe/Berlin; drop', 'x'.repeat(100)]) {
    expect(faultOf(parseTimeZone('timeZone', zone))).toContain('IANA');
  }
});

describe('money', () => {
  test('is an amount and a currency within bounds', () => {
    expect(valueOf(parseMoney('price', { amountMinor: 1250n, currency: 'EUR' }))).toEqual({
      amountMinor: 1250n,
      currency: 'EUR',
    });
    expect(
      valueOf(parseMoney('change', { amountMinor: -1, currency: 'JPY' }, { min: -10n })).amountMinor,
    ).toBe(-1n);
    expect(valueOf(parseCurrency('currency', 'KWD'))).toBe('KWD');
  });

  test.each([
    [{ amountMinor: -1n, currency: 'EUR' }, 'price.amountMinor must be at least 0'],
    [{ amountMinor: 10n ** 15n, currency: 'EUR' }, 'price.amountMinor must be at most 1000000000000'],
    [{ amountMinor: 1n, currency: 'eur' }, 'price.currency is not an ISO 4217 currency code such as EUR'],
    [{ amountMinor: 1n, currency: 'ZZZ' }, 'price.currency is not an ISO 4217 currency code such as EUR'],
  ])('is refused otherwise', (value, fault) => {
    expect(faultOf(parseMoney('price', value))).toBe(fault);
  });
});

test('numbers lie within their range', () => {
  expect(valueOf(parseInteger('quantity', 3, { min: 1, max: 10 }))).toBe(3);
  for (const value of [0, 11, 1.5, Number.NaN]) {
    expect(faultOf(parseInteger('quantity', value, { min: 1, max: 10 }))).toContain(
      'whole number from 1 to 10',
    );
  }
  expect(valueOf(parseNumber('latitude', -89.5, { min: -90, max: 90 }))).toBe(-89.5);
  expect(faultOf(parseNumber('latitude', Infinity, { min: -90, max: 90 }))).toContain(
    'number from -90 to 90',
  );
});

test('an e-mail address has one @ and a host', () => {
  for (const email of ['a@b.example', "o'hara+tickets@mail.b.example", 'ü@bücher.example']) {
    expect(valueOf(parseEmail('email', ` ${email} `))).toBe(email);
  }
  for (const email of ['', 'a', 'a@b', 'a@@b.c', 'a b@c.d', 'a@b..c', '<a@b.c>', `${'a'.repeat(300)}@b.c`]) {
    expect(faultOf(parseEmail('email', email))).toBe('email is not an e-mail address');
  }
});

test('a country code is of ISO 3166', () => {
  expect(valueOf(parseCountryCode('countryCode', 'JP'))).toBe('JP');
  for (const code of ['jp', 'XYZ', 'QQ', ''])
    expect(faultOf(parseCountryCode('countryCode', code))).toContain('ISO 3166');
});

describe('many at once', () => {
  const quantity = (field: string, value: number) => parseInteger(field, value, { min: 1, max: 9 });

  test('a list names the place of its fault and has a size', () => {
    expect(valueOf(parseList('items', [1, 2], { max: 2 }, quantity))).toEqual([1, 2]);
    expect(faultOf(parseList('items', [1, 0], { max: 2 }, quantity))).toContain('items.1 must');
    expect(faultOf(parseList('items', [1, 1, 1], { max: 2 }, quantity))).toBe(
      'items must have at most 2 entries',
    );
    expect(faultOf(parseList('items', [], { min: 1, max: 2 }, quantity))).toBe(
      'items must have at least one entry',
    );
    expect(faultOf(parseList('items', [1], { min: 2, max: 3 }, quantity))).toBe(
      'items must have at least 2 entries',
    );
  });

  test('what may be left out is null', () => {
    expect(valueOf(parseOptional(undefined, (value: number) => quantity('n', value)))).toBeNull();
    expect(valueOf(parseOptional(null, (value: number) => quantity('n', value)))).toBeNull();
    expect(valueOf(parseOptional(4, (value: number) => quantity('n', value)))).toBe(4);
  });

  test('an input is all of its fields, or the first that is wrong', () => {
    const parsed = parseAll({ name: parseText('name', 'a', { max: 5 }), quantity: quantity('quantity', 3) });
    expect(valueOf(parsed)).toEqual({ name: 'a', quantity: 3 });
    expect(
      faultOf(parseAll({ name: parseText('name', '', { max: 5 }), quantity: quantity('quantity', 0) })),
    ).toBe('name must not be empty');
  });
});
