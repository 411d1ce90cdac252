import { systemScope } from '@marquee/postgres';
import { workspaceRoot } from '../../start/config.ts';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';
import { everything } from '../log/filter.ts';
import { toJsonLine } from '../log/format.ts';
import { mergeByTime } from '../log/merge.ts';
import { readLog, type LogRecord } from '../log/read-log.ts';
import { withSources, type Source } from '../sources.ts';
import type { Consumer } from '../flow/event-flow.ts';

/** More than a person reads; what one request causes is a handful, a bulk import more. */
const maxEvents = 10_000;

/** How far a subscription has come with one event. */
type Handling = {
  readonly service: string;
  readonly subscription: string;
  readonly state: 'handled' | 'dead letter' | 'waiting';
  readonly error?: string;
};

async function run(call: Call): Promise<number> {
  const [correlationId, ...more] = call.words;
  if (correlationId === undefined || more.length > 0) {
    throw new UsageError(
      'Whose flow? marquee events flow CORRELATION_ID (answers carry it as x-correlation-id)',
    );
  }
  return withSources(call, 'event_log', async (sources) => {
    const records = await readAll(sources, correlationId);
    if (records.length === 0) {
      throw new CliError(
        `No event was caused by ${correlationId}. A query, or a refused change, causes none; the services' logs have its lines.`,
      );
    }
    const handlings = await findHandlings(call, sources, records);
    if (call.flag('json')) {
      for (const record of records) {
        const line = toJsonLine(record);
        await call.io.out(`${line.slice(0, -1)},"handlings":${JSON.stringify(handlings(record))}}\n`);
      }
    } else await call.io.out(timeline(correlationId, records, handlings));
    return exitCodes.done;
  });
}

async function readAll(sources: readonly Source[], correlationId: string): Promise<LogRecord[]> {
  const logs = sources.map((source) => readLog(source, { filter: { ...everything, correlationId } }));
  const records: LogRecord[] = [];
  for await (const record of mergeByTime(logs)) {
    if (records.push(record) === maxEvents) break;
  }
  return records;
}

/** Who handles each event is read from the code; how far they are, from their checkpoints and dead letters. */
async function findHandlings(
  call: Call,
  sources: readonly Source[],
  records: readonly LogRecord[],
): Promise<(record: LogRecord) => Handling[]> {
  if (call.text('database') !== undefined) return () => [];
  const { readEventFlow } = await import('../flow/event-flow.ts');
  const { consumers } = readEventFlow(workspaceRoot);
  const handled = new Map<string, State>();
  await Promise.all(
    sources.map(async (source) => {
      for (const each of await readStates(source, records)) handled.set(keyOf(each), each);
    }),
  );
  const running = new Set(sources.map(({ service }) => service));
  return (record) =>
    consumers
      .filter(({ types, service }) => types.includes(record.type) && running.has(service))
      .map((consumer) => stateOf(handled, consumer, record.id))
      .filter((state) => state !== null);
}

type State = Handling & { readonly id: string };

function stateOf(handled: ReadonlyMap<string, State>, consumer: Consumer, id: string): Handling | null {
  const { service, subscription } = consumer;
  const found = handled.get(keyOf({ id, service, subscription }));
  // A rebuild's own subscription has a checkpoint only while it runs.
  if (!found) return subscription.endsWith('-rebuild') ? null : { service, subscription, state: 'waiting' };
  const { id: _id, ...state } = found;
  return state;
}

function keyOf({ id, service, subscription }: Pick<State, 'id' | 'service' | 'subscription'>): string {
  return `${service} ${subscription} ${id}`;
}

/** What a service's subscriptions have done with the events; a dead letter counts for more than the checkpoint. */
async function readStates({ service, database }: Source, records: readonly LogRecord[]): Promise<State[]> {
  const events = records.map(({ id, service: source, position }) => ({ id, source, ...position }));
  return database.read(systemScope, async (tx) => {
    const [table] = await tx.rows<{ there: boolean }>(
      `select to_regclass('messaging_checkpoint') is not null as there`,
    );
    if (!table?.there) return [];
    const rows = await tx.rows<{ id: string; subscription: string; error: string | null }>(
      `with event as (
         select * from jsonb_to_recordset($1::jsonb) as event (id text, source text, tx numeric, position numeric)
       )
       select id, subscription, null as error from event join messaging_checkpoint as checkpoint using (source)
       where (log_tx, log_position) >= (tx, position)
       union all
       select id, subscription, null from event join messaging_inbox as inbox on event_id = id::uuid
       union all
       select id, subscription, error from event join dead_letter as letter on message_id = id`,
      [JSON.stringify(events)],
    );
    return rows.map(({ id, subscription, error }) => ({
      id,
      service,
      subscription,
      ...(error === null ? { state: 'handled' as const } : { state: 'dead letter' as const, error }),
    }));
  });
}

function timeline(
  correlationId: string,
  records: readonly LogRecord[],
  handlings: (record: LogRecord) => readonly Handling[],
): string {
  const startedAt = Date.parse(records[0]!.occurredAt);
  const services = new Set(records.map(({ service }) => service));
  const tookMs = Date.parse(records.at(-1)!.occurredAt) - startedAt;
  const count = `${records.length} event${records.length === 1 ? '' : 's'}`;
  const lines = [
    `${correlationId}: ${count} in ${[...services].join(', ')}, ${tookMs} ms from ${records[0]!.occurredAt}`,
    '',
  ];
  const width = Math.max(...records.map(({ service }) => service.length));
  for (const record of records) {
    const after = `+${Date.parse(record.occurredAt) - startedAt} ms`.padStart(12);
    const { service, type, streamId, version, actor } = record;
    lines.push(`${after}  ${service.padEnd(width)}  ${type}  ${streamId} v${version}  by ${actor}`);
    for (const handling of handlings(record)) lines.push(`${' '.repeat(12)}  ${describe(handling)}`);
  }
  return `${lines.join('\n')}\n`;
}

function describe({ service, subscription, state, error }: Handling): string {
  const sign = { handled: '✓', waiting: '…', 'dead letter': '✗' }[state];
  return `  → ${sign} ${service}: ${subscription}${state === 'handled' ? '' : ` (${state}${error ? `: ${error}` : ''})`}`;
}

export const flow: Command = {
  name: 'flow',
  summary: "Shows what one request caused, as a timeline across all services' logs",
  forms: ['CORRELATION_ID [options]'],
  notes: `Every answer of the platform carries its correlation id in the header x-correlation-id, and every event, message, log
line and SQL statement it leads to has the same. Beneath each event stands who handles it: ✓ done, … not yet, ✗ given
up as a dead letter. With --database only the events of that log are shown.`,
  options: sourceOptions,
  examples: ['flow 0b9f6c1e-8a52-4c3e-9f0a-1f2b3c4d5e6f'],
  run,
};
