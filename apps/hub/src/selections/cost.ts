import {
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a list without `first` is taken to hold. */
const assumedLength = 10;
const ceiling = 1_000_000_000;

/** How many fields a query may be answered with at most: each page counts as full, and pages within pages multiply. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);

  const ofSelection = ({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): number => {
    let sum = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) sum += ofField(selection, parent);
      else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const name = fragment?.typeCondition?.name.value;
        if (fragment) sum += ofSelection(fragment.selectionSet, name ? schema.getType(name) : parent);
      }
    }
    return Math.min(sum, ceiling);
  };
  const ofField = (node: FieldNode, parent: GraphQLNamedType | undefined): number => {
    const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
    const field = fields[node.name.value];
    if (!field || !node.selectionSet) return 1;
    return 1 + lengthOf(node, field) * ofSelection(node.selectionSet, getNamedType(field.type));
  };
  return ofSelection(operation.selectionSet, schema.getQueryType() ?? undefined);
}

/** A page's `first` where it is written; the most there may be where it is a variable. */
function lengthOf(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
  const first = field.args.find(({ name }) => name === 'first');
  if (first) {
    const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (value?.kind === Kind.INT) return Math.max(1, Number(value.value));
    return value ? 100 : Number(first.defaultValue ?? 100);
  }
  // What a connection's edges hold is counted with the connection itself.
  if (node.name.value === 'edges') return 1;
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return isListType(type) ? assumedLength : 1;
}
