import { median, percentile } from '../client/statistics.ts';
import type { BareTask } from './bare-jetstream.ts';
import { row, units, type Bench, type BenchOptions, type BenchRow } from './harness.ts';
import type { RelayTask } from './relay-worker.ts';
import { withRelayWorld, type RelayWorld, type Worker } from './relay-world.ts';

const rates = [100, 1_000, 5_000] as const;
const organisations = 20;
const peer = 'bare JetStream';

/** One run of one contender: milliseconds from commit (or publication) to the handler, by rate, and events a second. */
type Run = {
  readonly latency: ReadonlyMap<number, { readonly p50: number; readonly p99: number }>;
  readonly perSecond: number;
  /** Of the two processes, while they went through the log; those of the servers come on top. */
  readonly cpuUsAnEvent: number;
};

/**
 * The service with the log, the one that handles its events, PostgreSQL and NATS are processes of one machine. What is
 * compared with is what the relay stands on: the client's own publish and consume on a stream, without a log before it,
 * order, or a checkpoint behind it.
 */
export const relayBench: Bench = {
  name: 'relay',
  summary: 'from the commit of an event to its handler in another service, and the most a second',
  run: (options) => withRelayWorld(options.log, (world) => measure(world, options)),
};

async function measure(world: RelayWorld, options: BenchOptions): Promise<BenchRow[]> {
  const { runs, quick, log } = options;
  const events = quick ? 30_000 : 200_000;
  log(`writing ${events} events of ${organisations} organisations whose events alternate`);
  const filler = world.start('relay-worker.ts');
  await connect(filler, world, 'tickets', 'filler');
  await tell(filler, { task: 'fill', events, organisations });
  await filler.end();
  const samples: { ours: Run[]; bare: Run[] } = { ours: [], bare: [] };
  for (let run = 0; run < runs; run++) {
    const turns = run % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
    for (const turn of turns) {
      samples[turn].push(await (turn === 'ours' ? measureOurs : measureBare)(world, run, events, options));
      log(`run ${run + 1} of ${runs}: ${turn === 'ours' ? 'marquee' : peer}`);
    }
  }
  const of = (which: 'ours' | 'bare', figure: (run: Run) => number) => median(samples[which].map(figure));
  const compared = (name: string, unit: (typeof units)[keyof typeof units], figure: (run: Run) => number) =>
    row(name, of('ours', figure), unit, peer, of('bare', figure));
  return [
    ...rates.flatMap((rate) =>
      (['p50', 'p99'] as const).map((figure) =>
        compared(`${rate}/s, ${figure}`, units.milliseconds, (run) => run.latency.get(rate)![figure]),
      ),
    ),
    compared('all of a log', units.eventsPerSecond, (run) => run.perSecond),
    compared('all of a log, CPU an event of both processes', units.microseconds, (run) => run.cpuUsAnEvent),
  ];
}

async function measureOurs(
  world: RelayWorld,
  run: number,
  events: number,
  options: BenchOptions,
): Promise<Run> {
  const [source, consumer] = [world.start('relay-worker.ts'), world.start('relay-worker.ts')];
  await connect(source, world, 'tickets', `run${run}`);
  await connect(consumer, world, 'analytics', `run${run}`);
  await tell(consumer, { task: 'project', name: `run-${run}`, note: true });
  const before = await cpuOf(source, consumer);
  const startMs = await tell<number>(source, { task: 'relay' });
  // From the second run on the log holds what was appended in the one before, too.
  const all = await tell<{ atMs: number; events: number }>(consumer, { task: 'handled', events });
  const cpuUsAnEvent = ((await cpuOf(source, consumer)) - before) / all.events;
  const perSecond = (all.events / (all.atMs - startMs)) * 1000;
  const latency = await latencies(options, async (perSecondWanted, forMs) => {
    const sent = await tell<Map<string, number>>(source, {
      task: 'append',
      perSecond: perSecondWanted,
      forMs,
    });
    return { sent, arrivals: () => tell<Map<string, number>>(consumer, { task: 'arrivals' }) };
  });
  await Promise.all([source.end(), consumer.end()]);
  return { latency, perSecond, cpuUsAnEvent };
}

async function measureBare(
  world: RelayWorld,
  run: number,
  events: number,
  options: BenchOptions,
): Promise<Run> {
  const bare = <T = void>(worker: Worker, task: BareTask) => worker.do<T>(task);
  const [publisher, consumer] = [world.start('bare-jetstream.ts'), world.start('bare-jetstream.ts')];
  for (const worker of [publisher, consumer]) {
    await bare(worker, { task: 'connect', natsUrl: world.natsUrl, stream: `bare${run}` });
  }
  await bare(consumer, { task: 'consume' });
  const before = await cpuOf(publisher, consumer);
  const startMs = await bare<number>(publisher, { task: 'flood', events });
  const endMs = await bare<number>(consumer, { task: 'consumed', events });
  const cpuUsAnEvent = ((await cpuOf(publisher, consumer)) - before) / events;
  await bare(consumer, { task: 'arrivals' });
  const latency = await latencies(options, async (perSecond, forMs) => ({
    sent: await bare<Map<string, number>>(publisher, { task: 'publish', perSecond, forMs }),
    arrivals: () => bare<Map<string, number>>(consumer, { task: 'arrivals' }),
  }));
  await Promise.all([publisher.end(), consumer.end()]);
  return { latency, perSecond: (events / (endMs - startMs)) * 1000, cpuUsAnEvent };
}

/** Sends at each rate and waits until everything has arrived; the first tenth of each is to warm up. */
async function latencies(
  { quick }: BenchOptions,
  send: (
    perSecond: number,
    forMs: number,
  ) => Promise<{ sent: Map<string, number>; arrivals: () => Promise<Map<string, number>> }>,
): Promise<Run['latency']> {
  const measured = new Map<number, { p50: number; p99: number }>();
  for (const rate of rates) {
    const { sent, arrivals } = await send(rate, quick ? 2_000 : 10_000);
    const arrived = new Map<string, number>();
    const waits = () => [...sent.keys()].some((key) => !arrived.has(key));
    for (const until = Date.now() + 60_000; waits() && Date.now() < until;) {
      for (const [key, atMs] of await arrivals()) arrived.set(key, atMs);
    }
    const counted = [...sent].slice(Math.floor(sent.size / 10));
    const missing = counted.filter(([key]) => !arrived.has(key)).length;
    if (missing > 0) throw new Error(`${missing} of ${counted.length} never arrived at ${rate}/s`);
    const tookMs = counted.map(([key, sentMs]) => Math.max(0, arrived.get(key)! - sentMs));
    measured.set(rate, { p50: percentile(tookMs, 0.5), p99: percentile(tookMs, 0.99) });
  }
  return measured;
}

async function cpuOf(...workers: readonly Worker[]): Promise<number> {
  const used = await Promise.all(workers.map((worker) => worker.do<number>({ task: 'cpu' })));
  return used.reduce((sum, each) => sum + each, 0);
}

function connect(
  worker: Worker,
  { natsUrl, logUrl, consumerUrl }: RelayWorld,
  service: 'tickets' | 'analytics',
  namespace: string,
): Promise<void> {
  const databaseUrl = service === 'tickets' ? logUrl : consumerUrl;
  return tell(worker, { task: 'connect', service, databaseUrl, natsUrl, namespace });
}

function tell<T = void>(worker: Worker, task: RelayTask): Promise<T> {
  return worker.do<T>(task);
}
