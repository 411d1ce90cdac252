import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { workspaceRoot } from '../start/config.ts';

/** A generated page: its path from the root of the repository, and its text, not yet formatted. */
export type Page = { readonly path: string; readonly text: string };

/** Writes what differs; with `check` writes nothing, and fails the process where a page is stale. */
export async function writePages(
  pages: readonly Page[],
  { check }: { readonly check: boolean },
): Promise<void> {
  for (const { path, text } of pages) {
    const file = join(workspaceRoot, path);
    const wanted = await format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
    if (read(file) === wanted) continue;
    if (check) {
      process.stderr.write(`${path} is stale. Run: npm run generate\n`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, wanted);
      process.stdout.write(`${path}\n`);
    }
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
