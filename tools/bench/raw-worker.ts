import { connect } from 'node:net';
import { percentile } from '../client/statistics.ts';
import type { LoadPlan, LoadResult } from './load.ts';

/**
 * As load-worker.ts, with as little work of its own as can be: requests are written once, and of an answer only its
 * status and length are read. Where an answer costs the server 30 us a client such as undici's would be what is measured.
 */

const headEnd = '\r\n\r\n';

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

/** Sends one request after the other over one connection, until the time is over. */
function loop(plan: LoadPlan, requests: readonly Buffer[], counts: Counts, fromMs: number): Promise<void> {
  const untilMs = fromMs + plan.measureMs;
  const { hostname, port } = new URL(plan.url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let beganMs = 0;
  let head = '';
  let left = 0;
  const next = () => {
    beganMs = performance.now();
    if (beganMs >= untilMs) return void socket.end(resolve);
    socket.write(requests[counts.sent++ % requests.length]!);
  };
  const readHead = (chunk: Buffer): Buffer => {
    head += chunk.toString('latin1');
    const end = head.indexOf(headEnd);
    if (end < 0) return chunk.subarray(chunk.length);
    const before = head.length - chunk.length;
    if (!head.startsWith('HTTP/1.1 200 ')) {
      counts.failures++;
      counts.firstFailure ??= head.slice(0, 300);
    }
    left = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
    head = '';
    return chunk.subarray(end + headEnd.length - before);
  };
  socket.on('data', (chunk: Buffer) => {
    const body = left === 0 ? readHead(chunk) : chunk;
    if (head !== '') return;
    left -= body.length;
    if (left > 0) return;
    const endedMs = performance.now();
    if (endedMs >= fromMs && endedMs <= untilMs) counts.latenciesMs.push(endedMs - beganMs);
    next();
  });
  socket.once('connect', next);
  socket.once('error', reject);
  return promise;
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const counts: Counts = { sent: 0, failures: 0, firstFailure: null, latenciesMs: [] };
  const requests = requestsOf(plan);
  const fromMs = performance.now() + plan.warmUpMs;
  await Promise.all(Array.from({ length: plan.connections }, () => loop(plan, requests, counts, fromMs)));
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
