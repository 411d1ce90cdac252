import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the sources, and portable: it is made in one folder and used in another. */
export const compileCache = {
  NODE_COMPILE_CACHE: '.compile-cache',
  NODE_COMPILE_CACHE_PORTABLE: '1',
} as const;

export type Warmed = { readonly app: string; readonly fault?: string };

/**
 * Starts each app once without any setting. It loads everything that it imports, says which settings are missing, and
 * ends: what it compiled is kept, and what the image lacks shows.
 */
export function warm(out: string): Warmed[] {
  return readdirSync(join(out, 'apps')).map((app) => {
    const { stderr } = spawnSync(process.execPath, [join('apps', app, 'src/main.ts')], {
      cwd: out,
      encoding: 'utf8',
      env: { ...compileCache, NODE_COMPILE_CACHE: join(out, compileCache.NODE_COMPILE_CACHE) },
      timeout: 120_000,
    });
    const complete = stderr.includes('The environment is not right');
    return complete ? { app } : { app, fault: stderr.trim().slice(0, 2_000) };
  });
}
