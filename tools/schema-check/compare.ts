import { CriticalityLevel, diff, type Change } from '@graphql-inspector/core';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { KnownOperation } from './usage-sources.ts';
import { createUseOf, sendsAnyOf } from './uses.ts';

/** An operation that a change touches. */
export type User = Pick<KnownOperation, 'client' | 'version' | 'operation' | 'lastSeenAt'>;

export type Finding = {
  readonly level: 'breaking' | 'dangerous';
  /** The schema coordinate that changes. */
  readonly coordinate: string;
  readonly message: string;
  /** Who uses it; empty where nobody is known to. */
  readonly users: readonly User[];
  /** The day before which it was promised to stay, where it goes sooner. */
  readonly promisedUntil: string | null;
};

export const dayPattern = /\b\d{4}-\d{2}-\d{2}\b/;

/** The text of `@deprecated` at a coordinate. */
export function deprecationOf(schema: GraphQLSchema, coordinate: string): string | null {
  const [name = '', member = '', argument] = coordinate.split('.');
  const type = schema.getType(name);
  if (isEnumType(type)) return type.getValue(member)?.deprecationReason ?? null;
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return null;
  const field = type.getFields()[member];
  const found =
    argument === undefined
      ? field
      : field && 'args' in field && field.args.find((one) => one.name === argument);
  return (found || undefined)?.deprecationReason ?? null;
}

/** Whether an operation of before is touched by a change. */
function createTouches(before: GraphQLSchema) {
  const uses = createUseOf(before);
  return (operation: KnownOperation, { type, path = '' }: Change): boolean => {
    const [name = '', field] = path.split('.');
    switch (type) {
      // What is asked for of callers anew touches whoever calls at all.
      case 'INPUT_FIELD_ADDED':
      case 'INPUT_FIELD_TYPE_CHANGED':
        return sendsAnyOf(operation, name, uses);
      case 'FIELD_ARGUMENT_ADDED':
      case 'FIELD_ARGUMENT_TYPE_CHANGED':
      case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
        return uses(operation, `${name}.${field}`);
      case 'ENUM_VALUE_ADDED':
        return uses(operation, name);
      default:
        return uses(operation, path);
    }
  };
}

function brokenPromise(before: GraphQLSchema, { type, path = '' }: Change, today: string): string | null {
  if (!type.endsWith('_REMOVED')) return null;
  const day = dayPattern.exec(deprecationOf(before, path) ?? '')?.[0];
  return day !== undefined && today < day ? day : null;
}

/** One line for each client: the operations of its versions that were seen last. */
function toUsers(operations: readonly KnownOperation[]): User[] {
  const users = operations.map(({ client, version, operation, lastSeenAt }) => ({
    client,
    version,
    operation,
    lastSeenAt,
  }));
  return users.toSorted((a, b) => (b.lastSeenAt ?? '9').localeCompare(a.lastSeenAt ?? '9'));
}

/** What of a change may break clients, and whom it would. */
export async function compareSchemas(
  before: GraphQLSchema,
  after: GraphQLSchema,
  operations: readonly KnownOperation[],
  today: string,
): Promise<Finding[]> {
  const touches = createTouches(before);
  const changes = (await diff(before, after)).filter(
    ({ criticality }) => criticality.level !== CriticalityLevel.NonBreaking,
  );
  return changes.map((change) => ({
    level: change.criticality.level === CriticalityLevel.Breaking ? 'breaking' : 'dangerous',
    coordinate: change.path ?? '',
    message: change.message,
    users: toUsers(operations.filter((operation) => touches(operation, change))),
    promisedUntil: brokenPromise(before, change, today),
  }));
}

/** Whether a finding stops the change. */
export function stops({ level, users, promisedUntil }: Finding): boolean {
  return level === 'breaking' && (users.length > 0 || promisedUntil !== null);
}
