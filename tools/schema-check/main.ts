import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { workspaceRoot } from '../start/config.ts';
import { baselineOperations, baselineSchema, writeBaseline } from './baseline.ts';
import { compareSchemas, stops, type Finding } from './compare.ts';
import { SchemaCheckError } from './schema-error.ts';
import {
  promisedOperations,
  registeredOperations,
  usageOfFile,
  usageOfPlatform,
  type KnownOperation,
} from './usage-sources.ts';

const supergraphFile = join(workspaceRoot, 'apps/gateway/src/generated/supergraph.graphql');

const usage = `Says whether a change of the graph breaks an operation that somebody sends.

  npm run check:schema -- [options]

  --against REF|FILE  the graph as it was: a commit, branch or tag, or a supergraph's file (HEAD unless told)
  --schema FILE       the graph as it is to be (the composed supergraph unless told)
  --documents DIR     registered documents (trusted-documents unless told)
  --usage FILE        recorded usage, as npm run usage -- --json writes it; without it that of the running platform
  --baseline          against the graph that last went out and the operations known then, as tools/schema-check/baseline
                      has them: nothing of Git, of the network or of a platform is needed
  --accept            where nothing of that breaks, writes the graph, and the operations known now, as the new baseline
  --days N            usage that was not seen for so long does not count (90 unless told)
  --json              the result as JSON
  --help

Known are: the operations of the contract and of the REST facade, registered documents, and what gateways recorded. Exits with 1 where a breaking
change touches one of them, or takes something away before the day that its @deprecated promises.
`;

type Result = {
  readonly passed: boolean;
  readonly against: string;
  /** How many operations the change was held against; recorded is null where nothing recorded could be asked. */
  readonly known: {
    readonly promised: number;
    readonly registered: number;
    readonly recorded: number | null;
  };
  readonly findings: readonly Finding[];
};

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      against: { type: 'string' },
      schema: { type: 'string', default: supergraphFile },
      documents: { type: 'string', default: 'trusted-documents' },
      usage: { type: 'string' },
      days: { type: 'string', default: '90' },
      baseline: { type: 'boolean', default: false },
      accept: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (!/^[1-9]\d{0,3}$/.test(values.days))
    throw new SchemaCheckError('--days must be a number from 1 to 9999.');
  const ofBaseline = values.baseline || values.accept;
  return {
    ...values,
    against: values.against ?? (ofBaseline ? relative(process.cwd(), baselineSchema) : 'HEAD'),
  };
}

type Options = ReturnType<typeof readOptions>;

/** As clients see it. A plain schema, such as one that introspection gave, is taken too. */
function toSchema(sdl: string): GraphQLSchema {
  return sdl.includes('join__Graph')
    ? Supergraph.build(sdl).apiSchema().toGraphQLJSSchema()
    : buildSchema(sdl);
}

function readBefore(against: string): GraphQLSchema {
  if (existsSync(against)) return toSchema(readFileSync(against, 'utf8'));
  try {
    const object = `${against}:${relative(workspaceRoot, supergraphFile)}`;
    const git = ['show', '--end-of-options', object];
    const text = execFileSync('git', git, {
      cwd: workspaceRoot,
      encoding: 'utf8',
      maxBuffer: 64e6,
      stdio: 'pipe',
    });
    return toSchema(text);
  } catch (cause) {
    const message = `There is neither a file ${against} nor a commit of that name with a supergraph.`;
    throw new SchemaCheckError(message, { cause });
  }
}

type Known = {
  readonly promised: readonly KnownOperation[];
  readonly registered: readonly KnownOperation[];
  readonly recorded: readonly KnownOperation[] | null;
};

/** What is known of the operations that are sent to this graph, now. */
async function knownNow(options: Options, schema: GraphQLSchema): Promise<Known> {
  return {
    promised: promisedOperations(schema),
    registered: registeredOperations(schema, options.documents),
    recorded: options.usage === undefined ? await usageOfPlatform() : usageOfFile(options.usage),
  };
}

/** What was known when the graph last went out. */
function knownThen(): Known {
  const [promised, recorded] = [true, false].map((isPromise) =>
    baselineOperations().filter(({ lastSeenAt }) => (lastSeenAt === null) === isPromise),
  ) as [KnownOperation[], KnownOperation[]];
  return { promised, registered: [], recorded };
}

async function check(options: Options): Promise<Result> {
  const before = readBefore(options.against);
  if (!existsSync(options.schema)) throw new SchemaCheckError(`There is no file ${options.schema}.`);
  const after = toSchema(readFileSync(options.schema, 'utf8'));
  const ofBaseline = options.baseline || options.accept;
  const { promised, registered, recorded } = ofBaseline ? knownThen() : await knownNow(options, before);
  const since = new Date(Date.now() - Number(options.days) * 86_400_000).toISOString();
  const recent = (recorded ?? []).filter(({ lastSeenAt }) => lastSeenAt! >= since);
  // Of the baseline all count until the next one is accepted: no verdict of the same commit changes with the calendar.
  const counted = options.baseline ? (recorded ?? []) : recent;
  const known = [...promised, ...registered, ...counted];
  const findings = await compareSchemas(before, after, known, new Date().toISOString().slice(0, 10));
  const passed = !findings.some(stops);
  if (options.accept && passed) {
    const now = await knownNow(options, after);
    writeBaseline(after, [...now.promised, ...now.registered, ...(now.recorded ?? recent)]);
  }
  return {
    passed,
    against: options.against,
    known: {
      promised: promised.length,
      registered: registered.length,
      recorded: recorded === null ? null : counted.length,
    },
    findings,
  };
}

const shownUsers = 10;

function describe(finding: Finding): string {
  const { level, message, users, promisedUntil } = finding;
  const verdict = users.length > 0 ? 'used' : 'used by nobody who is known';
  const lines = users.slice(0, shownUsers).map(({ client, version, operation, lastSeenAt }) => {
    const seen = lastSeenAt === null ? 'registered or promised' : `last seen ${lastSeenAt}`;
    return `      ${`${client} ${version}`.trim()}: ${operation}, ${seen}`;
  });
  if (users.length > shownUsers) lines.push(`      and ${users.length - shownUsers} more`);
  if (promisedUntil !== null) lines.push(`      it was promised to stay until ${promisedUntil}`);
  const mark = stops(finding) ? '✗' : '-';
  return [`  ${mark} ${level}, ${verdict}: ${message}`, ...lines].join('\n');
}

function print({ passed, against, known, findings }: Result): void {
  const { promised, registered, recorded } = known;
  const parts = [
    `Against ${against}: ${promised} promised, ${registered} registered and ${recorded ?? 0} recorded operations.`,
    recorded === null
      ? 'No platform runs here, so that nothing recorded was looked at: name a file by --usage.'
      : '',
    findings.length === 0 ? 'Nothing that could break a client.' : findings.map(describe).join('\n'),
    passed ? 'The change may go.' : 'The change breaks clients. Keep what they use, and mark it @deprecated.',
  ];
  process.stdout.write(`${parts.filter((part) => part !== '').join('\n')}\n`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else {
    const result = await check(options);
    if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else print(result);
    process.exitCode = result.passed ? 0 : 1;
  }
} catch (error) {
  const { name, code, message } = error as NodeJS.ErrnoException;
  const isUsage = code?.startsWith('ERR_PARSE_ARGS');
  if (!isUsage && !['SchemaCheckError', 'OperatorError', 'ConfigError', 'GraphQLError'].includes(name))
    throw error;
  process.stderr.write(`${message}\nSee npm run check:schema -- --help.\n`);
  process.exitCode = 2;
}
