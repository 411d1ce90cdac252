import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

/** Files of packages that a process holds after it imported this library. */
const script = `
import { createRequire } from 'node:module';
await import(process.argv[1]);
const loaded = Object.keys(createRequire(import.meta.url).cache);
process.stdout.write(JSON.stringify(loaded.filter((file) => /node_modules.(typeorm|pg).(?!.*node_modules)/.test(file))));
`;

test('whoever opens no database does not load what one takes: 30 MB of each process without', async () => {
  const entry = fileURLToPath(new URL('index.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
    entry,
  ]);
  expect(JSON.parse(stdout)).toEqual([]);
});
