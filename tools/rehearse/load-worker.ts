import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Pool, type errors } from 'undici';

/** Told by the main thread; every number in it has its unit in its name. */
export type LoadOrder = {
  readonly url: string;
  readonly perSecond: number;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The header that says which server answered. */
  readonly trackHeader: string;
};

export type LoadSummary = {
  readonly requests: number;
  readonly failures: number;
  /** Measured from when a request was due, not from when there was time to send it. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** By the server that answered: how many, and when the first and the last answer came (epoch milliseconds). */
  readonly tracks: Readonly<Record<string, { count: number; firstAtMs: number; lastAtMs: number }>>;
  readonly reasons: Readonly<Record<string, number>>;
};

const { url, perSecond, query, trackHeader, ...order } = workerData as LoadOrder;
const headers = { 'content-type': 'application/json', ...order.headers };
/**
 * Well below the router's `timeout http-keep-alive`: who may close a connection first closes it while nobody else does. Servers
 * promise more in `Keep-Alive`, of their own connections to the router, which hands the promise on.
 */
const idleMs = 4_000;
const pool = new Pool(url, {
  connections: 128,
  pipelining: 1,
  headersTimeout: 10_000,
  bodyTimeout: 10_000,
  keepAliveTimeout: idleMs,
  keepAliveMaxTimeout: idleMs,
});
const body = JSON.stringify({ query });
const latencies: number[] = [];
const tracks: Record<string, { count: number; firstAtMs: number; lastAtMs: number }> = {};
const reasons: Record<string, number> = {};
let failures = 0;
let sent = 0;
let open = 0;

function failed(reason: string): void {
  failures += 1;
  reasons[reason] = (reasons[reason] ?? 0) + 1;
}

/** Of a connection that broke also how much it had carried: whether it was a new one, and whether anything was answered. */
function reasonOf(error: unknown): string {
  const { code, message, socket } = error as Partial<InstanceType<typeof errors.SocketError>>;
  const carried = socket ? `, ${socket.bytesWritten} bytes sent, ${socket.bytesRead} received` : '';
  return `${code ?? 'failed'}: ${message}${carried}`;
}

async function send(dueAtMs: number): Promise<void> {
  open += 1;
  try {
    const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    const text = await answer.body.text();
    const nowMs = performance.timeOrigin + performance.now();
    const name = String(answer.headers[trackHeader] ?? 'none');
    const track = (tracks[name] ??= { count: 0, firstAtMs: nowMs, lastAtMs: nowMs });
    track.count += 1;
    track.lastAtMs = nowMs;
    if (answer.statusCode !== 200) failed(`${name} ${answer.statusCode}`);
    else if (text.includes('"errors"')) failed(`${name} errors`);
  } catch (error) {
    failed(reasonOf(error));
  } finally {
    latencies.push(performance.now() - dueAtMs);
    open -= 1;
  }
}

/** Requests are due on a clock and sent whether or not those before them were answered. */
const beganAtMs = performance.now();
const timer = setInterval(() => {
  const due = Math.floor(((performance.now() - beganAtMs) / 1_000) * perSecond);
  for (; sent < due; sent += 1) void send(beganAtMs + (sent / perSecond) * 1_000);
}, 2);

async function finish(): Promise<void> {
  clearInterval(timer);
  while (open > 0) await wait(10);
  latencies.sort((a, b) => a - b);
  const at = (part: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0;
  const summary: LoadSummary = { requests: sent, failures, p50Ms: at(0.5), p99Ms: at(0.99), tracks, reasons };
  parentPort!.postMessage(summary);
  await pool.close();
}

parentPort!.once('message', () => void finish());
