import { row, units, type Bench, type BenchOptions, type BenchRow } from './harness.ts';
import type { RelayTask } from './relay-worker.ts';
import { withRelayWorld, type RelayWorld, type Worker } from './relay-world.ts';

const roles = ['relay', 'projection', 'reader'] as const;
type Role = (typeof roles)[number];

/**
 * Each role is a process of its own, which goes on from the first measurement to the second without a restart. What it
 * holds after ten times the events is compared with what it held before: 1 is flat.
 */
export const memoryBench: Bench = {
  name: 'memory',
  summary: 'resident memory of relay, projection and reader after 100,000 and after 1,000,000 events',
  run: (options) => withRelayWorld(options.log, (world) => measure(world, options)),
};

/**
 * A heap of at most 96 MiB: with more room Node collects later, and what is resident says how much garbage there was
 * rather than what is held. A process that held on to events would end here.
 */
const flags = ['--expose-gc', '--max-old-space-size=96', '--max-semi-space-size=4'];

async function measure(world: RelayWorld, { quick, log }: BenchOptions): Promise<BenchRow[]> {
  const [few, many] = quick ? [20_000, 200_000] : [100_000, 1_000_000];
  const workers = { relay: start(world), projection: start(world), reader: start(world) };
  await connect(workers.relay, world, 'tickets');
  await connect(workers.projection, world, 'analytics');
  await connect(workers.reader, world, 'tickets');
  await tell(workers.relay, { task: 'relay' });
  await tell(workers.projection, { task: 'project', name: 'memory', note: false });
  const before = await stream(world, workers, few, few);
  const after = await stream(world, workers, many - few, many);
  for (const [count, held] of [
    [few, before],
    [many, after],
  ] as const) {
    const heaps = roles.map((role) => `${role} ${(held[role].heapUsed / 1024 / 1024).toFixed(1)} MiB`);
    log(`heap in use after ${count.toLocaleString('en')} events: ${heaps.join(', ')}`);
  }
  await Promise.all(roles.map((role) => workers[role].end()));
  const peer = `after ${few.toLocaleString('en')}`;
  return roles.map((role) =>
    row(`${role}, after ${many.toLocaleString('en')}`, after[role].rss, units.bytes, peer, before[role].rss),
  );
}

type Held = Readonly<Record<Role, NodeJS.MemoryUsage>>;

/** Appends so many, waits until all are handled and read, and answers what each process then holds. */
async function stream(
  world: RelayWorld,
  workers: Readonly<Record<Role, Worker>>,
  events: number,
  total: number,
): Promise<Held> {
  const filler = start(world);
  await connect(filler, world, 'tickets');
  await tell(filler, { task: 'fill', events, organisations: 20 });
  await filler.end();
  await tell(workers.projection, { task: 'handled', events: total });
  const read = await tell<number>(workers.reader, { task: 'read' });
  if (read !== total) throw new Error(`the reader saw ${read} of ${total} events`);
  const held = await Promise.all(
    roles.map(async (role) => [role, await tell<NodeJS.MemoryUsage>(workers[role], { task: 'memory' })]),
  );
  return Object.fromEntries(held) as Held;
}

function start(world: RelayWorld): Worker {
  return world.start('relay-worker.ts', flags);
}

function connect(
  worker: Worker,
  { natsUrl, logUrl, consumerUrl }: RelayWorld,
  service: 'tickets' | 'analytics',
): Promise<void> {
  const databaseUrl = service === 'tickets' ? logUrl : consumerUrl;
  return tell(worker, { task: 'connect', service, databaseUrl, natsUrl, namespace: 'memory' });
}

function tell<T = void>(worker: Worker, task: RelayTask): Promise<T> {
  return worker.do<T>(task);
}
