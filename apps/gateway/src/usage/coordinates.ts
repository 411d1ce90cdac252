import { usageReportingSignature } from '@apollo/utils.usagereporting';
import {
  getNamedType,
  separateOperations,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { hashOf } from '../documents/document-store.ts';

/** What one operation uses of the graph. */
export type OperationUse = {
  /** `anonymous` where it has no name. */
  readonly operation: string;
  readonly kind: OperationDefinitionNode['operation'];
  /** The same for texts that differ in literals, aliases, order and layout alone. */
  readonly signature: string;
  /**
   * Schema coordinates: `Venue.name`, `Query.venue.id` (an argument), `MoneyInput.currency` and `Status.OPEN` where they
   * stand in the text, and the bare names of all types that it touches. An input type that comes in a variable is there
   * by its name alone: what of it was sent is not known.
   */
  readonly coordinates: readonly string[];
};

/** Whoever asks for more fields than a limit of the gateway lets pass has been refused. */
const mostCoordinates = 5_000;

function collector(types: TypeInfo, found: Set<string>): ASTVisitor {
  const addType = (type: Parameters<typeof getNamedType>[0]) => {
    const named = getNamedType(type);
    if (named) found.add(named.name);
  };
  return {
    Field: () => {
      const [parent, field] = [types.getParentType(), types.getFieldDef()];
      if (!parent || !field || field.name.startsWith('__')) return;
      found.add(`${parent.name}.${field.name}`);
      addType(parent);
      addType(field.type);
    },
    Argument: () => {
      const [parent, field, argument] = [types.getParentType(), types.getFieldDef(), types.getArgument()];
      if (types.getDirective() || !parent || !field || !argument) return;
      found.add(`${parent.name}.${field.name}.${argument.name}`);
    },
    ObjectField: ({ name }) => {
      const parent = getNamedType(types.getParentInputType());
      if (parent) found.add(`${parent.name}.${name.value}`);
    },
    EnumValue: ({ value }) => {
      const type = getNamedType(types.getInputType());
      if (type) found.add(`${type.name}.${value}`);
    },
    VariableDefinition: () => addType(types.getInputType()),
    InlineFragment: ({ typeCondition }) => void (typeCondition && found.add(typeCondition.name.value)),
    FragmentDefinition: ({ typeCondition }) => void found.add(typeCondition.name.value),
    Directive: ({ name }) => void found.add(`@${name.value}`),
  };
}

/** What an operation of a document uses; null where it is not valid in this schema. */
export function useOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationUse | null {
  if (validate(schema, document, undefined, { maxErrors: 1 }).length > 0) return null;
  const name = operation.name?.value ?? '';
  const own = separateOperations(document)[name] ?? document;
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  visit(own, visitWithTypeInfo(types, collector(types, found)));
  return {
    operation: name || 'anonymous',
    kind: operation.operation,
    signature: hashOf(usageReportingSignature(own, name)).slice(0, 32),
    coordinates: [...found].toSorted().slice(0, mostCoordinates),
  };
}
