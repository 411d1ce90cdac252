import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { ask, composeFakes, startFakePlatform, type FakePlatform } from './fake-platform.test-support.ts';
import { watchSupergraph } from './supergraph-file.ts';

let platform: FakePlatform | undefined;

afterEach(async () => {
  await platform?.stop();
  platform = undefined;
});

describe('in production', () => {
  test('the schema is not shown, nor guessed at by suggestions', async () => {
    platform = await startFakePlatform({ introspection: false, explorer: false });
    const token = await platform.issuer.sign();
    const introspection = await ask(platform.gateway, '{ __schema { types { name } } }', { token });
    expect(introspection.status).toBe(400);
    const misspelt = await ask(platform.gateway, '{ venus { name } }', { token });
    expect(misspelt.body.errors[0]?.message).not.toContain('venues');
    const page = await fetch(`${platform.gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).not.toContain('text/html');
    expect((await fetch(`${platform.gateway.url}/explorer`)).status).toBe(404);
  });

  test('only origins that are named may read answers', async () => {
    platform = await startFakePlatform({ allowedOrigins: ['https://shop.example'] });
    const from = async (origin: string) => {
      const response = await fetch(`${platform!.gateway.url}/health/live`, { headers: { origin } });
      expect(response.headers.get('vary')).toContain('origin');
      return response.headers.get('access-control-allow-origin');
    };
    expect(await from('https://shop.example')).toBe('https://shop.example');
    expect(await from('https://evil.example')).toBeNull();
  });
});

test('a new supergraph is taken while running, and one that cannot be is not', async () => {
  platform = await startFakePlatform();
  const { services, issuer } = platform;
  const urls = { venues: services['venues']!.url, events: services['events']!.url };
  const file = join(dirname(issuer.jwksFile), 'supergraph.graphql');
  const lines: string[] = [];
  const logger = createLogger({
    service: 'gateway',
    level: 'info',
    destination: { write: (line) => lines.push(line) },
  });
  const replace = (sdl: string) => {
    writeFileSync(`${file}.new`, sdl);
    renameSync(`${file}.new`, file);
  };
  const full = composeFakes(urls);
  replace(full.replace(/^ {2}whoAmI: String.*\n/m, ''));
  const watching = await startFakePlatform({
    supergraph: full.replace(/^ {2}whoAmI: String.*\n/m, ''),
    watchSupergraph: (onChange) => watchSupergraph(file, onChange, logger),
    tokens: { development: { jwksFile: issuer.jwksFile, issuer: 'tests' }, audience: 'marquee' },
  });
  const token = await issuer.sign();
  const who = async () => (await ask(watching.gateway, '{ whoAmI }', { token })).status;
  expect(await who()).toBe(400);

  replace('type Query { nonsense');
  await eventually(() => expect(lines.join('')).toContain('kept the old supergraph'));
  expect((await ask(watching.gateway, '{ venues { name } }', { token })).body.data?.['venues']).toHaveLength(
    1,
  );

  replace(full);
  await eventually(async () => expect(await who()).toBe(200));
  await watching.stop();
});
