import { describe, expect, test } from '@jest/globals';
import { generateKeyPairSync, sign, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { stripTypeScriptTypes } from 'node:module';
import { createContext, SourceTextModule } from 'node:vm';
import { eventually } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import { handleRequest } from '../examples/edge-worker.ts';
import { subscribeToSales } from '../examples/subscribe.ts';
import { receiveWebhooks } from '../examples/node-server.ts';
import * as sdk from './index.ts';
import type { MarqueeEvent } from './index.ts';

const { createClient, verifyWebhook } = sdk;

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
const refusal = (headers: object, text: string = body, nowMs = Date.now()) =>
  verifyWebhook(secret, headers as Record<string, string>, text, { nowMs }).then(
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
    [300, 'taken'],
    [301, 'TOO_OLD'],
    [-300, 'taken'],
    [-301, 'TOO_NEW'],
  ])('that was signed %i seconds ago is %s', async (seconds, expected) => {
    const nowMs = Date.parse('2027-03-20T19:00:00Z');
    expect(await refusal(signed(new Date(nowMs - seconds * 1000)), body, nowMs)).toBe(expected);
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

/** What browsers and workers at the edge have of what the SDK needs: no module, nothing of Node. */
const atTheEdge = {
  crypto: webcrypto,
  TextEncoder,
  TextDecoder,
  atob,
  Uint8Array,
  ArrayBuffer,
  URL,
  AbortSignal,
};

/** The SDK as it is loaded where there is nothing else; refuses every import that is not its own. */
async function loadAtTheEdge(): Promise<typeof sdk> {
  const context = createContext({ ...atTheEdge });
  const modules = new Map<string, SourceTextModule>();
  const load = (file: string): SourceTextModule => {
    const source = stripTypeScriptTypes(readFileSync(file, 'utf8'));
    const module = modules.get(file) ?? new SourceTextModule(source, { context, identifier: file });
    modules.set(file, module);
    return module;
  };
  const entry = load(join(import.meta.dirname, 'index.ts'));
  await entry.link((specifier, { identifier }) => {
    if (specifier === '@marquee/client') return load(join(import.meta.dirname, '../../client/src/index.ts'));
    if (!specifier.startsWith('.')) throw new Error(`it imports ${specifier}`);
    return load(resolve(dirname(identifier), specifier));
  });
  await entry.evaluate();
  return entry.namespace as typeof sdk;
}

/** A graph that answers the same to everything, and remembers what it was asked. */
function fakeGraph(answer: object, status = 200) {
  const asked: { url: string; init: RequestInit }[] = [];
  const ask = (async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return Response.json(answer, { status });
  }) as unknown as typeof fetch;
  return { asked, ask };
}

test('it needs nothing but what browsers and the edge have, imports nothing, and works there', async () => {
  const loaded = await loadAtTheEdge();
  expect(await loaded.verifyWebhook(secret, signed(), body)).toMatchObject({ type: 'tickets.order-paid.v1' });
  const { asked, ask } = fakeGraph({ data: { occurrences: { edges: [] } } });
  const client = loaded.createClient({ url: 'https://tickets.example/graphql', token: 'mqk_1', fetch: ask });
  expect(await client.operations.upcomingOccurrences({ first: 1 })).toEqual({ occurrences: { edges: [] } });
  expect(asked[0]!.init.headers).toMatchObject({ authorization: 'Bearer mqk_1' });
});

describe('the examples', () => {
  test('subscribe by the typed client, and say in words why not', async () => {
    const subscribe = (answer: object, status?: number) => {
      const { asked, ask } = fakeGraph(answer, status);
      const client = createClient({ url: 'https://tickets.example/graphql', fetch: ask });
      return subscribeToSales(client, 'https://shop.example/hooks').then((said) => ({ said, asked }));
    };
    const created = { __typename: 'WebhookEndpointCreated', endpoint: {}, secret };
    const { said, asked } = await subscribe({ data: { createWebhookEndpoint: created } });
    expect(said).toBe(secret);
    expect(JSON.parse(asked[0]!.init.body as string).variables.input.url).toBe('https://shop.example/hooks');
    const refused = { __typename: 'InvalidInput', message: 'url: must be https', field: 'url' };
    expect((await subscribe({ data: { createWebhookEndpoint: refused } })).said).toBe('url: must be https');
    const spent = { errors: [{ message: 'Spent.', extensions: { code: 'PLAN_SPENT' } }] };
    expect((await subscribe(spent, 429)).said).toBe('PLAN_SPENT: Spent.');
  });

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
