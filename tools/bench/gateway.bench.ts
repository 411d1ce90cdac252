import { median } from '../client/statistics.ts';
import {
  installPeers,
  peers,
  startGatewayWorld,
  usageOf,
  type GatewayWorld,
  type RunningGateway,
} from './gateway-world.ts';
import { row, units, type Bench, type BenchOptions, type BenchRow } from './harness.ts';
import { measureKeptPages } from './kept-pages.ts';
import { runLoad } from './load.ts';

const threeHops = `query Shows($first: Int!, $skip: Int!) {
  shows(first: $first, skip: $skip) { id title venue { name capacity owner { name email } } }
}`;
const oneHop =
  'query Titles($first: Int!, $skip: Int!) { shows(first: $first, skip: $skip) { id title startsAt } }';
const connections = 64;
/** What a client may wait at a rate that a busy day has. */
const steadyRate = 300;
const cpu = { name: 'CPU ms', better: 'less' } as const;
const megabytes = { name: 'MB', better: 'less' } as const;

type Figures = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuMs: number;
};

export const gatewayBench: Bench = {
  name: 'gateway',
  summary: 'our gateway with everything on but kept answers, against Apollo, Hive and Mercurius',
  async run(options) {
    installPeers(options.log);
    const world = await startGatewayWorld();
    const gateways: RunningGateway[] = [];
    try {
      for (const name of ['marquee', ...peers] as const) {
        options.log(`starting ${name}`);
        gateways.push(await world.start(name));
      }
      return await measureAll(world, gateways, options);
    } finally {
      for (const gateway of gateways) gateway.stop();
      world.stop();
    }
  },
};

/** Bodies that differ, so that nothing is gained by two clients asking for the same at once. */
function bodiesOf(query: string, first: number): string[] {
  return Array.from({ length: 5_000 }, (_, index) =>
    JSON.stringify({ query, variables: { first, skip: (index * 13) % 10_000 } }),
  );
}

async function measure(
  gateway: RunningGateway,
  { token }: GatewayWorld,
  { quick }: BenchOptions,
  bodies: readonly string[],
  rate?: number,
): Promise<Figures> {
  // A process that has just begun runs unoptimised code for its first thousand requests, whatever it is.
  const measureMs = quick ? 1_500 : 4_000;
  // A 99th percentile wants thousands of requests: of few, one pause of anybody's is all that it shows.
  const times = { warmUpMs: 2_500, measureMs: rate ? 5 * measureMs : measureMs };
  const before = usageOf(gateway.pid).cpuMs;
  const plan = {
    url: gateway.url,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    bodies,
    connections,
    ...times,
  };
  const load = await runLoad({ ...plan, ...(rate && { rate }) });
  if (load.failures > 0)
    throw new Error(`${gateway.name}: ${load.failures} failed; the first: ${load.firstFailure}`);
  const spentMs = usageOf(gateway.pid).cpuMs - before;
  return { perSecond: load.requestsPerSecond, p50: load.p50Ms, p99: load.p99Ms, cpuMs: spentMs / load.sent };
}

/** Every gateway in each round, so that a machine that slows down meets all alike; the median of the rounds. */
async function rounds(
  world: GatewayWorld,
  gateways: readonly RunningGateway[],
  options: BenchOptions,
  bodies: readonly string[],
  rate?: number,
): Promise<ReadonlyMap<string, Figures>> {
  const samples = new Map<string, Figures[]>(gateways.map(({ name }) => [name, []]));
  for (let round = 0; round < options.runs; round++) {
    for (const gateway of round % 2 === 0 ? gateways : gateways.toReversed()) {
      samples.get(gateway.name)!.push(await measure(gateway, world, options, bodies, rate));
    }
    options.log(`round ${round + 1} of ${options.runs}`);
  }
  const middle = (all: readonly Figures[], figure: keyof Figures) => median(all.map((each) => each[figure]));
  return new Map(
    [...samples].map(([name, all]) => [
      name,
      {
        perSecond: middle(all, 'perSecond'),
        p50: middle(all, 'p50'),
        p99: middle(all, 'p99'),
        cpuMs: middle(all, 'cpuMs'),
      },
    ]),
  );
}

