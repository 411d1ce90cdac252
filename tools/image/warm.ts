import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeOptions, v8Flags } from '../start/node-options.ts';

/**
 * What the image sets for Node, beside the flags of its entry point; the compile cache is portable, since it is made in one folder
 * and used in another.
 */
const settings = {
  NODE_OPTIONS: nodeOptions,
  NODE_COMPILE_CACHE: '.compile-cache',
  NODE_COMPILE_CACHE_PORTABLE: '1',
} as const;

/** The same for an image that lies in this folder. */
export function nodeSettings(folder: string): Record<keyof typeof settings, string> {
  return { ...settings, NODE_COMPILE_CACHE: join(folder, settings.NODE_COMPILE_CACHE) };
}

export type Warmed = { readonly app: string; readonly fault?: string };

/**
 * Starts each app once without any setting. It loads everything that it imports, says which settings are missing, and
 * ends: what it compiled is kept, and what the image lacks shows.
 */
export function warm(out: string): Warmed[] {
  return readdirSync(join(out, 'apps')).map((app) => {
    const fault = load(out, join('apps', app, 'src/main.ts'), 'The environment is not right');
    return fault === undefined ? { app } : { app, fault };
  });
}

/** The same of each tool, which shows its usage. Answers what those say that lack something. */
export function toolFaults(out: string): string[] {
  const tools = readdirSync(join(out, 'tools'))
    .map((name) => `tools/${name}/main.ts`)
    .filter((main) => existsSync(join(out, main)));
  return tools.flatMap((main) => load(out, main, `node ${main}`) ?? []);
}

/** What a program says, started without anything, where that is not what it says once it has all that it imports. */
function load(out: string, main: string, wanted: string): string | undefined {
  const { stdout, stderr } = spawnSync(process.execPath, [...v8Flags, main], {
    cwd: out,
    encoding: 'utf8',
    env: nodeSettings(out),
    timeout: 120_000,
  });
  return `${stdout}${stderr}`.includes(wanted) ? undefined : `${main}: ${stderr.trim().slice(0, 2_000)}`;
}
