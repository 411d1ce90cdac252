/** States what must hold. A failure is a fault of ours, never of the input: input is parsed, not asserted. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFault(message);
}

/** Closes a switch over a union: adding a member without handling it does not compile. */
export function unreachable(value: never): never {
  throw new AssertionFault(`unreachable: ${JSON.stringify(value)}`);
}

export class AssertionFault extends Error {
  override readonly name = 'AssertionFault';
}
