import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  visit,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The values of the variables by which `@skip` and `@include` decide. */
export type Switches = Readonly<Record<string, unknown>>;

/** The variables that decide what is selected, over an operation and the fragments of its document. */
export function switchesOf(operation: OperationDefinitionNode, fragments: Fragments): string[] {
  const names = new Set<string>();
  for (const definition of [operation, ...fragments.values()]) {
    visit(definition, {
      Directive: ({ name, arguments: given }) => {
        if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) return;
        const value = given?.[0]?.value;
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names].toSorted();
}

function condition(directives: readonly DirectiveNode[] | undefined, name: string, switches: Switches) {
  const value = directives?.find((directive) => directive.name.value === name)?.arguments?.[0]?.value;
  if (value?.kind === Kind.BOOLEAN) return value.value;
  return value?.kind === Kind.VARIABLE ? switches[value.name.value] === true : undefined;
}

function isIncluded({ directives }: SelectionNode, switches: Switches): boolean {
  if (directives === undefined || directives.length === 0) return true;
  if (condition(directives, GraphQLSkipDirective.name, switches) === true) return false;
  return condition(directives, GraphQLIncludeDirective.name, switches) !== false;
}

/**
 * What is selected on an object of this type, by response key in the order of the answer: CollectFields of the
 * specification. Nodes of one key are one field whose selections are merged.
 */
export function collectFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  switches: Switches,
  type: GraphQLNamedType,
  sets: readonly (readonly SelectionNode[])[],
): ReadonlyMap<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const applies = (name: string): boolean => {
    if (name === type.name) return true;
    const wanted = schema.getType(name);
    // The type itself may be abstract where no service told which one it is.
    return isAbstractType(wanted) && 'getFields' in type && schema.isSubType(wanted, type as never);
  };
  const walk = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, switches)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = fields.get(key);
        if (known) known.push(selection);
        else fields.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (!selection.typeCondition || applies(selection.typeCondition.name.value)) {
          walk(selection.selectionSet.selections);
        }
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment && applies(fragment.typeCondition.name.value)) walk(fragment.selectionSet.selections);
      }
    }
  };
  sets.forEach(walk);
  return fields;
}
