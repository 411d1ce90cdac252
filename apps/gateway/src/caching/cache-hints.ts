import {
  Kind,
  OperationTypeNode,
  parse,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';

/** How long an answer may be kept. Only a PUBLIC one is shared, among viewers with the same rights. */
export type CachePolicy = { readonly maxAgeSeconds: number; readonly scope: 'PUBLIC' | 'PRIVATE' };

type Hint = { readonly maxAge?: number; readonly isPrivate: boolean; readonly inherits: boolean };
type Field = { readonly type: string; readonly hint: Hint | undefined };
type Type = {
  readonly isComposite: boolean;
  readonly hint: Hint | undefined;
  readonly fields: ReadonlyMap<string, Field>;
};
type Types = ReadonlyMap<string, Type>;

const uncached: CachePolicy = { maxAgeSeconds: 0, scope: 'PRIVATE' };

function hintOf(directives: readonly ConstDirectiveNode[] = []): Hint | undefined {
  const directive = directives.find(({ name }) => name.value === 'cacheControl');
  if (!directive) return undefined;
  const given = new Map(
    directive.arguments?.map(({ name, value }) => [name.value, 'value' in value ? value.value : undefined]),
  );
  const maxAge = given.get('maxAge');
  return {
    ...(maxAge !== undefined && { maxAge: Number(maxAge) }),
    isPrivate: given.get('scope') === 'PRIVATE',
    inherits: given.get('inheritMaxAge') === true,
  };
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

function fieldsOf(fields: readonly FieldDefinitionNode[] = []): Map<string, Field> {
  return new Map(
    fields.map(({ name, type, directives }) => [
      name.value,
      { type: nameOf(type), hint: hintOf(directives) },
    ]),
  );
}

function readTypes(supergraph: DocumentNode): Types {
  const types = new Map<string, Type>();
  for (const definition of supergraph.definitions) {
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      definition.kind === Kind.UNION_TYPE_DEFINITION
    ) {
      const fields = 'fields' in definition ? fieldsOf(definition.fields) : new Map<string, Field>();
      types.set(definition.name.value, { isComposite: true, hint: hintOf(definition.directives), fields });
    }
  }
  return types;
}

/** Walks one operation, tightening what may be kept. What is not known to be cacheable is not. */
function createWalk(types: Types, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  let maxAge = Infinity;
  let isPrivate = false;
  const spread = new Set<string>();

  const apply = (hint: Hint | undefined) => {
    if (hint?.maxAge !== undefined) maxAge = Math.min(maxAge, hint.maxAge);
    if (hint?.isPrivate) isPrivate = true;
  };
  const field = (parent: string, name: string, selections: SelectionSetNode | undefined) => {
    if (name === '__typename') return;
    const known = types.get(parent)?.fields.get(name);
    if (!known) return void (maxAge = 0);
    const type = types.get(known.type);
    apply(known.hint);
    // A hint on the field stands in the place of its type's, all but its scope.
    if (known.hint?.maxAge === undefined) apply(type?.hint);
    else if (type?.hint?.isPrivate) isPrivate = true;
    const hints = [known.hint, type?.hint];
    const isHinted = hints.some((hint) => hint && (hint.maxAge !== undefined || hint.inherits));
    if (!isHinted && (type?.isComposite || parent === 'Query')) maxAge = 0;
    if (selections) walk(known.type, selections);
  };
  const walk = (parent: string, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (maxAge === 0) return;
      if (selection.kind === Kind.FIELD) field(parent, selection.name.value, selection.selectionSet);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        within(selection.typeCondition?.name.value ?? parent, selection.selectionSet);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (!fragment || spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
        within(fragment.typeCondition.name.value, fragment.selectionSet);
      }
    }
  };
  const within = (type: string, selections: SelectionSetNode) => {
    if (types.get(type)?.hint?.isPrivate) isPrivate = true;
    walk(type, selections);
  };
  return (operation: OperationDefinitionNode): CachePolicy => {
    walk('Query', operation.selectionSet);
    if (maxAge === 0 || maxAge === Infinity) return uncached;
    return { maxAgeSeconds: maxAge, scope: isPrivate ? 'PRIVATE' : 'PUBLIC' };
  };
}

/**
 * Says of an operation how long its answer may be kept: the least `maxAge` of `@cacheControl` over its fields, by the
 * rules of Apollo's caching (https://www.apollographql.com/docs/apollo-server/performance/caching), judged from the
 * document alone. `maxAgeSeconds` 0: not at all, which is so for mutations, subscriptions and introspection.
 */
export function createCachePolicies(
  supergraph: string,
): (document: DocumentNode, operationName?: string | null) => CachePolicy {
  const types = readTypes(parse(supergraph, { noLocation: true }));
  return (document, operationName) => {
    const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    const operation = operationName
      ? operations.find(({ name }) => name?.value === operationName)
      : operations.length === 1
        ? operations[0]
        : undefined;
    if (operation?.operation !== OperationTypeNode.QUERY) return uncached;
    const fragments = new Map(
      document.definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
      ),
    );
    return createWalk(types, fragments)(operation);
  };
}
