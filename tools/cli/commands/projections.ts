import { connectOperator, type ProcessStatus } from '@marquee/messaging';
import { systemScope } from '@marquee/postgres';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { runningNats, withSources, type Source } from '../sources.ts';
import { formatTable } from '../table.ts';
import { changeLogProjection, listLogProjections } from './log-projections.ts';

/**
 * One subscription to the events of services: what its process says of it where one runs, and what its tables hold. Or
 * one projection of the service's own log.
 */
export type Shown = {
  readonly service: string;
  readonly name: string;
  readonly kind: 'subscription' | 'inline' | 'async';
  /** Of a projection of the own log. */
  readonly version: number | null;
  readonly state: string;
  readonly lag: number | null;
  readonly handled: number | null;
  readonly deadLetters: number;
  readonly replayable: boolean | null;
  readonly lastError: string | null;
  readonly checkpoints: readonly {
    readonly source: string;
    readonly position: string;
    readonly at: string | null;
  }[];
};

async function run(call: Call): Promise<number> {
  const [verb, name, ...more] = call.words;
  if (verb !== undefined && name !== undefined && more.length === 0)
    return changeLogProjection(call, verb, name);
  if (verb !== undefined)
    throw new UsageError('What? marquee events projections [pause|resume|rebuild NAME]');
  const shown = await withSources(call, 'event_log', async (sources) => {
    const processes = await askProcesses(call, sources);
    const all = await Promise.all(
      sources.map(async (source) => [
        ...describe(source, await readTables(source), processes.get(source.service)),
        ...(await listLogProjections(source)),
      ]),
    );
    return all.flat();
  });
  if (call.flag('json')) {
    for (const each of shown) await call.io.out(`${JSON.stringify(each)}\n`);
    return exitCodes.done;
  }
  if (shown.length === 0) {
    await call.io.out('There are no projections.\n');
    return exitCodes.done;
  }
  const headings = [
    'service',
    'projection',
    'kind',
    'state',
    'lag',
    'dead letters',
    'replayable',
    'checkpoint',
  ];
  const rows = shown.map((each) => [
    each.service,
    each.name,
    each.kind,
    each.state,
    each.lag,
    each.deadLetters,
    each.replayable === null ? null : each.replayable ? 'yes' : 'no',
    each.checkpoints.map(({ source, position }) => `${source} ${position}`).join(', ') || null,
  ]);
  await call.io.out(formatTable(headings, rows));
  for (const { service, name, lastError } of shown) {
    if (lastError) await call.io.out(`${service} ${name}: ${lastError}\n`);
  }
  return exitCodes.done;
}

/** Each service's processes; none for a database that was named, whose service may run anywhere or nowhere. */
async function askProcesses(
  call: Call,
  sources: readonly Source[],
): Promise<Map<string, readonly ProcessStatus[]>> {
  if (call.text('database') !== undefined) return new Map();
  const operator = await connectOperator(runningNats());
  try {
    return new Map(
      await Promise.all(
        sources.map(async ({ service }) => [service, await operator.status(service)] as const),
      ),
    );
  } finally {
    await operator.close();
  }
}

type Tables = {
  readonly checkpoints: readonly {
    readonly name: string;
    readonly source: string;
    readonly position: string;
    readonly at: string;
  }[];
  readonly deadLetters: ReadonlyMap<string, number>;
};

async function readTables({ database }: Source): Promise<Tables> {
  return database.read(systemScope, async (tx) => {
    const [table] = await tx.rows<{ there: boolean }>(
      `select to_regclass('messaging_checkpoint') is not null as there`,
    );
    if (!table?.there) return { checkpoints: [], deadLetters: new Map() };
    const checkpoints = await tx.rows<{ name: string; source: string; position: string; moved: Date }>(
      `select subscription as name, source, log_tx || '/' || log_position as position, updated_at as moved
       from messaging_checkpoint where subscription not like '$%' order by subscription, source`,
    );
    const letters = await tx.rows<{ name: string; letters: number }>(
      'select subscription as name, count(*)::integer as letters from dead_letter group by subscription',
    );
    return {
      checkpoints: checkpoints.map(({ moved, ...each }) => ({ ...each, at: moved.toISOString() })),
      deadLetters: new Map(letters.map(({ name, letters: count }) => [name, count])),
    };
  });
}

function describe(
  { service }: Source,
  { checkpoints, deadLetters }: Tables,
  processes: readonly ProcessStatus[] | undefined,
): Shown[] {
  const live = (processes ?? []).flatMap(({ subscriptions }) => subscriptions);
  const names = new Set([
    ...live.map(({ name }) => name),
    ...checkpoints.map(({ name }) => name),
    ...deadLetters.keys(),
  ]);
  return [...names].toSorted().map((name) => {
    // Of several processes one is active, and only that one knows the lag.
    const mine = live.filter((each) => each.name === name);
    const active = mine.find(({ state }) => state !== 'standby') ?? mine[0];
    const unknown = processes === undefined ? 'unknown' : 'not running';
    return {
      service,
      name,
      kind: 'subscription',
      version: null,
      state: active?.state ?? unknown,
      lag: active?.lag ?? null,
      handled: active?.handled ?? null,
      deadLetters: deadLetters.get(name) ?? 0,
      replayable: active ? processes!.some(({ replayable }) => replayable.includes(name)) : null,
      lastError: active?.lastError ?? null,
      checkpoints: checkpoints
        .filter((each) => each.name === name)
        .map(({ source, position, at }) => ({ source, position, at })),
    };
  });
}

export const projections: Command = {
  name: 'projections',
  summary: 'Lists subscriptions and projections: state, lag, dead letters and checkpoint; pauses, rebuilds',
  forms: ['[options]', 'pause NAME [options]', 'resume NAME [options]', 'rebuild NAME [options]'],
  notes: `State and lag come from the running processes, over NATS; checkpoints and dead letters from the tables. With
--database only those are known. The lag is the number of events still to be handled. Of kind inline or async are the
projections that a service keeps of its own log: those can be paused, resumed, and rebuilt beside the live one, which serves
on until the new one takes its place. Subscriptions are rebuilt with the command replay.`,
  options: sourceOptions,
  examples: ['projections', 'projections --service tickets --json', 'projections rebuild order-history'],
  run,
};
