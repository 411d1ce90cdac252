import type { InvalidInput, Outcome } from '@marquee/kernel';
import { GraphQLError } from 'graphql';

/**
 * The parsed value; else throws an error of code BAD_USER_INPUT that names the field. For the arguments of queries,
 * which have no result union to put a refusal in.
 */
export function orBadInput<T>(parsed: Outcome<T, InvalidInput>): T {
  if (parsed.ok) return parsed.value;
  const { field, message } = parsed.refusal;
  throw new GraphQLError(`${field} ${message}`, { extensions: { code: 'BAD_USER_INPUT', field } });
}
