import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, print, printSchema, visit, type GraphQLSchema } from 'graphql';
import type { KnownOperation } from './usage-sources.ts';

/** The graph as it last went out: what each change is held against wherever it is checked. */
export const baselineSchema = join(import.meta.dirname, 'baseline/schema.graphql');
/** What was promised, registered and recorded by then. */
const operationsFile = join(import.meta.dirname, 'baseline/operations.json');

export function baselineOperations(): KnownOperation[] {
  return JSON.parse(readFileSync(operationsFile, 'utf8')) as KnownOperation[];
}

/** Takes this graph as the one that is out, and these operations as those that are sent to it. */
export function writeBaseline(schema: GraphQLSchema, operations: readonly KnownOperation[]): void {
  mkdirSync(dirname(baselineSchema), { recursive: true });
  // What the fields are for is a third of the text, and breaks nobody.
  const bare = visit(parse(printSchema(schema)), {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
  writeFileSync(baselineSchema, `${print(bare)}\n`);
  const lines = operations.map(({ client, version, lastSeenAt, operation, kind, signature, coordinates }) =>
    JSON.stringify({ operation, kind, signature, coordinates, client, version, lastSeenAt }),
  );
  writeFileSync(operationsFile, `[\n${lines.join(',\n')}\n]\n`);
}
