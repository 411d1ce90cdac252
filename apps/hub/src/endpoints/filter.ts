import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import sift from 'sift';

export type Filter = Readonly<Record<string, unknown>>;

/** Neither `$where`, which runs code, nor `$regex`, which may run for years. */
const operations = {
  ...{ $eq: sift.$eq, $ne: sift.$ne, $gt: sift.$gt, $gte: sift.$gte, $lt: sift.$lt, $lte: sift.$lte },
  ...{ $in: sift.$in, $nin: sift.$nin, $and: sift.$and, $or: sift.$or, $nor: sift.$nor, $not: sift.$not },
  ...{ $exists: sift.$exists, $elemMatch: sift.$elemMatch, $all: sift.$all, $size: sift.$size },
};
const mostCharacters = 4_000;
const mostDepth = 10;

/** A filter in the language of MongoDB, written as JSON, or why it is none. */
export function parseFilter(field: string, text: string): Outcome<Filter, InvalidInput> {
  if (text.length > mostCharacters) return invalid(field, `must have at most ${mostCharacters} characters`);
  const filter = parseJson(text);
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter))
    return invalid(field, 'must be a JSON object such as {"data.total.currency": "EUR"}');
  const fault = faultIn(filter, 0);
  if (fault) return invalid(field, fault);
  try {
    compileFilter(filter as Filter)({});
    return accept(filter as Filter);
  } catch (error) {
    return invalid(field, `is not a filter: ${(error as Error).message}`);
  }
}

/** Whether a message passes. What the filter throws at an odd message is a no. */
export function compileFilter(filter: Filter): (message: unknown) => boolean {
  const passes = sift.createQueryTester(filter, { operations });
  return (message) => {
    try {
      return passes(message);
    } catch {
      return false;
    }
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultIn(value: unknown, depth: number): string | null {
  if (depth > mostDepth) return `must not be more than ${mostDepth} levels deep`;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    if (name.startsWith('$') && !Object.hasOwn(operations, name))
      return `must not use ${name}; there is ${Object.keys(operations).join(', ')}`;
    if (/(^|\.)(__proto__|constructor|prototype)(\.|$)/.test(name)) return `must not look at ${name}`;
    const fault = faultIn(inner, depth + 1);
    if (fault) return fault;
  }
  return null;
}
