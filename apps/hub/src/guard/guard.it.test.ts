import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { times } from '@marquee/testkit';
import { request } from 'undici';
import { createAddressRule } from './addresses.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import { readTargetUrl } from './target-url.ts';

let server: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  server = createServer((_, response) => response.end('reached'));
  server.on('connection', () => connections++);
  await new Promise<void>((listening) => server.listen(0, '::', listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const publicOnly = createAddressRule([]);
const agentOf = (rule = publicOnly, addresses?: () => string) =>
  createGuardedAgent({
    rule,
    connectTimeoutMs: 1_000,
    ...(addresses && {
      lookupAll: (_, done) => {
        const address = addresses();
        done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
      },
    }),
  });

/** Hosts that lead, by some way of writing, to this machine or to a network that is nobody's business. */
const hosts = [
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '０１７７.0.0.1',
  '１２７.０.０.１',
  '①②⑦.0.0.1',
  '127。0。0。1',
  '0.0.0.0',
  '0',
  'localhost',
  'localhost.',
  'LOCALHOST',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '[100::1]',
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
];

describe('an address that webhooks may not go to', () => {
  test.each(hosts)('%s is refused for an endpoint, and never connected to', async (host) => {
    const before = connections;
    const agent = agentOf();
    for (const protocol of ['https', 'http']) {
      const text = `${protocol}://${host}:${port}/hook`;
      const read = await readTargetUrl('url', text, publicOnly, async () => ['127.0.0.1', '::1']);
      expect(read).toMatchObject({ ok: false, refusal: { field: 'url' } });
      if (URL.canParse(text)) await expect(request(text, { dispatcher: agent })).rejects.toBeDefined();
    }
    await agent.close();
    expect(connections).toBe(before);
  });

  test.each([
    ['a user name', 'https://user@example.com/'],
    ['a password', 'https://user:secret@example.com/'],
    ['another protocol', 'ftp://example.com/'],
    ['a file', 'file:///etc/passwd'],
    ['a fragment', 'https://example.com/#here'],
    ['plain HTTP', 'http://example.com/'],
    ['no URL', 'example.com'],
  ])('%s is refused', async (_, text) => {
    const read = await readTargetUrl('url', text, publicOnly, async () => ['93.184.215.14']);
    expect(read).toMatchObject({ ok: false, refusal: { field: 'url' } });
  });

  test("is refused where only one of a name's addresses is such", async () => {
    const resolve = async () => ['93.184.215.14', '10.0.0.1'];
    expect(await readTargetUrl('url', 'https://example.com', publicOnly, resolve)).toMatchObject({
      ok: false,
    });
  });
});

test('a public address is taken, and a name that nobody knows yet', async () => {
  for (const addresses of [['93.184.215.14'], ['2606:2800:21f:cb07::1'], []]) {
    const read = await readTargetUrl('url', 'https://example.com/hook', publicOnly, async () => addresses);
    expect(read).toEqual({ ok: true, value: 'https://example.com/hook' });
  }
});

test('a name that changes its address after it was looked at is not followed', async () => {
  const before = connections;
  const agent = agentOf(publicOnly, () => '127.0.0.1');
  for (let round = 0; round < times({ test: 100, soak: 1000 }); round++) {
    const target = `https://rebinding-${round}.example:${port}/`;
    const read = await readTargetUrl('url', target, publicOnly, async () => ['93.184.215.14']);
    expect(read.ok).toBe(true);
    await expect(request(target, { dispatcher: agent })).rejects.toMatchObject({ code: 'FORBIDDEN_ADDRESS' });
  }
  await agent.close();
  expect(connections).toBe(before);
});

test('the operator may permit networks, over plain HTTP too, and nothing beside them', async () => {
  const rule = createAddressRule(['127.0.0.0/8']);
  const agent = agentOf(rule);
  const url = `http://127.0.0.1:${port}/hook`;
  expect(await readTargetUrl('url', url, rule)).toEqual({ ok: true, value: url });
  const answer = await request(url, { dispatcher: agent });
  expect(await answer.body.text()).toBe('reached');
  await expect(request(`http://[::1]:${port}/`, { dispatcher: agent })).rejects.toMatchObject({
    code: 'FORBIDDEN_ADDRESS',
  });
  await agent.close();
});

test('without the guard the same names lead here: the table proves something', async () => {
  const before = connections;
  for (const host of ['127.1', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]']) {
    const answer = await request(`http://${host}:${port}/`);
    expect(await answer.body.text()).toBe('reached');
  }
  expect(connections).toBeGreaterThan(before);
});
