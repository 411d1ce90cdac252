import type { Outcome, Refusal } from '@marquee/kernel';

/** A refusal as the member of a result union that it names. */
export type RefusalMember<R extends Refusal> = R extends Refusal
  ? Omit<R, 'kind'> & { readonly __typename: R['kind'] }
  : never;

/**
 * An outcome as a mutation's result union: what `onAccepted` makes of the value, or the refusal with its kind as
 * `__typename`.
 */
export function toResult<T, R extends Refusal, const A extends { readonly __typename: string }>(
  outcome: Outcome<T, R>,
  onAccepted: (value: T) => A,
): A | RefusalMember<R> {
  if (outcome.ok) return onAccepted(outcome.value);
  const { kind, ...rest } = outcome.refusal;
  return { ...rest, __typename: kind } as unknown as RefusalMember<R>;
}
