import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { UsageRecord } from '../../apps/gateway/src/usage/usage-record.ts';
import { formatTable } from '../cli/table.ts';
import { deprecationOf } from '../schema-check/compare.ts';
import { SchemaCheckError } from '../schema-check/schema-error.ts';
import { usageOfFile, usageOfPlatform } from '../schema-check/usage-sources.ts';
import { createUseOf } from '../schema-check/uses.ts';
import { workspaceRoot } from '../start/config.ts';

const supergraphFile = join(workspaceRoot, 'apps/gateway/src/generated/supergraph.graphql');

const usage = `Shows who uses what of the graph, as the gateways recorded it.

  npm run usage -- [options]

  --field COORDINATE  who uses Venue, Venue.name, Query.venue.id or VenueStatus.OPEN
  --deprecated        who still uses what is @deprecated
  --client NAME       of this client alone
  --days N            seen within so many days
  --file FILE         records of a file that --json wrote, and not of the running platform
  --json              the records as JSON, for npm run check:schema -- --usage
  --help

Exits with 1 where --deprecated finds anybody.
`;

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      field: { type: 'string' },
      deprecated: { type: 'boolean', default: false },
      client: { type: 'string' },
      days: { type: 'string' },
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.days !== undefined && !/^[1-9]\d{0,3}$/.test(values.days)) {
    throw new SchemaCheckError('--days must be a number from 1 to 9999.');
  }
  return values;
}

/** Everything in a schema that is marked @deprecated. */
function deprecatedIn(schema: GraphQLSchema): string[] {
  const all = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
    const { name } = type;
    if (isInputObjectType(type)) return Object.keys(type.getFields()).map((field) => `${name}.${field}`);
    return Object.values(type.getFields()).flatMap((field) => [
      `${name}.${field.name}`,
      ...field.args.map((argument) => `${name}.${field.name}.${argument.name}`),
    ]);
  });
  return all.filter((coordinate) => deprecationOf(schema, coordinate) !== null);
}

async function readRecords(file: string | undefined): Promise<UsageRecord[]> {
  if (file !== undefined) return usageOfFile(file);
  const records = await usageOfPlatform();
  if (records) return records;
  throw new SchemaCheckError('No platform runs here. Start one with npm start, or set NATS_URL.');
}

type Shown = UsageRecord & { readonly deprecated?: readonly string[] };

function choose(options: ReturnType<typeof readOptions>, records: readonly UsageRecord[]): Shown[] {
  const { field, client, days, deprecated } = options;
  const schema = Supergraph.build(readFileSync(supergraphFile, 'utf8')).apiSchema().toGraphQLJSSchema();
  const uses = createUseOf(schema);
  const since = days === undefined ? '' : new Date(Date.now() - Number(days) * 86_400_000).toISOString();
  const gone = deprecated ? deprecatedIn(schema) : [];
  return records
    .filter((record) => client === undefined || record.client === client)
    .filter(({ lastSeenAt }) => lastSeenAt >= since)
    .filter((record) => field === undefined || uses(record, field))
    .map((record) =>
      deprecated ? { ...record, deprecated: gone.filter((coordinate) => uses(record, coordinate)) } : record,
    )
    .filter((record: Shown) => record.deprecated?.length !== 0)
    .toSorted((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
}

function print(records: readonly Shown[], deprecated: boolean): void {
  if (records.length === 0) return void process.stdout.write('Nobody who was recorded.\n');
  const headings = ['client', 'version', 'operation', 'kind', 'requests', 'first seen', 'last seen'];
  const rows = records.map((record) => [
    ...[record.client, record.version, record.operation, record.kind, record.requests],
    ...[record.firstSeenAt, record.lastSeenAt],
    ...(record.deprecated ? [record.deprecated.join(' ')] : []),
  ]);
  process.stdout.write(formatTable(deprecated ? [...headings, 'deprecated'] : headings, rows));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else {
    const records = choose(options, await readRecords(options.file));
    if (options.json) process.stdout.write(`${JSON.stringify(records, null, 2)}\n`);
    else print(records, options.deprecated);
    process.exitCode = options.deprecated && records.length > 0 ? 1 : 0;
  }
} catch (error) {
  const { name, code, message } = error as NodeJS.ErrnoException;
  const isUsage = code?.startsWith('ERR_PARSE_ARGS');
  if (!isUsage && name !== 'SchemaCheckError' && name !== 'OperatorError') throw error;
  process.stderr.write(`${message}\nSee npm run usage -- --help.\n`);
  process.exitCode = 2;
}
