import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendEvents, createAppender, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import pg from 'pg';
import { percentile } from '../client/statistics.ts';
import { compare, units, type Bench, type BenchOptions, type BenchRow, type Contender } from './harness.ts';
import { drive, holdPlaced, peerName, withLogWorld, type LogWorld, type PeerEvent } from './log-world.ts';

type Figure = 'events/s' | 'p99';
const figures = { 'events/s': units.eventsPerSecond, p99: units.milliseconds };
const batch = 500;
/** The peer is no quicker with more on two cores. */
const peerConnections = 16;

export const appendBench: Bench = {
  name: 'append',
  summary: 'appends to the event log: single, in batches, coalesced; beside Emmett and bare COPY',
  run: (options) => withLogWorld(options.log, (world) => measure(world, options)),
};

async function measure(world: LogWorld, options: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const add = async (name: string, ours: Contender<Figure>, peer: Contender<Figure>) =>
    void rows.push(...(await compare(name, figures, ours, peer, options)));
  const times = options.quick ? { warmUpMs: 300, measureMs: 700 } : { warmUpMs: 1_000, measureMs: 3_000 };
  const contender = (
    name: string,
    callers: number,
    events: number,
    caller: () => () => Promise<unknown>,
  ) => ({
    name,
    measure: async () => {
      const { perSecond, latencies } = await drive(callers, times, caller);
      return { 'events/s': perSecond * events, p99: percentile(latencies, 0.99) };
    },
  });

  const wide = await world.open(peerConnections);
  const narrow = await world.open(2);
  const peer = world.openPeer(peerConnections);
  const peerAppends = (callers: number, events: number) =>
    contender(peerName, callers, events, () => peerCaller(peer, events));
  for (const connections of [1, peerConnections]) {
    await add(
      `single, ${connections} callers`,
      contender('marquee', connections, 1, () => caller(world, wide, 1)),
      peerAppends(connections, 1),
    );
  }
  await add(
    `batches of ${batch}`,
    contender('marquee', 2, batch, () => caller(world, wide, batch)),
    peerAppends(2, batch),
  );
  await add(
    `batches of ${batch}`,
    contender('marquee', 2, batch, () => caller(world, wide, batch)),
    await copying(world, times),
  );
  for (const callers of [64, 256, 1_000]) {
    const appender = createAppender(narrow);
    await add(
      `coalesced, ${callers} callers`,
      contender('marquee', callers, 1, () => coalescedCaller(world, appender.append)),
      peerAppends(callers, 1),
    );
    await appender.drain();
  }
  return rows;
}

/** Each caller has a stream of its own and expects the version it has left it at. */
function caller({ organisationId }: LogWorld, database: Database, events: number): () => Promise<unknown> {
  const stream = streamId('hold', newUuid());
  let version = 0;
  return async () => {
    const batchOf = Array.from({ length: events }, holdPlaced);
    await database.transaction({ organisationId }, (tx) =>
      appendEvents(tx, { streamId: stream, expectedVersion: version, events: batchOf }),
    );
    version += events;
  };
}

function coalescedCaller(
  { organisationId }: LogWorld,
  append: ReturnType<typeof createAppender>['append'],
): () => Promise<unknown> {
  const stream = streamId('hold', newUuid());
  let version = 0;
  return async () => {
    await append({ organisationId, streamId: stream, expectedVersion: version, events: [holdPlaced()] });
    version += 1;
  };
}

function peerCaller(store: ReturnType<LogWorld['openPeer']>, events: number): () => Promise<unknown> {
  const stream = streamId('hold', newUuid());
  let version = 0n;
  return async () => {
    const batchOf = Array.from({ length: events }, (): PeerEvent => holdPlaced());
    // Its check of an expected version is on for both: a version that must be exactly this one.
    const options = version === 0n ? {} : { expectedStreamVersion: version };
    const { nextExpectedStreamVersion } = await store.appendToStream<PeerEvent>(stream, batchOf, options);
    version = nextExpectedStreamVersion;
  };
}

/** The limit: the server reads the same rows from a file into a table without an index, a commit for each batch. */
async function copying(
  { adminUrl, home, organisationId }: LogWorld,
  times: { readonly warmUpMs: number; readonly measureMs: number },
): Promise<Contender<Figure>> {
  const file = join(home, 'postgres', 'rows.tsv');
  const lines = Array.from({ length: batch }, (_, n) =>
    [newUuid(), organisationId, streamId('hold', newUuid()), n, 'tickets.hold-placed.v1']
      .concat(JSON.stringify(holdPlaced().data), new Date().toISOString(), newUuid(), 'user:bench')
      .join('\t'),
  );
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o644 });
  const setUp = new pg.Client({ connectionString: adminUrl });
  await setUp.connect();
  await setUp.query(`create table copied (event_id uuid, organisation_id uuid, stream_id text, version integer,
    type text, data jsonb, occurred_at timestamptz, correlation_id text, actor text)`);
  await setUp.end();
  return {
    name: 'bare COPY',
    measure: async () => {
      const clients = await Promise.all(
        [1, 2].map(async () => {
          const client = new pg.Client({ connectionString: adminUrl });
          await client.connect();
          return client;
        }),
      );
      let next = 0;
      const { perSecond, latencies } = await drive(clients.length, times, () => {
        const client = clients[next++]!;
        return () => client.query(`copy copied from '${file}'`);
      });
      await Promise.all(clients.map((client) => client.end()));
      return { 'events/s': perSecond * batch, p99: percentile(latencies, 0.99) };
    },
  };
}
