import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';

/** Told by the main thread; every number in it has its unit in its name. */
export type LoadOrder = {
  readonly url: string;
  readonly perSecond: number;
  readonly query: string;
  readonly token: string;
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

const { url, perSecond, query, token } = workerData as LoadOrder;
const pool = new Pool(url, { connections: 128, pipelining: 1, headersTimeout: 10_000, bodyTimeout: 10_000 });
const body = JSON.stringify({ query });
const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };

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

async function send(dueAtMs: number): Promise<void> {
  open += 1;
  try {
    const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    const text = await answer.body.text();
    const nowMs = performance.timeOrigin + performance.now();
    const name = String(answer.headers['x-track'] ?? 'none');
    const track = (tracks[name] ??= { count: 0, firstAtMs: nowMs, lastAtMs: nowMs });
    track.count += 1;
    track.lastAtMs = nowMs;
    if (answer.statusCode !== 200) failed(`${name} ${answer.statusCode}`);
    else if (text.includes('"errors"')) failed(`${name} errors`);
  } catch (error) {
    failed((error as { code?: string }).code ?? 'failed');
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
