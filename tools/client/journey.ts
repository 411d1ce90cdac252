import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print } from 'graphql';

/** The operations that front ends send (`journey.graphql`), by name. */
export const journey: Readonly<Record<string, string>> = Object.fromEntries(
  parse(readFileSync(join(import.meta.dirname, 'journey.graphql'), 'utf8')).definitions.flatMap(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.name
        ? [[definition.name.value, print(definition)]]
        : [],
  ),
);

/** The document of an operation of the journey; a wrong name is a fault of the caller. */
export function operation(name: string): string {
  const document = journey[name];
  if (!document) throw new Error(`the journey has no operation ${name}`);
  return document;
}
