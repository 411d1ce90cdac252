import type { EventType } from '@marquee/contracts';
import { accept, invalid, refuse, type InvalidInput, type Outcome, type Unavailable } from '@marquee/kernel';
import { createDocumentGate, isPeerUnavailable } from '@marquee/subgraph';
import {
  getVariableValues,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { sampleData } from '../catalogue/event-types.ts';
import { costOf } from './cost.ts';
import type { Graph } from './graph.ts';
import { variablesOf } from './variables.ts';

/** A payload is made for each event, so it may ask for less than a person may. */
const limits = {
  depth: 8,
  fields: 200,
  aliases: 50,
  rootFields: 5,
  tokens: 2_000,
  directives: 20,
  spreads: 20,
  repeats: 10,
  characters: 10_000,
};
const mostCost = 5_000;
const gate = createDocumentGate(limits);

/**
 * Whether a selection can be rendered for each of these events: one query, valid against the graph as it is now, not too
 * deep or dear, and with no variable that an event cannot fill.
 */
export async function checkSelection(
  field: string,
  source: string,
  types: readonly EventType[],
  graph: Graph,
): Promise<Outcome<null, InvalidInput | Unavailable>> {
  const excess = gate(source);
  if (excess) return invalid(field, `asks for too much: ${excess}`);
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens: limits.tokens });
  } catch (error) {
    return invalid(field, `is not GraphQL: ${(error as Error).message}`);
  }
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (!operation || operations.length > 1 || operation.operation !== 'query')
    return invalid(field, 'must be one query');
  try {
    return judge(field, document, operation, types, await graph.schema());
  } catch (error) {
    if (!isPeerUnavailable(error)) throw error;
    const message = 'The selection cannot be checked against the graph now. Try again in a moment.';
    return refuse({ kind: 'Unavailable', message });
  }
}

function judge(
  field: string,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  types: readonly EventType[],
  schema: GraphQLSchema,
): Outcome<null, InvalidInput> {
  const [error] = validate(schema, document, undefined, { maxErrors: 1 });
  if (error) return invalid(field, `does not fit the graph: ${error.message}`);
  const cost = costOf(schema, document, operation);
  if (cost > mostCost) return invalid(field, `may ask for ${cost} fields; ${mostCost} are allowed`);
  for (const type of types) {
    const fault = missingVariable(schema, operation, type);
    if (fault) return invalid(field, fault);
  }
  return accept(null);
}

function missingVariable(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  type: EventType,
): string | null {
  const variables = variablesOf(sampleData(type));
  const filled = getVariableValues(schema, variableDefinitions, variables);
  if (!filled.errors) return null;
  const names = Object.keys(variables).map((name) => `$${name}`);
  const reason = filled.errors.map((each: GraphQLError) => each.message).join('; ');
  return `cannot be filled by ${type}: ${reason} The event has ${names.join(', ') || 'no fields'}.`;
}
