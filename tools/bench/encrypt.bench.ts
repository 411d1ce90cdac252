import { join } from 'node:path';
import type { NewEvent } from '@marquee/contracts';
import {
  appendEvents,
  createFieldEncryption,
  createFileKeyManagement,
  readStream,
  streamId,
  type FieldEncryption,
} from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { percentile } from '../client/statistics.ts';
import { compare, units, type Bench, type BenchOptions, type BenchRow, type Contender } from './harness.ts';
import { drive, withLogWorld, type LogWorld } from './log-world.ts';

type Figure = 'events/s' | 'p99';
const figures = { 'events/s': units.eventsPerSecond, p99: units.milliseconds };
const peerName = 'plain';
const connections = 16;
const batch = 500;
const page = 1_000;

/** The same path without field encryption is the peer, so every ratio is what encryption leaves of it. */
export const encryptBench: Bench = {
  name: 'encrypt',
  summary: 'what field encryption costs: appends and reads of guests, enciphered beside plain',
  run: (options) => withLogWorld(options.log, (world) => measure(world, options)),
};

/** One path, and what takes it once, enciphered or (null) plain. */
type Path = {
  readonly name: string;
  readonly callers: number;
  readonly events: number;
  caller(encryption: FieldEncryption | null): () => Promise<unknown>;
};

async function measure(world: LogWorld, options: BenchOptions): Promise<BenchRow[]> {
  const times = options.quick ? { warmUpMs: 300, measureMs: 700 } : { warmUpMs: 1_000, measureMs: 3_000 };
  const encryption = createFieldEncryption({
    keys: await createFileKeyManagement({ path: join(world.home, 'keys.json') }),
  });
  const contender = (name: string, path: Path): Contender<Figure> => ({
    name,
    measure: async () => {
      const by = name === peerName ? null : encryption;
      const { perSecond, latencies } = await drive(path.callers, times, () => path.caller(by));
      return { 'events/s': perSecond * path.events, p99: percentile(latencies, 0.99) };
    },
  });
  const rows: BenchRow[] = [];
  for (const path of await pathsOf(world, encryption)) {
    const ours = contender('marquee', path);
    rows.push(...(await compare(path.name, figures, ours, contender(peerName, path), options)));
  }
  return rows;
}

/** A command that does nothing but append is where encryption weighs most: state that changes beside it costs both. */
async function pathsOf(world: LogWorld, encryption: FieldEncryption): Promise<Path[]> {
  const database = await world.open(connections);
  const scope = { organisationId: world.organisationId };
  const known = Array.from({ length: page }, () => newUuid());
  let next = 0;
  const knownGuest = () => known[next++ % known.length]!;
  const appending = (name: string, callers: number, events: number, guest: () => string): Path => ({
    name,
    callers,
    events,
    caller: (by) => {
      const stream = streamId('guest', newUuid());
      return () => append(database, scope, by, stream, registered(events, guest));
    },
  });
  const streams = { plain: streamId('guest', newUuid()), enciphered: streamId('guest', newUuid()) };
  await append(database, scope, null, streams.plain, registered(page, knownGuest));
  await append(database, scope, encryption, streams.enciphered, registered(page, knownGuest));
  return [
    appending(`1 event a transaction, ${connections} connections, known guests`, connections, 1, knownGuest),
    appending(`1 event a transaction, ${connections} connections, new guests`, connections, 1, () =>
      newUuid(),
    ),
    appending(`batches of ${batch}, known guests`, 2, batch, knownGuest),
    appending(`batches of ${batch}, new guests`, 2, batch, () => newUuid()),
    {
      name: `reading streams of ${page}, known guests`,
      callers: 2,
      events: page,
      caller: (by) => () =>
        database.read(scope, (tx) =>
          by
            ? readStream(tx, streams.enciphered, { interceptors: [by.within(tx).read] })
            : readStream(tx, streams.plain),
        ),
    },
  ];
}

async function append(
  database: Database,
  scope: { readonly organisationId: string },
  encryption: FieldEncryption | null,
  stream: string,
  events: readonly NewEvent[],
): Promise<unknown> {
  return database.transaction(scope, (tx) =>
    appendEvents(tx, {
      streamId: stream,
      events,
      ...(encryption && { interceptors: [encryption.within(tx).append] }),
    }),
  );
}

/** Three personal fields each, as a guest has at the most. */
function registered(count: number, guest: () => string): NewEvent[] {
  return Array.from({ length: count }, () => {
    const guestId = guest();
    const name = 'Ada King, Countess of Lovelace';
    const data = { guestId, email: `${guestId}@example.com`, name, phone: '+442079460000' };
    return { type: 'guests.guest-registered.v1', data };
  });
}
