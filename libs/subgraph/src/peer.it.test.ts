import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createOutbound, type Outbound } from '@marquee/outbound';
import { createMetrics, runWithCorrelation, silentLogger } from '@marquee/telemetry';
import { createPeer, isPeerUnavailable, type Peer } from './peer.ts';
import { verifyViewer, type Viewer } from './viewer.ts';

const secret = 'a secret of at least thirty-two characters';
const viewer: Viewer = { subject: 'acc_1', organisationId: newUuid(), role: 'GUEST', scopes: [] };

type Seen = { readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown };

let server: Server;
let outbound: Outbound;
let peer: Peer;
let seen: Seen[];
let reply: { status: number; body: string };

beforeEach(async () => {
  seen = [];
  reply = { status: 200, body: '{"data":{"space":{"id":"1"}}}' };
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: JSON.parse(body) });
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outbound = createOutbound({
    name: 'venues',
    timeoutMs: 2_000,
    retry: { attempts: 2, safe: false },
    logger: silentLogger,
    metrics: createMetrics(),
  });
  const { port } = server.address() as AddressInfo;
  peer = createPeer({
    name: 'venues',
    url: `http://127.0.0.1:${port}/graphql`,
    internalSecret: secret,
    outbound,
  });
});

afterEach(async () => {
  await outbound.close();
  server.closeAllConnections();
  server.close();
});

test('a question is signed as the viewer and carries the correlation', async () => {
  const data = await runWithCorrelation({ correlationId: 'trip-1', actor: 'acc_1' }, () =>
    peer.query<{ space: { id: string } }>(viewer, 'query ($id: ID!) { space(id: $id) { id } }', { id: '1' }),
  );
  expect(data.space.id).toBe('1');
  expect(seen[0]!.body).toEqual({
    query: 'query ($id: ID!) { space(id: $id) { id } }',
    variables: { id: '1' },
  });
  expect(verifyViewer(seen[0]!.headers['x-marquee-viewer'] as string, secret)).toEqual({ ok: true, viewer });
  expect(seen[0]!.headers['x-correlation-id']).toBe('trip-1');
});

test("the peer's refusal is an error of the one who asks", async () => {
  reply.body = '{"errors":[{"message":"not you","extensions":{"code":"FORBIDDEN"}}]}';
  await expect(peer.query(viewer, '{ a }')).rejects.toMatchObject({
    code: 'PEER_ERROR',
    peerCode: 'FORBIDDEN',
    peer: 'venues',
  });
});

test.each([
  ['a fault', 200, '{"errors":[{"message":"oh","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}'],
  ['an error without a code', 200, '{"errors":[{"message":"oh"}]}'],
  ['a status of 503', 503, '{}'],
  ['something else than JSON', 200, '<html>'],
])('%s means that nothing is known', async (_, status, body) => {
  reply = { status, body };
  const error = await peer.query(viewer, '{ a }').catch((caught: unknown) => caught);
  expect(isPeerUnavailable(error)).toBe(true);
});

test('a query is asked again where the peer is overloaded, a mutation is not', async () => {
  reply = { status: 503, body: '{}' };
  await expect(peer.query(viewer, '{ a }')).rejects.toMatchObject({ code: 'PEER_UNAVAILABLE' });
  expect(seen).toHaveLength(2);
  await expect(peer.query(viewer, 'mutation { a }')).rejects.toMatchObject({ code: 'PEER_UNAVAILABLE' });
  expect(seen).toHaveLength(3);
});

test('a peer that is not there is unavailable', async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const error = await peer.query(viewer, '{ a }').catch((caught: unknown) => caught);
  expect(isPeerUnavailable(error)).toBe(true);
  expect(isPeerUnavailable(new Error('other'))).toBe(false);
});
