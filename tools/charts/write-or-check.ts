import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './helm.ts';

/** The command line of a generator: writes its files (text by path), or with --check says which ones are stale. */
export async function writeOrCheck(
  usage: string,
  generate: () => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>,
): Promise<number> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  let stale = 0;
  for (const [path, text] of await generate()) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    if (values.check) {
      stale += 1;
      process.stderr.write(`${path} is stale: npm run generate\n`);
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      process.stdout.write(`wrote ${path}\n`);
    }
  }
  return stale > 0 ? 1 : 0;
}
