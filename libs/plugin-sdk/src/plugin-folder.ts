import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HookPoint } from '@marquee/contracts';
import { PluginRefusedError } from './package.ts';

/** What a hook answers to what, with which settings: written by the plugin's author, and looked at by its tests. */
export type Sample = {
  readonly point: HookPoint;
  /** For the reader. */
  readonly about: string;
  readonly settings?: unknown;
  readonly input: unknown;
  readonly output: unknown;
};

/** A plugin while it is written: `plugin.json`, `plugin.js` where it has code, and `samples.json`. */
export type PluginFolder = {
  /** Not judged yet. */
  readonly manifest: unknown;
  readonly code: string | null;
  readonly samples: readonly Sample[];
};

/** Throws PluginRefusedError where a file is missing or no JSON. */
export function readPluginFolder(directory: string): PluginFolder {
  const code = join(directory, 'plugin.js');
  return {
    manifest: readJson(join(directory, 'plugin.json')),
    code: existsSync(code) ? readFileSync(code, 'utf8') : null,
    samples: readJson(join(directory, 'samples.json')) as readonly Sample[],
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new PluginRefusedError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
