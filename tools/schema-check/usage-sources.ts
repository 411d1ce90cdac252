import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Kind, parse, type GraphQLSchema } from 'graphql';
import { parseManifest } from '../../apps/gateway/src/documents/trusted-documents.ts';
import { restDocuments } from '../../apps/gateway/src/rest/routes.ts';
import { useOf, type OperationUse } from '../../apps/gateway/src/usage/coordinates.ts';
import { parseRecord, usageRecords, type UsageRecord } from '../../apps/gateway/src/usage/usage-record.ts';
import { readEnvironment, workspaceRoot } from '../start/config.ts';
import { readRunning } from '../start/run-state.ts';
import { SchemaCheckError } from './schema-error.ts';

/** An operation that somebody is known to send. */
export type KnownOperation = OperationUse & {
  readonly client: string;
  readonly version: string;
  /** Null for what is registered or promised, and counts whether it was seen or not. */
  readonly lastSeenAt: string | null;
};

const journeyFile = join(workspaceRoot, 'apps/gateway/src/contract/journey.graphql');

/** The operations of one document, as they use this schema; those that are not valid in it use nothing. */
function operationsOf(
  schema: GraphQLSchema,
  text: string,
  of: { readonly client: string; readonly version: string },
): KnownOperation[] {
  const document = parse(text);
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const use = useOf(schema, document, definition);
    return use ? [{ ...use, ...of, lastSeenAt: null }] : [];
  });
}

/** What is promised to all: the operations of the contract, and those behind the REST facade. */
export function promisedOperations(schema: GraphQLSchema): KnownOperation[] {
  const of = { client: 'every front end', version: relative(workspaceRoot, journeyFile) };
  const rest = [...restDocuments().values()];
  return [
    ...operationsOf(schema, readFileSync(journeyFile, 'utf8'), of),
    ...rest.flatMap((text) => operationsOf(schema, text, { client: 'rest', version: 'v1' })),
  ];
}

/** The registered documents of a directory of manifests; none where it is not there. */
export function registeredOperations(schema: GraphQLSchema, directory: string): KnownOperation[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const path = join(directory, name);
    const { client, version, documents } = parseManifest(path, readFileSync(path, 'utf8'));
    return Object.values(documents).flatMap((text) => operationsOf(schema, text, { client, version }));
  });
}

/** A file that `npm run usage -- --json` wrote. */
export function usageOfFile(file: string): UsageRecord[] {
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SchemaCheckError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const records = Array.isArray(values) ? values.map((value) => parseRecord(JSON.stringify(value))) : [null];
  if (records.includes(null)) {
    throw new SchemaCheckError(`${file} does not hold usage records. Write it by npm run usage -- --json`);
  }
  return records as UsageRecord[];
}

/** What the gateways of the running platform recorded; null where none runs here. */
export async function usageOfPlatform(): Promise<UsageRecord[] | null> {
  const { home, natsUrl, natsNamespace } = readEnvironment(workspaceRoot);
  const url = natsUrl ?? readRunning(home)?.servers?.natsUrl;
  if (url === undefined) return null;
  // With it comes what speaks to PostgreSQL, a second of each start that only reads files.
  const { connectOperator } = await import('@marquee/messaging');
  const operator = await connectOperator({ url, namespace: natsNamespace ?? 'marquee' });
  try {
    const values = await operator.records(usageRecords.name);
    return values.flatMap((value) => parseRecord(value) ?? []);
  } finally {
    await operator.close();
  }
}
