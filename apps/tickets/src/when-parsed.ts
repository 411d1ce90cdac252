import type { InvalidInput, Outcome, Refusal } from '@marquee/kernel';

/** The use case for input that could be taken; what could not be is the answer itself. */
export async function whenParsed<P, T, R extends Refusal>(
  parsed: Outcome<P, InvalidInput>,
  work: (input: P) => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | InvalidInput>> {
  return parsed.ok ? work(parsed.value) : parsed;
}
