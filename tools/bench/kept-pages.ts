import { join } from 'node:path';
import { startNats } from '@marquee/embedded';
import { usageOf, type GatewayWorld, type RunningGateway } from './gateway-world.ts';
import { row, units, type BenchOptions, type BenchRow } from './harness.ts';
import { runLoad } from './load.ts';

const micros = { name: 'us', better: 'less' } as const;
const bareName = 'bare node:http';

/**
 * Pages that anyone may see, from our gateway with kept answers: signed in, limited and counted as ever, compressed as
 * browsers take them. Beside it node:http alone with bytes of the same length, which is the most that Node can do here.
 */
export async function measureKeptPages(
  world: GatewayWorld,
  options: BenchOptions,
  bodies: readonly string[],
): Promise<BenchRow[]> {
  options.log('kept pages');
  const home = join(world.home, 'nats');
  const nats = await startNats({ dataDirectory: home, logFile: join(world.home, 'nats.log') });
  const started: RunningGateway[] = [];
  try {
    const ours = await world.startKeeping(nats.url);
    started.push(ours);
    const bytes = await pageBytes(ours, world, bodies[0]!);
    const bare = await world.startBareHttp(bytes);
    started.push(bare);
    const [mine, theirs] = [
      await measure(ours, world, options, bodies),
      await measure(bare, world, options, bodies),
    ];
    return [
      row('kept pages, req/s', mine.perSecond, units.requestsPerSecond, bareName, theirs.perSecond),
      row('kept pages, CPU a request', mine.cpuUs, micros, bareName, theirs.cpuUs),
      row('kept pages, p99', mine.p99, units.milliseconds, bareName, theirs.p99),
    ];
  } finally {
    for (const each of started) each.stop();
    await nats.stop();
  }
}

const headersOf = ({ token }: GatewayWorld) => ({
  'content-type': 'application/json',
  'accept-encoding': 'gzip, deflate, br, zstd',
  authorization: `Bearer ${token}`,
});

/** How long a page is as it is sent, once it is kept. Until changes are heard nothing is. */
async function pageBytes({ url }: RunningGateway, world: GatewayWorld, body: string): Promise<number> {
  const untilMs = performance.now() + 20_000;
  for (;;) {
    const response = await fetch(url, { method: 'POST', headers: headersOf(world), body });
    await response.arrayBuffer();
    if (response.headers.get('x-cache') === 'hit') return Number(response.headers.get('content-length'));
    if (performance.now() > untilMs) throw new Error('the gateway keeps no answer');
  }
}

async function measure(
  { url, pid }: RunningGateway,
  world: GatewayWorld,
  { quick }: BenchOptions,
  bodies: readonly string[],
) {
  const plan = { url, headers: headersOf(world), bodies, connections: 64 };
  // Once without being counted: a process that has just begun runs unoptimised code.
  await runLoad({ ...plan, warmUpMs: 0, measureMs: 3_000 }, './raw-worker.ts');
  const before = usageOf(pid).cpuMs;
  const load = await runLoad({ ...plan, warmUpMs: 0, measureMs: quick ? 1_500 : 4_000 }, './raw-worker.ts');
  if (load.failures > 0) throw new Error(`${load.failures} failed; the first: ${load.firstFailure}`);
  const cpuUs = ((usageOf(pid).cpuMs - before) * 1_000) / load.sent;
  return { perSecond: load.requestsPerSecond, p99: load.p99Ms, cpuUs };
}
