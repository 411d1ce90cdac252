import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { temporaryDirectory } from '@marquee/testkit';
import { runMarquee } from '../marquee.ts';
import { pluginCommands } from './index.ts';

let directory: string;
const at = (...path: readonly string[]) => join(directory, ...path);

beforeAll(async () => {
  directory = (await temporaryDirectory()).path;
  for (const name of ['publisher', 'marketplace', 'other']) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(at(`${name}.pem`), pem);
  }
});

async function marquee(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const io = {
    isTerminal: false,
    signal: new AbortController().signal,
    out: async (text: string) => void (out += text),
    err: (text: string) => void (err += text),
  };
  const exitCode = await runMarquee(args, io);
  return {
    exitCode,
    out,
    err,
    lines: () =>
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
  };
}
const plugin = (...args: readonly string[]) => marquee('plugin', ...args);
const publish = (file: string, key = 'publisher', more: readonly string[] = []) => {
  const keys = ['--key', at(`${key}.pem`), '--index-key', at('marketplace.pem')];
  return plugin('publish', at(file), '--to', at('shop'), '--publisher', 'me', ...keys, '--json', ...more);
};

test('A plugin as it is laid out passes its tests, is packed and published', async () => {
  expect(await plugin('new', 'loyal-guests', '--directory', at('loyal'))).toMatchObject({ exitCode: 0 });
  expect(await plugin('new', 'loyal-guests', '--directory', at('loyal'))).toMatchObject({ exitCode: 1 });
  const tested = await plugin('test', at('loyal'), '--json');
  expect(tested.exitCode).toBe(0);
  expect(tested.lines()).toHaveLength(4);
  const packed = await plugin('pack', at('loyal'), '--out', at('loyal.json'), '--json');
  expect(packed.lines()).toMatchObject([{ name: 'loyal-guests', version: '0.1.0' }]);
  const published = await publish('loyal.json');
  expect(published.lines()).toEqual([
    { name: 'loyal-guests', version: '0.1.0', level: 'community', plugins: 1 },
  ]);
  expect(JSON.parse(readFileSync(at('shop', 'index.json'), 'utf8'))).toMatchObject({ index: { serial: 1 } });
});

test('A plugin that does not do what its samples say fails, and names the check', async () => {
  await plugin('new', 'careless', '--directory', at('careless'));
  writeFileSync(at('careless', 'plugin.js'), 'export const priceAdjustment = () => ({ discounts: [] })');
  const { exitCode, out } = await plugin('test', at('careless'));
  expect(exitCode).toBe(1);
  expect(out).toContain('FAILED  price-adjustment: takes the amount off each ticket: it answered');
  writeFileSync(at('careless', 'plugin.json'), '{"manifest":1}');
  expect(await plugin('test', at('careless'))).toMatchObject({ exitCode: 1 });
  expect(await plugin('pack', at('careless'))).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('manifest'),
  });
});

test('What is not newer, or is signed with another key, is not published', async () => {
  const again = await publish('loyal.json');
  expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('give it a higher version') });
  const manifest = JSON.parse(readFileSync(at('loyal', 'plugin.json'), 'utf8')) as object;
  writeFileSync(at('loyal', 'plugin.json'), JSON.stringify({ ...manifest, version: '0.2.0' }));
  await plugin('pack', at('loyal'), '--out', at('newer.json'));
  expect(await publish('newer.json', 'other')).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('publishes with another key'),
  });
  expect(await publish('newer.json')).toMatchObject({ exitCode: 0 });
});

test('Every command has its help, and says what a wrong line lacks', async () => {
  for (const { name } of pluginCommands) {
    const help = await plugin(name, '--help');
    expect(help.exitCode).toBe(0);
    expect(help.out).toContain(`marquee plugin ${name}`);
    expect((await plugin(name)).exitCode).toBe(2);
  }
  expect(await plugin('frob')).toMatchObject({ exitCode: 2, err: expect.stringContaining('publish') });
});
