import { getNamedType, isInputObjectType, type GraphQLField, type GraphQLInputType } from 'graphql';
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

/**
 * The ids that stand in the arguments of a field where it asks for ids, however deep. One in a text of the caller's own,
 * such as an idempotency key, names nothing that is acted at.
 */
export function idsIn(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
): Named[] {
  const found: Named[] = [];
  for (const { name, type } of field.args) collectIds(type, args[name], found);
  return found;
}

function collectIds(type: GraphQLInputType, value: unknown, found: Named[]): void {
  if (found.length >= mostIds || value === null || value === undefined) return;
  if (Array.isArray(value)) return value.forEach((each) => collectIds(type, each, found));
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    for (const each of Object.values(named.getFields()))
      collectIds(each.type, (value as Readonly<Record<string, unknown>>)[each.name], found);
  } else if (named.name === 'ID' && typeof value === 'string') {
    const id = parseId(value);
    if (id) found.push({ type: id.type, id: id.uuid });
  }
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
