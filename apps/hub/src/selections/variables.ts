import { encodeId, idPrefixes, isUuid, type EntityType } from '@marquee/kernel';

/**
 * What the variables of a selection are: the fields of the event's data, ids as the graph writes them. `orderId` names
 * an Order and `ticketIds` Tickets; an id of what the graph does not have stays bare.
 */
export function variablesOf(data: unknown): Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, toGraph(name, value)]));
}

function toGraph(name: string, value: unknown): unknown {
  const type = entityOf(name);
  if (type === null) return value;
  const encode = (id: unknown) => (typeof id === 'string' && isUuid(id) ? encodeId(type, id) : id);
  return Array.isArray(value) ? value.map(encode) : encode(value);
}

/** `Order` of `orderId` and of `orderIds`. */
function entityOf(name: string): EntityType | null {
  const [, stem] = /^(\w+?)Ids?$/.exec(name) ?? [];
  if (!stem) return null;
  const type = stem[0]!.toUpperCase() + stem.slice(1);
  return Object.hasOwn(idPrefixes, type) ? (type as EntityType) : null;
}
