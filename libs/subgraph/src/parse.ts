import {
  accept,
  decodeId,
  invalid,
  isCurrency,
  type EntityType,
  type InvalidInput,
  type Money,
  type Outcome,
} from '@marquee/kernel';

/** What was parsed, or which field cannot be taken and why. */
export type Parsed<T> = Outcome<T, InvalidInput>;

type Range<T> = { readonly min: T; readonly max: T };

// C0 and C1 controls except tab and line breaks, and the marks that turn the direction of what follows.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const lineBreak = /[\r\n]/;
const lonelySurrogate = /\p{Surrogate}/u;

/**
 * Text without surrounding blanks, in Unicode normal form C, of `min` to `max` characters (code points). One line
 * unless `multiline`.
 */
export function parseText(
  field: string,
  value: string,
  {
    min,
    max,
    multiline = false,
  }: Partial<Range<number>> & { readonly max: number; readonly multiline?: boolean },
): Parsed<string> {
  // Measured before it is normalised, which would cost more on an abusive length.
  if (value.length > max * 4) return invalid(field, `must have at most ${max} characters`);
  const text = value.normalize('NFC').trim();
  const length = [...text].length;
  const least = min ?? 1;
  if (length < least) {
    return invalid(field, least === 1 ? 'must not be empty' : `must have at least ${least} characters`);
  }
  if (length > max) return invalid(field, `must have at most ${max} characters`);
  if (unprintable.test(text) || lonelySurrogate.test(text))
    return invalid(field, 'holds characters that cannot be shown');
  if (!multiline && lineBreak.test(text)) return invalid(field, 'must be one line');
  return accept(text);
}

/** The uuid in an id of this type, such as `occ_01h455vb4pex5vsknk084sn02q`. */
export function parseId(type: EntityType, field: string, id: string): Parsed<string> {
  const uuid = decodeId(type, id);
  return uuid === null ? invalid(field, `is not the id of ${withArticle(type)}`) : accept(uuid);
}

function withArticle(type: EntityType): string {
  const words = type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
  return /^[aeio]/.test(words) ? `an ${words}` : `a ${words}`;
}

export type Page = {
  readonly first: number;
  /** The opaque cursor to begin after; null for the first page. */
  readonly after: string | null;
};

/** The arguments of a connection. Without `first` a page has `fallback` edges (20 unless told). */
export function parsePage(
  {
    first,
    after,
  }: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
  { max = 100, fallback = 20 }: { readonly max?: number; readonly fallback?: number } = {},
): Parsed<Page> {
  const size = first ?? fallback;
  if (!Number.isInteger(size) || size < 1 || size > max) return invalid('first', `must be from 1 to ${max}`);
  if (after && after.length > 1_000) return invalid('after', 'is not a cursor of this connection');
  return accept({ first: size, after: after || null });
}

/** An instant, already read by the DateTime scalar or still text, within a range where one is given. */
export function parseInstant(
  field: string,
  value: Date | string,
  { min, max }: Partial<Range<Date>> = {},
): Parsed<Date> {
  const instant = typeof value === 'string' ? new Date(value) : value;
  if (Number.isNaN(instant.getTime()))
    return invalid(field, 'is not an instant such as 2027-03-20T18:00:00Z');
  if (min && instant < min) return invalid(field, `must not be before ${min.toISOString()}`);
  if (max && instant > max) return invalid(field, `must not be after ${max.toISOString()}`);
  return accept(instant);
}

/** An IANA time zone, such as `Europe/Berlin`; offsets such as `+01:00` are none: they know no summer time. */
export function parseTimeZone(field: string, value: string): Parsed<string> {
  const message = `is not a time zone of the IANA database, such as Europe/Berlin`;
  if (value.length > 64 || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(value)) return invalid(field, message);
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return accept(value);
  } catch {
    return invalid(field, message);
  }
}

/** An ISO 4217 currency code in upper case. */
export function parseCurrency(field: string, value: string): Parsed<string> {
  return isCurrency(value) ? accept(value) : invalid(field, 'is not an ISO 4217 currency code such as EUR');
}

