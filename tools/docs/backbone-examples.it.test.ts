import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { testServers } from '@marquee/testkit';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../../docs/backbone');
const examples = globSync('[0-9][0-9]-*.ts', { cwd: join(folder, 'examples') }).toSorted();

/** What an example says that it prints: the comment at its end. */
function promised(source: string): string {
  const [, block] = /\n\/\/ Prints:\n((?:\/\/.*\n)+)$/.exec(source) ?? [];
  expect(block).toBeDefined();
  return block!.replaceAll(/^\/\/ ? ? ?/gm, '');
}

describe('the examples of the backbone', () => {
  let servers: { readonly postgresUrl: string; readonly natsUrl: string };
  beforeAll(async () => {
    servers = await testServers();
  });

  test.each(examples)('%s prints what it says', async (example) => {
    const file = join(folder, 'examples', example);
    const { stdout } = await run(process.execPath, [file], {
      env: { ...process.env, EXAMPLE_POSTGRES_URL: servers.postgresUrl, EXAMPLE_NATS_URL: servers.natsUrl },
      timeout: 90_000,
    });
    expect(stdout).toBe(promised(readFileSync(file, 'utf8')));
  });

  test('are all in the guide, in their order', () => {
    const guide = readFileSync(join(folder, 'README.md'), 'utf8');
    const listed = [...guide.matchAll(/\(examples\/(\d\d-[\w-]+\.ts)\)/g)].map((match) => match[1]!);
    expect(listed).toEqual(examples.map((example) => basename(example)));
  });
});
