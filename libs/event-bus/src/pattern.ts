import { catalogue, type EventType } from '@marquee/contracts';
import { assert } from '@marquee/kernel';

/** A type, or the beginning of types and a star: `tickets.order-paid.v1`, `tickets.order-*`, `tickets.*`, `*`. */
export type EventPattern = EventType | `${string}*`;

/** The types a pattern stands for; `never` where it stands for none. */
export type MatchingType<Pattern extends EventPattern> = Pattern extends `${infer Start}*`
  ? Extract<EventType, `${Start}${string}`>
  : Extract<EventType, Pattern>;

/** `unknown`, or `never` where no event could ever match one of the patterns: so a slip of the pen does not compile. */
export type IfMatching<Pattern extends EventPattern> = [Unmatched<Pattern>] extends [never] ? unknown : never;

type Unmatched<Pattern extends EventPattern> = Pattern extends EventPattern
  ? [MatchingType<Pattern>] extends [never]
    ? Pattern
    : never
  : never;

/** Every type of the catalogue that one of the patterns stands for. A pattern that stands for none is a fault. */
export function typesMatching(patterns: readonly string[]): ReadonlySet<EventType> {
  const types = Object.keys(catalogue) as EventType[];
  const matching = patterns.map((pattern) => {
    const found = types.filter((type) =>
      pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
    );
    assert(found.length > 0, `no event matches ${pattern}`);
    return found;
  });
  return new Set(matching.flat());
}
