import {
  Kind,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';

type Documents = Readonly<Record<string, DocumentNode>>;
type Declaration = {
  readonly service: string;
  readonly type: string;
  readonly fields: readonly FieldDefinitionNode[];
};

function declarationsOf(documents: Documents): Declaration[] {
  return Object.entries(documents).flatMap(([service, document]) =>
    document.definitions.flatMap((definition) => {
      const isObject =
        definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
      if (!isObject) return [];
      const { name, fields = [] } = definition as ObjectTypeDefinitionNode;
      return [{ service, type: name.value, fields }];
    }),
  );
}

/** The innermost name of a type, and whether a null in its place would spread. */
function elementOf(type: TypeNode, nonNull = false): { readonly name: string; readonly nonNull: boolean } {
  if (type.kind === Kind.NON_NULL_TYPE) return elementOf(type.type, true);
  if (type.kind === Kind.LIST_TYPE) return elementOf(type.type);
  return { name: type.name.value, nonNull };
}

/** A type that is no Node but is asked for at the root of one service alone, such as Viewer, is that service's. */
function withRootOwners(declarations: readonly Declaration[], owners: ReadonlyMap<string, string>) {
  const askedOf = new Map<string, Set<string>>();
  for (const { service, type, fields } of declarations) {
    if (type !== 'Query') continue;
    for (const field of fields) {
      const { name } = elementOf(field.type);
      askedOf.set(name, (askedOf.get(name) ?? new Set()).add(service));
    }
  }
  const alone = [...askedOf].flatMap(([name, services]) =>
    services.size === 1 ? [[name, [...services][0]!] as const] : [],
  );
  return new Map([...alone, ...owners]);
}

/**
 * Fields by which the outage of one service would blank what another one knows. A null in a non-null place takes its
 * parent with it, so: what a service adds to another's type may be null, and so may a reference to another's type.
 * Else an order that was paid answers nothing because the events service is down.
 */
export function findSpreadingOutages(
  documents: Documents,
  nodeOwners: ReadonlyMap<string, string>,
): string[] {
  const declarations = declarationsOf(documents);
  const owners = withRootOwners(declarations, nodeOwners);
  const isForeign = (type: string, service: string) => owners.has(type) && owners.get(type) !== service;
  return declarations.flatMap(({ service, type, fields }) =>
    fields.flatMap((field) => {
      const where = `${service}: ${type}.${field.name.value}`;
      const element = elementOf(field.type);
      const isKeyOrExternal =
        field.name.value === 'id' || field.directives?.some(({ name }) => name.value === 'external');
      if (isForeign(type, service) && field.type.kind === Kind.NON_NULL_TYPE && !isKeyOrExternal) {
        return [
          `${where} must be nullable: ${type} belongs to ${owners.get(type)}, which knows more of it than ${service} does`,
        ];
      }
      if (isForeign(element.name, service) && element.nonNull) {
        return [
          `${where} must be nullable: ${element.name} belongs to ${owners.get(element.name)}, which may be down`,
        ];
      }
      return [];
    }),
  );
}
