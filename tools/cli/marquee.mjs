#!/usr/bin/env node
// Plain JavaScript, and old: whatever Node the machine has must be able to read it. It hands over to the Node of the
// workspace where that is another, since only Node 24 runs our TypeScript as it is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const wanted = 24;
const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, 'main.ts');
const bin = join(here, '..', '..', 'node_modules', '.bin');
const ours = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');

if (Number(process.versions.node.split('.')[0]) >= wanted) {
  await import(pathToFileURL(main).href);
} else if (existsSync(ours)) {
  // Signals of the terminal reach the child too; it says when it has ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  const { status, signal } = spawnSync(ours, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? (signal ? 1 : 0);
} else {
  process.stderr.write(
    `marquee needs Node ${wanted}, this is ${process.version} and ${ours} is not there. Run: npm install\n`,
  );
  process.exitCode = 1;
}
