import type { InvalidInput, Outcome } from '@marquee/kernel';
import { graphError } from './error-codes.ts';

/**
 * The parsed value; else throws an error of code BAD_USER_INPUT that names the field. For the arguments of queries,
 * which have no result union to put a refusal in.
 */
export function orBadInput<T>(parsed: Outcome<T, InvalidInput>): T {
  if (parsed.ok) return parsed.value;
  const { field, message } = parsed.refusal;
  throw graphError('BAD_USER_INPUT', `${field} ${message}`, { field });
}
