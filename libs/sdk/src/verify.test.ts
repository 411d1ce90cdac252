import { describe, expect, test } from '@jest/globals';
import { generateKeyPairSync, sign, webcrypto } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripTypeScriptTypes } from 'node:module';
import { createContext, SourceTextModule } from 'node:vm';
import { eventually } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import { handleRequest } from '../examples/edge-worker.ts';
import { receiveWebhooks } from '../examples/node-server.ts';
import { verifyWebhook, type MarqueeEvent } from './index.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
const body = JSON.stringify({
  specversion: '1.0',
  type: 'tickets.order-paid.v1',
  data: { note: 'Übergröße ✓' },
});
const id = 'dlv_01h455vb4pex5vsknk084sn02q';

/** As the specification's own library signs. */
function signed(at = new Date(), key = secret) {
  const seconds = Math.floor(at.getTime() / 1000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  };
}
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);
const refusal = (headers: object, text: string = body) =>
  verifyWebhook(secret, headers as Record<string, string>, text).then(
    () => 'taken',
    (error: { code?: string }) => error.code,
  );

describe('a message', () => {
  test("that the specification's own library signed is taken, whatever its body comes as", async () => {
    const event = JSON.parse(body) as unknown;
    const bytes = new TextEncoder().encode(body);
    for (const each of [body, bytes, bytes.buffer, Buffer.from(body)])
      expect(await verifyWebhook(secret, signed(), each)).toEqual(event);
    expect(await verifyWebhook(secret, new Headers(signed()), body)).toEqual(event);
  });

  test('is taken by any of several secrets, and one of several signatures', async () => {
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(await verifyWebhook([other, secret], signed(), body)).toBeDefined();
    const both = `${signed(new Date(), other)['webhook-signature']} ${signed()['webhook-signature']} v1a,AAAA`;
    expect(await verifyWebhook(secret, { ...signed(), 'webhook-signature': both }, body)).toBeDefined();
    await expect(verifyWebhook(other, signed(), body)).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
  });

  test('is taken by the public key, which signs with Ed25519', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64')}`;
    const headers = signed();
    const content = Buffer.from(`${id}.${headers['webhook-timestamp']}.${body}`);
    const signature = `v1a,${sign(null, content, privateKey).toString('base64')}`;
    expect(await verifyWebhook(key, { ...headers, 'webhook-signature': signature }, body)).toBeDefined();
    await expect(verifyWebhook(key, headers, body)).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
  });

  test.each([
    [299, 'taken'],
    [301, 'TOO_OLD'],
    [-299, 'taken'],
    [-301, 'TOO_NEW'],
  ])('that was signed %i seconds ago is %s', async (seconds, expected) => {
    expect(await refusal(signed(secondsAgo(seconds)))).toBe(expected);
  });

  test.each(['abc', '0x10', ' 1', '1.5', '-1', '١٢٣', `${Math.floor(Date.now() / 1000)}abc`, '1e9'])(
    'with the timestamp %j is refused, though the signature were right',
    async (timestamp) => {
      const signature = new Webhook(secret).sign(id, new Date(), body);
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      expect(await refusal(headers)).toBe('BAD_TIMESTAMP');
    },
  );

  test("that was changed, or is somebody else's, is refused", async () => {
    expect(await refusal(signed(), `${body} `)).toBe('BAD_SIGNATURE');
    expect(await refusal(signed(), JSON.stringify(JSON.parse(body), null, 1))).toBe('BAD_SIGNATURE');
    expect(await refusal({ ...signed(), 'webhook-id': 'dlv_other' })).toBe('BAD_SIGNATURE');
    for (const signature of ['v1,', 'v1,AAAA', 'v2,AAAA', '%%%', 'v1,%%%'])
      expect(await refusal({ ...signed(), 'webhook-signature': signature })).toBe('BAD_SIGNATURE');
    for (const header of Object.keys(signed())) {
      expect(await refusal({ ...signed(), [header]: undefined })).toBe('MISSING_HEADER');
    }
  });

  test("that a parser has read already, or a key that is none, is a fault of the receiver's code", async () => {
    await expect(verifyWebhook(secret, signed(), JSON.parse(body) as string)).rejects.toThrow('raw body');
    await expect(verifyWebhook('secret', signed(), body)).rejects.toThrow('begins with whsec_');
    await expect(verifyWebhook('whsec_%%%', signed(), body)).rejects.toThrow('cut off');
  });
});

test('it needs nothing but what browsers and the edge have, and imports nothing', async () => {
  const sources = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  for (const file of sources) {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    expect([...text.matchAll(/from '([^.][^']*)'/g)].map((match) => match[1])).toEqual([]);
  }
  const source = stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'verify.ts'), 'utf8'));
  const edge = createContext({ crypto: webcrypto, TextEncoder, TextDecoder, atob, Uint8Array, ArrayBuffer });
  const module = new SourceTextModule(source, { context: edge });
  await module.link(() => {
    throw new Error('it imports something');
  });
  await module.evaluate();
  const { verifyWebhook: atTheEdge } = module.namespace as { verifyWebhook: typeof verifyWebhook };
  expect(await atTheEdge(secret, signed(), body)).toMatchObject({ type: 'tickets.order-paid.v1' });
});

describe('the examples', () => {
  test('receive with node:http, each message once', async () => {
    const handled: MarqueeEvent[] = [];
    const server = receiveWebhooks(secret, (event) => handled.push(event));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const post = async (text: string) =>
      (await fetch(url, { method: 'POST', headers: signed(), body: text })).status;
    expect([await post(body), await post(body), await post(`${body} `)]).toEqual([204, 204, 400]);
    await eventually(() => expect(handled).toEqual([JSON.parse(body)]));
    await new Promise((closed) => server.close(closed));
  });

  test('receive at the edge', async () => {
    const paid: unknown[] = [];
    const ask = async (text: string) => {
      const request = new Request('https://example.com', { method: 'POST', headers: signed(), body: text });
      return (await handleRequest(request, secret, async ({ data }) => void paid.push(data))).status;
    };
    expect([await ask(body), await ask('{}')]).toEqual([204, 400]);
    expect(paid).toEqual([{ note: 'Übergröße ✓' }]);
  });
});
