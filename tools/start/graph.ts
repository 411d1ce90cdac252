import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './config.ts';
import type { Launch } from './launch.ts';

/**
 * Composes the supergraph that the gateway serves, unless it is of the same schema files as the last time. Throws a
 * LaunchError with what does not compose; the file of the last time stays.
 */
export async function prepareSupergraph({ root, home, supergraphFile }: Launch): Promise<void> {
  const sources = schemaFiles(root);
  if (sources.length === 0) return;
  const mark = `${supergraphFile}.sources`;
  const digest = digestOf(sources);
  if (existsSync(supergraphFile) && existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;

  // Composition takes a third of a second to load, and most starts need none.
  const { composeApplications } = await import('../compose/compose.ts');
  const composition = composeApplications(join(root, 'apps'));
  if (!composition.ok) throw new LaunchError(`The schemas do not compose:\n${composition.errors.join('\n')}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(`${supergraphFile}.new`, composition.supergraph);
  renameSync(`${supergraphFile}.new`, supergraphFile);
  writeFileSync(mark, digest);
}

/** What the supergraph is made of: schemas, their common prelude, and the code that composes them. */
function schemaFiles(root: string): string[] {
  const schemas = graphqlFiles(join(root, 'apps'));
  if (schemas.length === 0) return [];
  const composer = join(import.meta.dirname, '..', 'compose', 'compose.ts');
  return [...schemas, ...graphqlFiles(join(root, 'libs')), composer, join(root, 'package-lock.json')].filter(
    existsSync,
  );
}

function graphqlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql') && !/(^|\/)(node_modules|generated)\//.test(path))
    .toSorted()
    .map((path) => join(folder, path));
}

function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex');
}
