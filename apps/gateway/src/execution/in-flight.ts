import type { Viewer } from '@marquee/subgraph';

/**
 * How long a running read may be joined. Its answer may be older than the one who joins by no more than this, so that
 * nobody who heard of a change elsewhere is shown what was before it for longer.
 */
const joinableMs = 50;

/**
 * Identical reads of one service at one time, by one and the same viewer, are sent once. The key holds all of the
 * viewer that is forwarded: what two viewers ask is never shared, whoever they are.
 */
export type InFlight = {
  /** The answer's text: each asker parses its own. */
  share(viewer: Viewer, target: string, body: string, ask: () => Promise<string>): Promise<string>;
  /** A mutation has ended: what was read before it is not joined any more, lest its author not see it. */
  forget(): void;
  readonly size: number;
};

type Flight = { readonly answer: Promise<string>; readonly sinceMs: number };

export function createInFlight(now: () => number = () => performance.now()): InFlight {
  const flights = new Map<string, Flight>();
  const identities = new WeakMap<Viewer, string>();
  const identityOf = (viewer: Viewer): string => {
    const known = identities.get(viewer);
    if (known !== undefined) return known;
    const identity = JSON.stringify(viewer);
    identities.set(viewer, identity);
    return identity;
  };
  return {
    share: (viewer, target, body, ask) => {
      const key = `${identityOf(viewer)}\n${target}\n${body}`;
      const known = flights.get(key);
      const startedMs = now();
      if (known && startedMs - known.sinceMs <= joinableMs) return known.answer;
      const answer = ask();
      const flight = { answer, sinceMs: startedMs };
      flights.set(key, flight);
      const land = () => {
        if (flights.get(key) === flight) flights.delete(key);
      };
      answer.then(land, land);
      return answer;
    },
    forget: () => flights.clear(),
    get size() {
      return flights.size;
    },
  };
}
