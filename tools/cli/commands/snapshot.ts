import { dropSnapshots } from '@marquee/event-log';
import { systemScope } from '@marquee/postgres';
import { parseCount, sourceOptions, type Call, type Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { withSources, type Source } from '../sources.ts';
import { readAggregate, takeSnapshot } from '../snapshots/take-snapshot.ts';
import { formatTable } from '../table.ts';

type Listed = {
  readonly service: string;
  readonly streamId: string;
  readonly organisationId: string;
  readonly schemaVersion: number;
  readonly snapshots: number;
  /** Of the newest snapshot, and of the stream. */
  readonly version: number;
  readonly streamVersion: number | null;
  readonly bytes: number;
  readonly takenAt: string;
};

async function run(call: Call): Promise<number> {
  const [verb, stream, ...more] = call.words;
  if (verb === 'list' && stream === undefined) return list(call);
  if (verb === 'take' && stream !== undefined && more.length === 0) return take(call, stream);
  if (verb === 'drop' && stream !== undefined && more.length === 0) return drop(call, stream);
  throw new UsageError('What? marquee events snapshot list, snapshot take STREAM, or snapshot drop STREAM');
}

async function list(call: Call): Promise<number> {
  const limit = parseCount(call, 'limit', 100);
  const all = await withSources(call, 'event_log', (sources) =>
    Promise.all(sources.map((source) => readSnapshots(source, limit))),
  );
  const listed = all.flat().slice(0, limit);
  if (call.flag('json')) for (const each of listed) await call.io.out(`${JSON.stringify(each)}\n`);
  else if (listed.length === 0) await call.io.out('There are no snapshots.\n');
  else {
    const headings = ['service', 'stream', 'schema', 'snapshots', 'at version', 'of', 'bytes', 'taken at'];
    const rows = listed.map((each) => [
      each.service,
      each.streamId,
      each.schemaVersion,
      each.snapshots,
      each.version,
      each.streamVersion,
      each.bytes,
      each.takenAt,
    ]);
    await call.io.out(formatTable(headings, rows));
  }
  return exitCodes.done;
}

async function readSnapshots({ service, database }: Source, limit: number): Promise<Listed[]> {
  const rows = await database.read(systemScope, (tx) =>
    tx.rows<Omit<Listed, 'service' | 'takenAt'> & { readonly taken: Date }>(
      `select stream_id as "streamId", organisation_id as "organisationId", schema_version as "schemaVersion",
              count(*)::integer as snapshots, max(snapshot.version) as version, max(stream.version) as "streamVersion",
              sum(octet_length(state))::integer as bytes, max(taken_at) as taken
       from event_snapshot as snapshot left join event_stream as stream using (organisation_id, stream_id)
       group by stream_id, organisation_id, schema_version
       order by taken desc limit $1`,
      [limit],
    ),
  );
  return rows.map(({ taken, ...row }) => ({ service, ...row, takenAt: taken.toISOString() }));
}

async function take(call: Call, stream: string): Promise<number> {
  const aggregate = await readAggregate(call.text('aggregate'), stream);
  const isPlatform = call.text('database') === undefined;
  const taken = await withSources(call, 'event_log', (sources) =>
    takeSnapshot(sources, aggregate, stream, { isPlatform }),
  );
  if (call.flag('json')) await call.io.out(`${JSON.stringify(taken)}\n`);
  else {
    const { service, version, bytes } = taken;
    await call.io.out(
      `${stream} of ${service} at version ${version}: ${bytes.toLocaleString('en')} bytes.\n`,
    );
  }
  return exitCodes.done;
}

async function drop(call: Call, stream: string): Promise<number> {
  const dropped = await withSources(call, 'event_log', async (sources) => {
    const counts = await Promise.all(
      sources.map(({ database }) =>
        database.transaction(systemScope, async (tx) => {
          const before = await tx.rows('select 1 from event_snapshot where stream_id = $1', [stream]);
          await dropSnapshots(tx, stream);
          return before.length;
        }),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  });
  if (call.flag('json')) await call.io.out(`${JSON.stringify({ streamId: stream, dropped })}\n`);
  else await call.io.out(`${dropped} snapshots of ${stream} removed.\n`);
  return exitCodes.done;
}

export const snapshots: Command = {
  name: 'snapshot',
  summary: 'Lists the snapshots of streams, takes that of one, and removes those of one',
  forms: ['list [options]', 'take STREAM --aggregate FILE [options]', 'drop STREAM [options]'],
  notes: `Snapshots are taken by the aggregates' own policies, which are code; a removed one costs the next load some time and
is taken again. To take one now, such as before the door opens, name the module that exports the aggregate (made by
defineAggregate, with a snapshot policy): the state is built as the service builds it. Of the running platform what is
enciphered is read by its own keys. Remove a stream's when its state must not stay in clear.`,
  options: {
    aggregate: { value: 'FILE', help: 'a module, or FILE#EXPORT where it exports several aggregates' },
    limit: { value: 'N', help: 'streams at most, the newest snapshots first (default 100)' },
    ...sourceOptions,
  },
  examples: [
    'snapshot list --service tickets',
    'snapshot take wallet-01970c5e-6f0a-7c3e-8a52-1f2b3c4d5e6f --aggregate ./apps/wallets/src/wallet.ts#wallet',
    'snapshot drop order-01970c5e-6f0a-7c3e-8a52-1f2b3c4d5e6f',
  ],
  run,
};