/** More than any order's total, and far from where sums leave 64 bits. */
const largestAmountMinor = 1_000_000_000_000n;

/** An amount and its currency. Not below zero unless `min` allows it. `field` is the path of the money itself. */
export function parseMoney(
  field: string,
  value: { readonly amountMinor: bigint | number; readonly currency: string },
  { min = 0n, max = largestAmountMinor }: Partial<Range<bigint>> = {},
): Parsed<Money> {
  const currency = parseCurrency(`${field}.currency`, value.currency);
  if (!currency.ok) return currency;
  const amountMinor = BigInt(value.amountMinor);
  if (amountMinor < min) return invalid(`${field}.amountMinor`, `must be at least ${min}`);
  if (amountMinor > max) return invalid(`${field}.amountMinor`, `must be at most ${max}`);
  return accept({ amountMinor, currency: currency.value });
}

/** A whole number within a range. */
export function parseInteger(field: string, value: number, { min, max }: Range<number>): Parsed<number> {
  const fits = Number.isInteger(value) && value >= min && value <= max;
  return fits ? accept(value) : invalid(field, `must be a whole number from ${min} to ${max}`);
}

/** A number within a range, such as a latitude. */
export function parseNumber(field: string, value: number, { min, max }: Range<number>): Parsed<number> {
  const fits = Number.isFinite(value) && value >= min && value <= max;
  return fits ? accept(value) : invalid(field, `must be a number from ${min} to ${max}`);
}

/** An e-mail address that mail can be sent to: one `@`, a host with a dot, at most 254 characters; not lower-cased. */
export function parseEmail(field: string, value: string): Parsed<string> {
  const email = value.trim();
  const fits =
    email.length <= 254 && /^[^\s@<>(),;:"\\]{1,64}@[^\s@<>(),;:"\\.]+(\.[^\s@<>(),;:"\\.]+)+$/.test(email);
  return fits ? accept(email) : invalid(field, 'is not an e-mail address');
}

/** An ISO 3166-1 alpha-2 country code in upper case. */
export function parseCountryCode(field: string, value: string): Parsed<string> {
  const known =
    /^[A-Z]{2}$/.test(value) && new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(value);
  return known ? accept(value) : invalid(field, 'is not an ISO 3166 country code such as DE');
}

/** The key by which a caller may send a mutation again without doing it twice: 1 to 200 characters. */
export function parseIdempotencyKey(field: string, value: string): Parsed<string> {
  return parseText(field, value, { max: 200 });
}

/** Parses each element; a fault names its place, such as `items.3.quantity`. At most `max` elements. */
export function parseList<T, U>(
  field: string,
  values: readonly T[],
  { min = 0, max }: { readonly min?: number; readonly max: number },
  parse: (field: string, value: T) => Parsed<U>,
): Parsed<U[]> {
  if (values.length > max) return invalid(field, `must have at most ${max} entries`);
  if (values.length < min)
    return invalid(field, `must have at least ${min === 1 ? 'one entry' : `${min} entries`}`);
  const parsed: U[] = [];
  for (const [index, value] of values.entries()) {
    const one = parse(`${field}.${index}`, value);
    if (!one.ok) return one;
    parsed.push(one.value);
  }
  return accept(parsed);
}

/** Parses a value that may be left out; null where it is. */
export function parseOptional<T, U>(
  value: T | null | undefined,
  parse: (value: T) => Parsed<U>,
): Parsed<U | null> {
  return value === null || value === undefined ? accept(null) : parse(value);
}

/** All fields of an input, or the first that cannot be taken, in the order they are written. */
export function parseAll<const P extends Readonly<Record<string, Parsed<unknown>>>>(
  fields: P,
): Parsed<{ [K in keyof P]: P[K] extends Outcome<infer T> ? T : never }> {
  const parsed: Record<string, unknown> = {};
  for (const [name, outcome] of Object.entries(fields)) {
    if (!outcome.ok) return outcome;
    parsed[name] = outcome.value;
  }
  return accept(parsed as { [K in keyof P]: P[K] extends Outcome<infer T> ? T : never });
}
