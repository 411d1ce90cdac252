import type { NewEvent } from '@marquee/contracts';
import { createRandom } from './random.ts';
import type { SeedGuest, World } from './types.ts';

/** An event of the world before it is numbered: which stream it belongs to, when and by whom. */
export type LogEntry = NewEvent & {
  readonly organisationId: string;
  readonly streamId: string;
  readonly atMs: number;
  readonly actor: string;
  /** One id for all that one request caused. */
  readonly correlationId: string;
};

/** An entry with its id and its number in its stream: a row of a service's event log. */
export type NumberedEntry = LogEntry & { readonly id: string; readonly version: number };

export const actors = {
  organiser: 'demo-organiser',
  scanner: 'demo-scanner',
  /** Whoever put tickets aside and went away. */
  shopper: 'demo-shopper',
  system: 'system',
} as const;

export function guestActor(guest: SeedGuest): string {
  return `guest-${guest.id}`;
}

/**
 * The order in which the service would have written them. The sort is stable: entries of the same millisecond keep
 * the order in which they are given, so give what causes before what follows.
 */
export function numberLog(world: World, service: string, entries: readonly LogEntry[]): NumberedEntry[] {
  const random = createRandom(`${world.seed}/${service} log`);
  const versions = new Map<string, number>();
  return entries
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((entry) => {
      const version = (versions.get(entry.streamId) ?? 0) + 1;
      versions.set(entry.streamId, version);
      return { ...entry, id: random.uuid(entry.atMs), version };
    });
}

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
