import {
  appendEvents,
  defineAggregate,
  loadAggregate,
  streamId,
  writeSnapshot,
  type SnapshotPolicy,
} from '@marquee/event-log';
import { accept, newUuid } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { compare, row, units, type Bench, type BenchOptions, type BenchRow } from './harness.ts';
import {
  holdPlaced,
  peerName,
  withLogWorld,
  type HoldPlaced,
  type LogWorld,
  type PeerEvent,
} from './log-world.ts';

const events = 10_000;
const batch = 500;

/** What is held for an occurrence: totals, and the last holds in full. */
type Held = {
  readonly holds: number;
  readonly quantity: number;
  readonly amountMinor: number;
  readonly last: readonly HoldPlaced['data'][];
};
const nothing: Held = { holds: 0, quantity: 0, amountMinor: 0, last: [] };

function evolve(state: Held, { data }: { readonly data: HoldPlaced['data'] }): Held {
  return {
    holds: state.holds + 1,
    quantity: state.quantity + data.quantity,
    amountMinor: state.amountMinor + Number(data.total.amountMinor),
    last: [...state.last.slice(-19), data],
  };
}

const held = (snapshots?: SnapshotPolicy) =>
  defineAggregate({
    name: 'hold',
    initial: nothing,
    decide: () => accept([] as HoldPlaced[]),
    evolve: (state: Held, event: HoldPlaced) => evolve(state, event),
    ...(snapshots && { snapshots }),
  });

export const rehydrateBench: Bench = {
  name: 'rehydrate',
  summary: `an aggregate of ${events} events loaded, from its events and from a snapshot; beside Emmett`,
  run: (options) => withLogWorld(options.log, (world) => measure(world, options)),
};

async function measure(world: LogWorld, options: BenchOptions): Promise<BenchRow[]> {
  const { organisationId } = world;
  const database = await world.open(2);
  const peer = world.openPeer(2);
  const id = newUuid();
  const stream = streamId('hold', id);
  options.log(`writing ${events} events for each`);
  for (let written = 0; written < events; written += batch) {
    const some = Array.from({ length: batch }, holdPlaced);
    await database.transaction({ organisationId }, (tx) =>
      appendEvents(tx, { streamId: stream, events: some }),
    );
    await peer.appendToStream<PeerEvent>(stream, some);
  }
  const load = (aggregate = held()) =>
    database.read({ organisationId }, (tx) => loadAggregate(tx, aggregate, id));
  const loadPeer = () =>
    peer.aggregateStream<Held, PeerEvent>(stream, { evolve, initialState: () => nothing });
  const [ours, theirs] = [await load(), await loadPeer()];
  if (JSON.stringify(ours.state) !== JSON.stringify(theirs.state))
    throw new Error('the two states differ: they would not be compared');

  const rate = (name: string, work: () => Promise<unknown>) => ({
    name,
    measure: async () => ({ 'events/s': (events / (await timed(options, work))) * 1_000 }),
  });
  const rows = await compare(
    `${events} events`,
    { 'events/s': units.eventsPerSecond },
    rate('marquee', load),
    rate(peerName, loadPeer),
    options,
  );
  return [...rows, ...(await measureSnapshot(database, { organisationId, stream, load }, ours, options))];
}

async function measureSnapshot(
  database: Database,
  aggregate: {
    readonly organisationId: string;
    readonly stream: string;
    readonly load: (aggregate?: ReturnType<typeof held>) => Promise<{ readonly state: Held }>;
  },
  {
    state,
    version,
    occurredAt,
  }: { readonly state: Held; readonly version: number; readonly occurredAt: string | null },
  options: BenchOptions,
): Promise<BenchRow[]> {
  const { organisationId, stream, load } = aggregate;
  const policy = { schemaVersion: 1, everyEvents: 100 };
  const of = { organisationId, streamId: stream, schemaVersion: policy.schemaVersion };
  await writeSnapshot(database, { ...of, state, version, occurredAt: occurredAt! });
  const [sizes] = await database.read(systemScope, (tx) =>
    tx.rows<{ events: string; snapshot: string }>(
      `select (select sum(length(data::text)) from event_log where stream_id = $1) as events,
         (select sum(length(state)) from event_snapshot where stream_id = $1) as snapshot`,
      [stream],
    ),
  );
  const snapshotted = held(policy);
  const duration = (name: string, work: () => Promise<unknown>) => ({
    name,
    measure: async () => ({ load: await timed(options, work) }),
  });
  return [
    ...(await compare(
      'from a snapshot',
      { load: units.milliseconds },
      duration('marquee', () => load(snapshotted)),
      duration('its events', () => load()),
      options,
    )),
    row('snapshot', Number(sizes!.snapshot), units.bytes, 'its events', Number(sizes!.events)),
  ];
}

/** Mean milliseconds of one, over a second or so. */
async function timed({ quick }: BenchOptions, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let done = 1; ; done++) {
    await work();
    const tookMs = performance.now() - started;
    if (tookMs > (quick ? 300 : 1_500)) return tookMs / done;
  }
}
