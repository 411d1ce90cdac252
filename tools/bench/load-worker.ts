import { connect } from 'node:net';
import { percentile } from '../client/statistics.ts';
import type { LoadPlan, LoadResult } from './load.ts';

/**
 * As little work of its own as can be: requests are written once, and an answer is read for its status, its length and
 * whether it holds errors. A client such as undici's takes as much CPU as a fast server, and its pauses would be everybody's.
 */

const headEnd = '\r\n\r\n';
const lastChunk = '\r\n0\r\n\r\n';

type Counts = { sent: number; failures: number; firstFailure: string | null; readonly latenciesMs: number[] };

function requestsOf({ url, headers, bodies }: LoadPlan): Buffer[] {
  const { pathname, host } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return bodies.map((body) => {
    const length = `content-length: ${Buffer.byteLength(body)}`;
    return Buffer.from(
      `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}${length}\r\n\r\n${body}`,
    );
  });
}

/**
 * Sends one request after the other over one connection, until the time is over: when the last is answered or, with a
 * rate, not before its own time has come.
 */
function loop(
  plan: LoadPlan,
  requests: readonly Buffer[],
  counts: Counts,
  { fromMs, firstMs }: { readonly fromMs: number; readonly firstMs: number },
): Promise<void> {
  const untilMs = fromMs + plan.measureMs;
  const everyMs = plan.rate ? (plan.connections * 1_000) / plan.rate : 0;
  const { hostname, port } = new URL(plan.url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let dueMs = firstMs - everyMs;
  let beganMs = 0;
  let head = '';
  /** Bytes of the body that are still to come; null for a body in chunks, which says itself where it ends. */
  let left: number | null = 0;
  let tail = '';
  let isInBody = false;
  const send = () => {
    // From when it was due, so that waiting is not left out; timers of whole milliseconds may be early.
    beganMs = Math.min(dueMs, performance.now());
    socket.write(requests[counts.sent++ % requests.length]!);
  };
  const next = () => {
    const nowMs = performance.now();
    dueMs = everyMs === 0 ? nowMs : dueMs + everyMs;
    if (dueMs >= untilMs) return void socket.end(resolve);
    if (dueMs <= nowMs) send();
    else setTimeout(send, dueMs - nowMs);
  };
  const fail = (answer: string) => {
    counts.failures++;
    counts.firstFailure ??= answer.slice(0, 300);
  };
  const readHead = (chunk: Buffer): Buffer => {
    head += chunk.toString('latin1');
    const end = head.indexOf(headEnd);
    if (end < 0) return chunk.subarray(chunk.length);
    const before = head.length - chunk.length;
    if (!head.startsWith('HTTP/1.1 200 ')) fail(head);
    const length = /^content-length: (\d+)/im.exec(head)?.[1];
    left = length === undefined ? null : Number(length);
    head = '';
    return chunk.subarray(end + headEnd.length - before);
  };
  const isWhole = (body: Buffer): boolean => {
    if (left !== null) return (left -= body.length) <= 0;
    tail = (tail + body.subarray(-lastChunk.length).toString('latin1')).slice(-lastChunk.length);
    return tail === lastChunk;
  };
  socket.on('data', (chunk: Buffer) => {
    const body = isInBody ? chunk : readHead(chunk);
    if (head !== '') return;
    isInBody = true;
    if (body.includes('"errors"')) fail(`200 ${body.toString('latin1')}`);
    if (!isWhole(body)) return;
    isInBody = false;
    tail = '';
    const endedMs = performance.now();
    if (endedMs >= fromMs && endedMs <= untilMs) counts.latenciesMs.push(endedMs - beganMs);
    next();
  });
  socket.once('connect', next);
  socket.once('error', reject);
  // Said where it was closed for the time being over, this changes nothing any more.
  socket.once('close', () => reject(new Error('the server closed a connection in use')));
  return promise;
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const counts: Counts = { sent: 0, failures: 0, firstFailure: null, latenciesMs: [] };
  const requests = requestsOf(plan);
  const startedMs = performance.now();
  const fromMs = startedMs + plan.warmUpMs;
  await Promise.all(
    Array.from({ length: plan.connections }, (_, connection) => {
      const firstMs = startedMs + (plan.rate ? (connection * 1_000) / plan.rate : 0);
      return loop(plan, requests, counts, { fromMs, firstMs });
    }),
  );
  const { latenciesMs, ...others } = counts;
  return {
    ...others,
    requests: latenciesMs.length,
    requestsPerSecond: (latenciesMs.length * 1000) / plan.measureMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}

process.once('message', (plan) => {
  void run(plan as LoadPlan).then((result) => process.send!(result));
});
