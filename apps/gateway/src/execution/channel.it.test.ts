import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createOutbound, type Outbound } from '@marquee/outbound';
import { batchHeader, maxBatch, type Viewer } from '@marquee/subgraph';
import { createMetrics, runWithCorrelation, silentLogger } from '@marquee/telemetry';
import { createChannel, type Channel } from './channel.ts';

type Read = { readonly correlationId: string; readonly remainingMs?: number; readonly ask: unknown };
type Request = { readonly headers: IncomingHttpHeaders; readonly body: unknown };

const ada: Viewer = { subject: 'acc_1', organisationId: 'org_1', role: 'GUEST', scopes: [] };
const grace: Viewer = { ...ada, subject: 'acc_2' };

let server: Server;
let outbound: Outbound;
let channel: Channel;
let requests: Request[];
/** Whether the service says that it takes batches. */
let says: boolean;
let answerList: (reads: readonly Read[], response: ServerResponse) => void;

const echo = (index: number, { ask }: Read) => `${index} 200 ${JSON.stringify({ data: ask })}\n`;

beforeEach(async () => {
  requests = [];
  says = true;
  answerList = (reads, response) => response.end(reads.map((read, index) => echo(index, read)).join(''));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
      requests.push({ headers: request.headers, body });
      if (says) response.setHeader(batchHeader, '1');
      if (Array.isArray(body)) answerList(body as Read[], response);
      else response.end(JSON.stringify({ data: body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outbound = createOutbound({
    name: 'venues',
    timeoutMs: 5_000,
    retry: { attempts: 2, safe: false },
    logger: silentLogger,
    metrics: createMetrics(),
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  channel = createChannel({ url, outbound }, ({ subject }) => subject);
  // From its first answer the gateway knows that this service takes batches.
  await readAs(ada, 'first');
  requests = [];
});

afterEach(async () => {
  await outbound.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A read that is part of a request of its own. */
async function readAs(viewer: Viewer, id: string, leftMs = 10_000): Promise<unknown> {
  const correlation = { correlationId: id, actor: viewer.subject, deadlineAtMs: Date.now() + leftMs };
  const { status, text } = await runWithCorrelation(correlation, () =>
    channel.read(viewer, JSON.stringify({ id })),
  );
  return status === 200 ? (JSON.parse(text) as { data: { id: string } }).data.id : status;
}

const listed = () => requests.map(({ body }) => (Array.isArray(body) ? body.length : 'alone'));

test('reads of one viewer at one time are one request, each under its own id, and each has its own answer', async () => {
  expect(await Promise.all([readAs(ada, 'a'), readAs(ada, 'b'), readAs(ada, 'c')])).toEqual(['a', 'b', 'c']);
  expect(listed()).toEqual([3]);
  expect(requests[0]!.headers['x-marquee-viewer']).toBe('acc_1');
  const reads = requests[0]!.body as Read[];
  expect(reads.map(({ correlationId }) => correlationId)).toEqual(['a', 'b', 'c']);
  for (const { remainingMs } of reads) expect(remainingMs).toBeGreaterThan(5_000);
});

test('no batch has reads of two viewers, though they are of one house', async () => {
  await Promise.all([readAs(ada, 'a'), readAs(grace, 'b'), readAs(ada, 'c'), readAs(grace, 'd')]);
  expect(listed()).toEqual([2, 2]);
  for (const { headers, body } of requests) {
    const ids = (body as Read[]).map(({ correlationId }) => correlationId);
    expect(ids).toEqual(headers['x-marquee-viewer'] === 'acc_1' ? ['a', 'c'] : ['b', 'd']);
  }
});

test('a mutation goes alone and once, whatever goes at the same time', async () => {
  answerList = (_, response) => response.writeHead(503).end();
  const write = channel.write(ada, '{"id":"m"}');
  const reads = [readAs(ada, 'a'), readAs(ada, 'b')];
  expect((await write).status).toBe(200);
  expect(await Promise.all(reads)).toEqual([503, 503]);
  expect(requests.filter(({ body }) => !Array.isArray(body))).toHaveLength(1);
});

test('what is ready is not held up by what is slow', async () => {
  const slow = Promise.withResolvers<void>();
  answerList = (reads, response) => {
    response.write(echo(1, reads[1]!));
    void slow.promise.then(() => response.end(echo(0, reads[0]!)));
  };
  const first = readAs(ada, 'a');
  expect(await readAs(ada, 'b')).toBe('b');
  slow.resolve();
  expect(await first).toBe('a');
});

test('a batch that breaks off keeps what came, fails the rest, and is not sent again', async () => {
  answerList = (reads, response) => {
    response.write(echo(0, reads[0]!), () => setImmediate(() => response.destroy()));
  };
  const [came, lost] = await Promise.allSettled([readAs(ada, 'a'), readAs(ada, 'b')]);
  expect(came).toMatchObject({ status: 'fulfilled', value: 'a' });
  expect(lost).toMatchObject({ status: 'rejected', reason: { code: 'CONNECTION' } });
  expect(listed()).toEqual([2]);
});

test('a batch of which nothing came is sent once more, being reads', async () => {
  answerList = (_, response) => {
    answerList = (reads, again) => again.end(reads.map((read, index) => echo(index, read)).join(''));
    response.destroy();
  };
  expect(await Promise.all([readAs(ada, 'a'), readAs(ada, 'b')])).toEqual(['a', 'b']);
  expect(listed()).toEqual([2, 2]);
});

test('a version of the service that takes no batches is asked one by one, from then on', async () => {
  answerList = (_, response) => void response.writeHead(400).end('{"errors":[]}');
  // Its later answers say so as well.
  says = false;
  expect(await Promise.all([readAs(ada, 'a'), readAs(ada, 'b')])).toEqual(['a', 'b']);
  await Promise.all([readAs(ada, 'c'), readAs(ada, 'd')]);
  expect(listed()).toEqual([2, 'alone', 'alone', 'alone', 'alone']);
});

test('who has less time than a call may take is not made to wait with others', async () => {
  await Promise.all([readAs(ada, 'a', 1_000), readAs(ada, 'b'), readAs(ada, 'c')]);
  expect(listed().toSorted()).toEqual([2, 'alone']);
});

test('a long read goes alone', async () => {
  const correlation = { correlationId: 'long', actor: ada.subject };
  const long = runWithCorrelation(correlation, () =>
    channel.read(ada, JSON.stringify({ id: 'x'.repeat(200_000) })),
  );
  expect(await Promise.all([readAs(ada, 'a'), readAs(ada, 'b')])).toEqual(['a', 'b']);
  expect((await long).status).toBe(200);
  expect(listed().toSorted()).toEqual([2, 'alone']);
});

test('a batch has no more reads than a service takes', async () => {
  const ids = Array.from({ length: maxBatch + 2 }, (_, index) => `r${index}`);
  expect(await Promise.all(ids.map((id) => readAs(ada, id)))).toEqual(ids);
  expect(listed().toSorted()).toEqual([2, maxBatch]);
});
