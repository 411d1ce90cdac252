import { parseId, type EntityType } from '@marquee/kernel';
import { scopesOf } from './roles.ts';
import type { Viewer } from './viewer.ts';

/** Something of the graph, as an id names it: its type and bare uuid. */
export type Named = { readonly type: EntityType; readonly id: string };

/**
 * Which events these things belong to: bare uuids, and nothing for what is unknown or belongs to none (a venue, a guest).
 * Asked only for viewers that are confined to events.
 */
export type EventsOf = (viewer: Viewer, things: readonly Named[]) => Promise<readonly string[]>;

const mostIds = 500;

/** Every id of the graph that stands somewhere in a value, however deep. */
export function idsIn(value: unknown, found: Named[] = []): Named[] {
  if (found.length >= mostIds) return found;
  if (typeof value === 'string') {
    const named = value.length <= 40 ? parseId(value) : null;
    if (named) found.push({ type: named.type, id: named.uuid });
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) idsIn(each, found);
  }
  return found;
}

/** Whether a member that is confined to events acts at those alone: at one of them at least, and at none beside. */
export async function actsWithin(
  viewer: Viewer,
  things: readonly Named[],
  eventsOf: EventsOf,
): Promise<boolean> {
  const { eventIds = [] } = viewer;
  if (things.length === 0 || things.length >= mostIds) return false;
  const events = await eventsOf(viewer, things);
  return events.length > 0 && events.every((id) => eventIds.includes(id));
}

/** Whether these scopes are more than every guest has: what is done with them is done as staff. */
export function areOfStaff(scopes: readonly string[]): boolean {
  return scopes.some((scope) => !scopesOf('GUEST').includes(scope));
}
