import { decodeId, type EntityType } from '@marquee/kernel';
import {
  Kind,
  OperationTypeNode,
  print,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How a subscription is answered: by a query that is asked again when the thing named by an argument changes. */
export type LiveField = {
  /** The field of Query that answers the same. */
  readonly query: string;
  /** Its arguments, by the subscription's. */
  readonly arguments: Readonly<Record<string, string>>;
  /** The argument that names the thing, and the thing's type. */
  readonly watches: { readonly argument: string; readonly type: EntityType };
  /** For what changes with time alone: it is asked for this often, too. */
  readonly everyMs?: number;
};

/** Every field of Subscription. */
export const liveFields: Readonly<Record<string, LiveField>> = {
  availabilityChanged: {
    query: 'occurrence',
    arguments: { occurrenceId: 'id' },
    watches: { argument: 'occurrenceId', type: 'Occurrence' },
  },
  checkInCountsChanged: {
    query: 'checkInList',
    arguments: { listId: 'id' },
    watches: { argument: 'listId', type: 'CheckInList' },
  },
  notificationsChanged: {
    query: 'guest',
    arguments: { guestId: 'id' },
    watches: { argument: 'guestId', type: 'Guest' },
  },
  orderChanged: {
    query: 'order',
    arguments: { orderId: 'id' },
    watches: { argument: 'orderId', type: 'Order' },
  },
  webhookEndpointChanged: {
    query: 'webhookEndpoint',
    arguments: { endpointId: 'id' },
    watches: { argument: 'endpointId', type: 'WebhookEndpoint' },
  },
  waitingRoomChanged: {
    query: 'waitingRoom',
    arguments: { occurrenceId: 'occurrenceId', token: 'token' },
    watches: { argument: 'occurrenceId', type: 'Occurrence' },
    everyMs: 5_000,
  },
};

/** A subscription as the query that answers it. */
export type LiveQuery = {
  readonly field: LiveField;
  /** The query's text. */
  readonly source: string;
  /** The uuid whose changes count; null where the argument names nothing. */
  watched(variables: Readonly<Record<string, unknown>>): string | null;
};

function rootFieldOf(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode | undefined {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) return selection;
    const below = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const found = below && rootFieldOf(below.selectionSet, fragments);
    if (found) return found;
  }
  return undefined;
}

function toQueryField(field: FieldNode, { query, arguments: renamed }: LiveField): FieldNode {
  return {
    ...field,
    alias: field.alias ?? field.name,
    name: { kind: Kind.NAME, value: query },
    arguments: (field.arguments ?? []).map((argument) => ({
      ...argument,
      name: { kind: Kind.NAME, value: renamed[argument.name.value] ?? argument.name.value },
    })),
  };
}

/**
 * The query that answers a subscription; null where the gateway has none for its field. Valid documents only: a
 * subscription then has one root field, which keeps its name in the answer, so that errors' paths are right too.
 */
export function toLiveQuery(document: DocumentNode, operation: OperationDefinitionNode): LiveQuery | null {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const root = rootFieldOf(operation.selectionSet, fragments);
  const field = root && liveFields[root.name.value];
  if (!root || !field) return null;
  const asQuery: OperationDefinitionNode = {
    ...operation,
    operation: OperationTypeNode.QUERY,
    directives: [],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [toQueryField(root, field)] },
  };
  const others = [...fragments.values()].filter(
    ({ typeCondition }) => typeCondition.name.value !== 'Subscription',
  );
  const named = root.arguments?.find(({ name }) => name.value === field.watches.argument)?.value;
  return {
    field,
    source: print({ kind: Kind.DOCUMENT, definitions: [asQuery, ...others] }),
    watched: (variables) => {
      const value =
        named?.kind === Kind.VARIABLE
          ? variables[named.name.value]
          : named?.kind === Kind.STRING
            ? named.value
            : null;
      return typeof value === 'string' ? decodeId(field.watches.type, value) : null;
    },
  };
}
