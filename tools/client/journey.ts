import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print } from 'graphql';

const contract = join(import.meta.dirname, '../../apps/gateway/src/contract/journey.graphql');

/** The operations that front ends send (`journey.graphql`), by name. */
export const journey: Readonly<Record<string, string>> = Object.fromEntries(
  parse(readFileSync(contract, 'utf8')).definitions.flatMap((definition) =>
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
