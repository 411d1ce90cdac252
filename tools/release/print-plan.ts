import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf } from '../../apps/gateway/src/documents/document-store.ts';
import { parseManifest } from '../../apps/gateway/src/documents/trusted-documents.ts';
import { restDocuments } from '../../apps/gateway/src/rest/routes.ts';
import { promisedOperations, registeredOperations } from '../schema-check/usage-sources.ts';
import { workspaceRoot } from '../start/config.ts';
import type { Operation } from './mixes.ts';
import { planRelease, type Plan } from './plan.ts';

type Options = { readonly documents: string; readonly json: boolean };

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

/** Plans and prints. Answers the exit code. */
export async function printPlan(
  before: string,
  after: string,
  { documents, json }: Options,
): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'marquee-release-'));
  try {
    const planned = await planRelease({
      before,
      after,
      scratch,
      documents: documentsOf(documents),
      known: (schema) => [...promisedOperations(schema), ...registeredOperations(schema, documents)],
    });
    process.stdout.write(`${json ? JSON.stringify(planned) : format(planned)}\n`);
    return planned.refused.length > 0 ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
