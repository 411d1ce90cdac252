import { join } from 'node:path';
import { startNats } from '@marquee/embedded';
import { median } from '../client/statistics.ts';
import { usageOf, type GatewayWorld, type RunningGateway } from './gateway-world.ts';
import { row, units, type BenchOptions, type BenchRow } from './harness.ts';
import { runLoad, type LoadResult } from './load.ts';

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
    // Without being counted: a process that has just begun runs unoptimised code for its first tens of thousands.
    for (const each of started) await load(each, world, bodies, options.quick ? 3_000 : 8_000);
    const samples: Record<'ours' | 'bare', Figures[]> = { ours: [], bare: [] };
    for (let round = 0; round < options.runs; round++) {
      samples.ours.push(await measure(ours, world, options, bodies));
      samples.bare.push(await measure(bare, world, options, bodies));
    }
    const [mine, theirs] = [middle(samples.ours), middle(samples.bare)];
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

type Figures = { readonly perSecond: number; readonly p99: number; readonly cpuUs: number };

function middle(samples: readonly Figures[]): Figures {
  const of = (figure: keyof Figures) => median(samples.map((each) => each[figure]));
  return { perSecond: of('perSecond'), p99: of('p99'), cpuUs: of('cpuUs') };
}

async function load(
  { url }: RunningGateway,
  world: GatewayWorld,
  bodies: readonly string[],
  measureMs: number,
): Promise<LoadResult> {
  const plan = { url, headers: headersOf(world), bodies, connections: 64, warmUpMs: 0, measureMs };
  const result = await runLoad(plan);
  if (result.failures > 0) throw new Error(`${result.failures} failed; the first: ${result.firstFailure}`);
  return result;
}

async function measure(
  gateway: RunningGateway,
  world: GatewayWorld,
  { quick }: BenchOptions,
  bodies: readonly string[],
): Promise<Figures> {
  const before = usageOf(gateway.pid).cpuMs;
  const { sent, requestsPerSecond, p99Ms } = await load(gateway, world, bodies, quick ? 1_500 : 4_000);
  const cpuUs = ((usageOf(gateway.pid).cpuMs - before) * 1_000) / sent;
  return { perSecond: requestsPerSecond, p99: p99Ms, cpuUs };
}
