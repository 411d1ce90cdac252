import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hashOf } from '../../apps/gateway/src/documents/document-store.ts';

const main = join(import.meta.dirname, 'main.ts');
const journey = join(import.meta.dirname, '../../apps/gateway/src/contract/journey.graphql');
const directory = mkdtempSync(join(tmpdir(), 'marquee-register-'));
const node = (...args: string[]) =>
  spawnSync(process.execPath, [main, ...args, '--directory', directory], { encoding: 'utf8' });
const file = (name: string, text: string) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
const release = ['--client', 'web', '--version', '1.0.0'];

test('the operations of the contract are registered, listed and removed', () => {
  const args = [main, 'register', ...release, '--directory', directory, '--json', journey];
  const { manifest, documents } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    manifest: string;
    documents: Record<string, string>;
  };
  expect(Object.keys(documents)).toContain('HoldTickets');
  const written = JSON.parse(readFileSync(manifest, 'utf8')) as { documents: Record<string, string> };
  for (const [hash, text] of Object.entries(written.documents)) expect(hashOf(text)).toBe(hash);
  expect(JSON.parse(node('list', '--json').stdout)).toEqual([
    { client: 'web', version: '1.0.0', documents: Object.keys(written.documents).length },
  ]);
  expect(node('remove', ...release).status).toBe(0);
  expect(JSON.parse(node('list', '--json').stdout)).toEqual([]);
});

test("Relay's and Apollo's files are taken to the byte; what does not fit the graph is refused by name", () => {
  const text = 'query   A { venues(first: 1) { edges { node { name } } } }';
  const relay = file('relay.json', JSON.stringify({ '5d41402abc4b2a76b9719d911017c592': text }));
  const apollo = file(
    'apollo.json',
    JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'x', body: text }],
    }),
  );
  for (const path of [relay, apollo]) {
    const { documents } = JSON.parse(node('register', ...release, '--json', path).stdout) as {
      documents: object;
    };
    expect(documents).toEqual({ A: `sha256:${hashOf(text)}` });
  }
  const wrong = node('register', ...release, file('wrong.graphql', 'query B { nothing }'));
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toContain('wrong.graphql: B: Cannot query field "nothing"');
  expect(node('register', '--client', '../web', '--version', '1', relay).stderr).toContain(
    '--client must be',
  );
  expect(node('publish').stderr).toContain('There is no command "publish"');
});
