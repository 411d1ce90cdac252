import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hashOf } from '../../apps/gateway/src/documents/document-store.ts';
import { parseManifest } from '../../apps/gateway/src/documents/trusted-documents.ts';
import { restDocuments } from '../../apps/gateway/src/rest/routes.ts';
import { promisedOperations, registeredOperations } from '../schema-check/usage-sources.ts';
import { workspaceRoot } from '../start/config.ts';
import type { Operation } from './mixes.ts';
import { planRelease, type Plan } from './plan.ts';
import { ReleaseError } from './trees.ts';

const usage = `npm run release -- plan OLD NEW [--documents DIR] [--json]

Says whether version NEW may be rolled out over OLD while both run, and in which order. OLD and NEW are folders with apps and
libs in them, or commits, branches or tags. Every mixture of the two on the way is composed, and must answer the operations
that clients are known to send (the contract, the REST facade and registered documents); migrations must only expand.

  --documents DIR   registered documents (trusted-documents unless told)
  --json            the plan as JSON
  --help

Exits with 1 where it must not be released so, and says why.
`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      documents: { type: 'string', default: join(workspaceRoot, 'trusted-documents') },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, before, after, ...more] = positionals;
  if (!values.help && (command !== 'plan' || !before || !after || more.length > 0))
    throw new ReleaseError('Say: plan OLD NEW');
  return { ...values, before: before!, after: after! };
}

/** Everything that is known to be sent and that is there as a text. */
function documentsOf(directory: string): Operation[] {
  const promised = [
    {
      name: 'the contract',
      source: readFileSync(join(workspaceRoot, 'apps/gateway/src/contract/journey.graphql'), 'utf8'),
    },
    ...[...restDocuments()].map(([name, source]) => ({ name: `REST ${String(name)}`, source })),
  ];
  const manifests = existsSync(directory)
    ? readdirSync(directory).filter((name) => name.endsWith('.json'))
    : [];
  const registered = manifests.flatMap((file) => {
    const { client, version, documents } = parseManifest(file, readFileSync(join(directory, file), 'utf8'));
    return Object.values(documents).map((source) => ({
      name: `${client} ${version} (${hashOf(source).slice(0, 12)})`,
      source,
    }));
  });
  return [...promised, ...registered];
}

function format({ from, to, supergraph, mixes, operations, refused, look, steps }: Plan): string {
  const graph = supergraph ? `supergraph ${supergraph.before} -> ${supergraph.after}` : 'the same supergraph';
  const lines = [
    `From ${from} to ${to}: ${graph}; ${mixes} mixtures composed, ${operations} documents held against each.`,
    ...refused.map((why) => `  ✗ ${why}`),
    ...look.map((what) => `  - to look at: ${what}`),
  ];
  if (refused.length > 0) return [...lines, 'It must not be released so.'].join('\n');
  if (steps.length === 0) return [...lines, 'Nothing changes that runs.'].join('\n');
  const numbered = steps.map(({ kind, service, does, back }, place) => {
    return `  ${place + 1}. ${kind} ${service}: ${does}\n     back: ${back}`;
  });
  return [...lines, 'In this order, each when the one before is well; back from the end:', ...numbered].join(
    '\n',
  );
}

async function main(): Promise<number> {
  const { help, json, documents, before, after } = readOptions();
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'marquee-release-'));
  try {
    const plan = await planRelease({
      ...{ before, after, scratch, documents: documentsOf(documents) },
      known: (schema) => [...promisedOperations(schema), ...registeredOperations(schema, documents)],
    });
    process.stdout.write(`${json ? JSON.stringify(plan) : format(plan)}\n`);
    return plan.refused.length > 0 ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const { name, code, message, stack } = error as NodeJS.ErrnoException;
  const isUsage = name === 'ReleaseError' || name === 'ConfigError' || code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(isUsage ? `${message}\nSee npm run release -- --help.\n` : `${stack}\n`);
  process.exitCode = 2;
}
