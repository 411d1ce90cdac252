/** A place in a service's log, `<tx>.<position>` in decimal: what a client keeps, and comes back with. */
export type StreamPosition = string;

export function isStreamPosition(value: unknown): value is StreamPosition {
  return typeof value === 'string' && /^\d{1,20}\.\d{1,20}$/.test(value);
}

/** Negative where `one` is before `other`, 0 where they are the same. */
export function comparePositions(one: StreamPosition, other: StreamPosition): number {
  const [left, right] = [one, other].map((position) => position.split('.').map(BigInt));
  for (const part of [0, 1]) {
    const difference = left![part]! - right![part]!;
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}
