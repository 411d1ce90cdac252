import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A module of an app, such as `tickets/src/migrations/index.ts`. By path and at run time: tools run apps and look into
 * their databases, but no code is built on theirs.
 */
export async function importAppModule<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(import.meta.dirname, '../../apps', path)).href)) as T;
}