async function checkSame(
  world: GatewayWorld,
  gateways: readonly RunningGateway[],
  body: string,
): Promise<void> {
  const answers = await Promise.all(
    gateways.map(async ({ url }) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${world.token}` };
      const response = await fetch(url, { method: 'POST', headers, body });
      const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
      return JSON.stringify(errors ?? data);
    }),
  );
  const other = answers.findIndex((answer) => answer === undefined || answer !== answers[0]);
  if (other >= 0) {
    throw new Error(
      `${gateways[other]!.name} answers otherwise:\n${answers[0]?.slice(0, 300)}\n${answers[other]?.slice(0, 300)}`,
    );
  }
}

async function measureAll(
  world: GatewayWorld,
  gateways: readonly RunningGateway[],
  options: BenchOptions,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const against = (title: string, ours: Figures, all: ReadonlyMap<string, Figures>) => {
    for (const peer of peers) {
      const theirs = all.get(peer)!;
      rows.push(row(`${title}, req/s`, ours.perSecond, units.requestsPerSecond, peer, theirs.perSecond));
      rows.push(row(`${title}, CPU a request`, ours.cpuMs, cpu, peer, theirs.cpuMs));
    }
  };
  for (const [title, query] of [
    ['three hops', threeHops],
    ['one hop', oneHop],
  ] as const) {
    options.log(title);
    const bodies = bodiesOf(query, 20);
    await checkSame(world, gateways, bodies[1]!);
    const all = await rounds(world, gateways, options, bodies);
    against(title, all.get('marquee')!, all);
  }
  rows.push(...memoryRows(gateways));
  options.log(`${steadyRate} three-hop requests a second`);
  const steady = await rounds(world, gateways.slice(0, 2), options, bodiesOf(threeHops, 20), steadyRate);
  const [mine, apollo] = [steady.get('marquee')!, steady.get('apollo')!];
  rows.push(row(`three hops at ${steadyRate}/s, p50`, mine.p50, units.milliseconds, 'apollo', apollo.p50));
  rows.push(row(`three hops at ${steadyRate}/s, p99`, mine.p99, units.milliseconds, 'apollo', apollo.p99));
  rows.push(...(await measureGrowth(world, gateways[0]!, options)));
  rows.push(...(await measureKeptPages(world, options, bodiesOf(threeHops, 20).slice(0, 100))));
  return rows;
}

/** After the load that each of them had, and before what only ours is asked. */
function memoryRows([mine, ...others]: readonly RunningGateway[]): BenchRow[] {
  const heldBy = ({ pid }: RunningGateway) => usageOf(pid).rssBytes / 2 ** 20;
  const ours = heldBy(mine!);
  return others.map((peer) =>
    row('memory of one worker after the load', ours, megabytes, peer.name, heldBy(peer)),
  );
}

/** The cost of one entity must not grow with how many there are: of ten, of a thousand. */
async function measureGrowth(
  world: GatewayWorld,
  ours: RunningGateway,
  options: BenchOptions,
): Promise<BenchRow[]> {
  const costs: number[] = [];
  for (const entities of [10, 100, 1_000]) {
    const figures = await rounds(world, [ours], options, bodiesOf(threeHops, entities));
    costs.push((figures.get('marquee')!.cpuMs * 1_000) / entities);
  }
  const micros = { name: 'us', better: 'less' } as const;
  return [
    row('CPU a show, 100 shows', costs[1]!, micros, 'of 10', costs[0]!),
    row('CPU a show, 1,000 shows', costs[2]!, micros, 'of 10', costs[0]!),
  ];
}
