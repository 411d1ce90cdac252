import { join, resolve } from 'node:path';

/** Where this machine's platform keeps its keys: `keys` in MARQUEE_HOME, which is `.marquee` unless set. */
export function keysDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const workspace = join(import.meta.dirname, '../..');
  return join(resolve(workspace, env['MARQUEE_HOME'] || '.marquee'), 'keys');
}
