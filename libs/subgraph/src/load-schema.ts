import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What every subgraph's schema begins with: the federation link, the scalars, `Node`, `Refusal`, `Money`, `PageInfo`
 * and the refusals that any service may answer.
 */
export function schemaPrelude(): string {
  return readFileSync(join(import.meta.dirname, 'prelude.graphql'), 'utf8');
}

/**
 * The SDL of one subgraph: the prelude, then every `*.graphql` file under `directory` in the order of their paths, so
 * that the answer is the same on every machine. Reads synchronously: it runs once, before anything is served.
 */
export function loadSchema(directory: string): string {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.graphql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('generated'))
    .toSorted();
  return [schemaPrelude(), ...files.map((file) => readFileSync(file, 'utf8'))].join('\n');
}
