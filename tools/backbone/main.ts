import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { workspaceRoot } from '../start/config.ts';
import { pages } from './pages.ts';

const usage = `node tools/backbone/main.ts [--check]

Writes the pages of docs/backbone that are generated: event-flow.md from the code, cli.md from the commands' --help.

  --check   writes nothing; exits 1 where a page is not what it would be
  --help
`;

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(usage);
else {
  for (const { path, text } of pages()) {
    const file = join(workspaceRoot, path);
    const wanted = await format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
    if (read(file) === wanted) continue;
    if (values.check) {
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
