import type { Break } from '@marquee/contracts';
import { snapshotPath } from './snapshot.ts';

/** What a person reads: each break with event, path and reason, and the ways out. */
export function breaksText(breaks: readonly Break[]): string {
  const lines = breaks.map(({ event, path, reason }) => `${event} ${path || '/'}: ${reason}`);
  return `${lines.join('\n')}

An event's version keeps its meaning for ever. Leave the old version as it was, add the next one and an upcaster
(libs/contracts/README.md). Where the old one was never on main, take main's ${snapshotPath} back first.
`;
}
