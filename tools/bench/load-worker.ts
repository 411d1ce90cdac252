import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { percentile } from '../client/statistics.ts';
import type { LoadPlan, LoadResult } from './load.ts';

async function run(plan: LoadPlan): Promise<LoadResult> {
  const { origin, pathname } = new URL(plan.url);
  const pool = new Pool(origin, { connections: plan.connections, pipelining: 1 });
  const startedMs = performance.now();
  const measureFromMs = startedMs + plan.warmUpMs;
  const untilMs = measureFromMs + plan.measureMs;
  const latenciesMs: number[] = [];
  let sent = 0;
  let failures = 0;
  let firstFailure: string | null = null;

  const everyMs = plan.rate ? (plan.connections * 1_000) / plan.rate : 0;

  const loop = async (_: unknown, connection: number): Promise<void> => {
    for (let beganMs = startedMs + (connection * everyMs) / plan.connections; beganMs < untilMs;) {
      const earlyMs = beganMs - performance.now();
      if (earlyMs > 0) await sleep(earlyMs);
      const body = plan.bodies[sent++ % plan.bodies.length]!;
      const answer = await pool.request({ method: 'POST', path: pathname, headers: plan.headers, body });
      const text = await answer.body.text();
      const endedMs = performance.now();
      if (answer.statusCode !== 200 || text.includes('"errors"')) {
        failures++;
        firstFailure ??= `${answer.statusCode} ${text.slice(0, 300)}`;
      }
      // By the end, not the beginning: else slow answers would be left out at both edges of the window.
      if (endedMs >= measureFromMs && endedMs <= untilMs) latenciesMs.push(endedMs - beganMs);
      beganMs = everyMs > 0 ? beganMs + everyMs : endedMs;
    }
  };
  await Promise.all(Array.from({ length: plan.connections }, loop));
  await pool.close();
  return {
    sent,
    requests: latenciesMs.length,
    failures,
    firstFailure,
    requestsPerSecond: (latenciesMs.length * 1000) / plan.measureMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}

process.once('message', (plan) => {
  void run(plan as LoadPlan).then((result) => process.send!(result));
});
