import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueSchemas, findBreaks, type CatalogueSchemas } from '@marquee/contracts';
import { breaksText } from './breaks-text.ts';
import { snapshotPath } from './snapshot.ts';

const repository = join(import.meta.dirname, '../..');

const usage = `Whether every event still means what its version promised. Exits 1 with event, path and reason where not.

  node tools/contracts/compatibility.ts [--against REVISION]

  --against REVISION   compares with the snapshot of this git revision, such as origin/main, and not with the one in
                       the checkout
`;

function main(): number {
  const { values } = parseArgs({
    options: { against: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return print(usage, 0);
  const kept =
    values.against === undefined
      ? readFileSync(join(repository, snapshotPath), 'utf8')
      : committed(values.against);
  const snapshot = JSON.parse(kept) as CatalogueSchemas;
  const breaks = findBreaks(snapshot, catalogueSchemas());
  if (breaks.length > 0) return print(breaksText(breaks), 1);
  return print(`${Object.keys(snapshot.$defs).length} events keep what their versions promise\n`, 0);
}

function committed(revision: string): string {
  const git = spawnSync('git', ['show', `${revision}:${snapshotPath}`], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (git.status !== 0) throw new Error(`git has no ${snapshotPath} at ${revision}: ${git.stderr}`);
  return git.stdout;
}

function print(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

process.exitCode = main();
