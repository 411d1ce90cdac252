import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeApplications } from '../compose/compose.ts';
import { root } from '../charts/helm.ts';
import { planRelease, type Plan } from '../release/plan.ts';
import { layOutSchemas } from '../release/trees.ts';
import { editsOfNext, editsOfPresent, type Edit } from './edits.ts';
import type { Fault } from './faults.ts';

/** The service whose next version is rolled out, and the gateway's supergraph with it. */
export const service = 'venues';
/** Whose types it extends: both are the graph of a rehearsal, and this one does not run. */
const extended = 'events';
/** What clients of version N ask, all through the roll-out: N+1 must answer it too. */
export const operationOfN = '{ venues(first: 5) { edges { node { id name } } } }';
/** What only N+1 knows. */
export const operationOfNext = '{ venues(first: 5) { edges { node { id name tagline } } } }';

/** One version, laid out as a checkout of which services, migrations and plans are run. */
export type Version = { readonly directory: string };
export type Versions = { readonly present: Version; readonly next: Version };

const isRun = (path: string) => !/\.test\.ts$|\.test-support\.ts$/.test(path);

/** Throws where the place is not there: N+1 without its change would always go well. */
function apply(directory: string, { file, find, replace }: Edit): void {
  const path = join(directory, file);
  if (find === null) return writeFileSync(path, replace);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2)
    throw new Error(`apps/${service}/${file} no longer has "${find}" once`);
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
}

function layOut(directory: string, name: string, edits: readonly Edit[]): Version {
  const version = join(directory, name);
  const app = join(version, 'apps', service);
  mkdirSync(app, { recursive: true });
  // Of the libraries there is one version: what is rolled out is the service.
  symlinkSync(join(root, 'node_modules'), join(version, 'node_modules'));
  writeFileSync(join(version, 'package.json'), '{ "type": "module" }\n');
  layOutSchemas(new Map([[extended, { name, directory: root }]]), join(version, 'apps'));
  writeFileSync(join(version, 'apps', extended, 'src/main.ts'), '');
  for (const path of [`apps/${service}/package.json`, `apps/${service}/src`, 'tools/migrate'])
    cpSync(join(root, path), join(version, path), { recursive: true, filter: isRun });
  for (const edit of edits) apply(app, edit);
  return { directory: version };
}

/** The supergraph of a version in a file of its own, as the chart mounts it. */
export function composeSupergraph({ directory }: Version): string {
  const composition = composeApplications(join(directory, 'apps'));
  if (!composition.ok) throw new Error(composition.errors.join('\n'));
  const file = join(directory, 'supergraph.graphql');
  writeFileSync(file, composition.supergraph);
  return file;
}

/** N as it stands in this checkout, and N+1 made of it. */
export function layOutVersions(directory: string, fault: Fault): Versions {
  return {
    present: layOut(directory, 'present', editsOfPresent),
    next: layOut(directory, 'next', editsOfNext(fault)),
  };
}

/** Plans the roll-out of N+1 over N, as every release is planned, with what clients send as the one document that is known. */
export function planVersions({ present, next }: Versions, scratch: string): Promise<Plan> {
  return planRelease({
    before: present.directory,
    after: next.directory,
    scratch,
    documents: [{ name: 'the visitors', source: operationOfN }],
    known: () => [],
  });
}
