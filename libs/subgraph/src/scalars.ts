import { GraphQLScalarType, Kind, type GraphQLError } from 'graphql';
import { Temporal } from 'temporal-polyfill';
import { graphError } from './error-codes.ts';

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;
const wallTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;

function badInput(message: string): GraphQLError {
  return graphError('BAD_USER_INPUT', message);
}

function parseDateTime(value: unknown): Date {
  if (typeof value !== 'string' || !rfc3339.test(value)) {
    throw badInput('DateTime must be an RFC 3339 instant with an offset, such as 2027-03-20T18:00:00Z');
  }
  try {
    return new Date(Temporal.Instant.from(value.replace(' ', 'T')).epochMilliseconds);
  } catch {
    throw badInput('DateTime names a day or hour that does not exist');
  }
}

function serialiseDateTime(value: unknown): string {
  const date = typeof value === 'string' || typeof value === 'number' ? new Date(value) : value;
  // Not instanceof: a Date made in another realm (a Jest sandbox, a worker) is a Date too.
  if (Object.prototype.toString.call(date) !== '[object Date]' || Number.isNaN((date as Date).getTime())) {
    throw new TypeError('DateTime must be a valid Date');
  }
  return (date as Date).toISOString();
}

/** In: an RFC 3339 string, parsed to a Date. Out: a Date (or what `new Date` takes), written in UTC. */
export const dateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: serialiseDateTime,
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

function parseLocalDateTime(value: unknown): string {
  if (typeof value !== 'string' || !wallTime.test(value)) {
    throw badInput('LocalDateTime must be a wall time without an offset, such as 2027-03-20T19:00');
  }
  try {
    return Temporal.PlainDateTime.from(value, { overflow: 'reject' }).toString({ smallestUnit: 'minute' });
  } catch {
    throw badInput('LocalDateTime names a day or hour that does not exist');
  }
}

/** In and out: a string such as `2027-03-20T19:00`; seconds are taken and dropped. */
export const localDateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'LocalDateTime',
  serialize: (value) => parseLocalDateTime(value),
  parseValue: parseLocalDateTime,
  parseLiteral: (node) => parseLocalDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

/** 2^63 - 1: what PostgreSQL's bigint holds. Beyond it an insert would fail as a fault. */
const largest = 9_223_372_036_854_775_807n;

function parseBigInt(value: unknown): bigint {
  const isWhole =
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isSafeInteger(value)) ||
    (typeof value === 'string' && /^-?\d{1,19}$/.test(value));
  if (!isWhole) throw badInput('BigInt must be a whole number, or a decimal string where it is above 2^53');
  const parsed = BigInt(value as bigint | number | string);
  if (parsed > largest || parsed < -largest) throw badInput('BigInt must be within 64 bits');
  return parsed;
}

/** In: a whole number or a decimal string, parsed to bigint. Out: a number while JSON keeps it exact, else a string. */
export const bigIntScalar = new GraphQLScalarType<bigint, number | string>({
  name: 'BigInt',
  serialize: (value) => {
    const parsed = parseBigInt(value);
    const asNumber = Number(parsed);
    return Number.isSafeInteger(asNumber) ? asNumber : parsed.toString();
  },
  parseValue: parseBigInt,
  parseLiteral: (node) =>
    parseBigInt(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined),
});

/** The resolvers of the prelude's scalars; runSubgraph adds them. */
export const scalarResolvers = {
  DateTime: dateTimeScalar,
  LocalDateTime: localDateTimeScalar,
  BigInt: bigIntScalar,
};
