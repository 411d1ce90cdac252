import { createHash } from 'node:crypto';
import { codegen } from '@graphql-codegen/core';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import { errorCodes } from '@marquee/subgraph';
import {
  Kind,
  parse,
  print,
  printSchema,
  separateOperations,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { format, type Options } from 'prettier';

const banner = `// Made by \`npm run generate\` from the schema and the operations of the contract. Do not edit.
import type { TypedDocument } from '../document.ts';
`;

type Named = {
  readonly name: string;
  readonly kind: OperationDefinitionNode['operation'];
  readonly text: string;
};

function namedOperations(document: DocumentNode): Named[] {
  return Object.entries(separateOperations(document)).map(([name, own]) => {
    const operation = own.definitions.find(
      (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
    )!;
    return { name, kind: operation.operation, text: print(own) };
  });
}

function entryOf({ name, kind, text }: Named): string {
  const suffix = `${kind[0]!.toUpperCase()}${kind.slice(1)}`;
  // As `npm run documents` registers it: by the hash of the text.
  const id = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const fields = `name: '${name}', kind: '${kind}', id: '${id}', source: ${JSON.stringify(text)}`;
  return `${name}: { ${fields} } as TypedDocument<${name}${suffix}, ${name}${suffix}Variables>,`;
}

function entries(operations: readonly Named[]): string {
  return operations.map(entryOf).join('\n');
}

/** The TypeScript of @marquee/client that the schema and these operations decide. */
export async function generateClient(
  schema: GraphQLSchema,
  document: DocumentNode,
  style: Options,
): Promise<string> {
  const types = await codegen({
    filename: 'operations.ts',
    schema: parse(printSchema(schema)),
    documents: [{ document }],
    config: {
      scalars: { ID: 'string', DateTime: 'string', LocalDateTime: 'string', BigInt: 'number | string' },
      enumType: 'string-literal',
      immutableTypes: true,
      useTypeImports: true,
      defaultScalarType: 'unknown',
    },
    plugins: [{ operations: {} }],
    pluginMap: { operations: operationsPlugin },
  });
  const all = namedOperations(document);
  const once = all.filter(({ kind }) => kind !== 'subscription');
  const live = all.filter(({ kind }) => kind === 'subscription');
  const codes = Object.keys(errorCodes).map((code) => `'${code}'`);
  const text = `${banner}
/** Every \`extensions.code\` of the graph. */
export type ErrorCode = ${codes.join(' | ')};

${types}

/** The queries and mutations of the contract. */
export const operations = {
${entries(once)}
};

/** The subscriptions of the contract. */
export const subscriptions = {
${entries(live)}
};
`;
  return format(text, { ...style, parser: 'typescript' });
}
