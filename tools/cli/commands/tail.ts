import { setTimeout as delay } from 'node:timers/promises';
import type { LogPosition } from '@marquee/event-log';
import { parseCount, sourceOptions, type Call, type Command } from '../command.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { filterOptions, parseFilter, type LogFilter } from '../log/filter.ts';
import { toJsonLine, toText } from '../log/format.ts';
import { mergeByTime } from '../log/merge.ts';
import { beforeHorizon, parsePosition } from '../log/position.ts';
import { readHorizon, readLog, readSafely, type LogRecord } from '../log/read-log.ts';
import { withSources, type Source } from '../sources.ts';

/** LISTEN/NOTIFY would take a lock of the whole cluster at each commit; a look at an index costs nobody anything. */
const pollMs = 250;

type Followed = { readonly source: Source; after: LogPosition };

async function run(call: Call): Promise<number> {
  const filter = parseFilter(call);
  const count = parseCount(call, 'lines', 10, 0);
  const show = (record: LogRecord) =>
    call.io.out(`${call.flag('json') ? toJsonLine(record) : toText(record, { wide: call.flag('wide') })}\n`);
  return withSources(call, 'event_log', async (sources) => {
    const followed = await begin(call, sources);
    if (call.text('from') === undefined) {
      for (const record of await lastOf(followed, filter, count)) await show(record);
    }
    if (call.flag('follow')) await follow(call, followed, filter, show);
    else if (call.text('from') !== undefined) await catchUp(followed, filter, show, call.io.signal);
    return exitCodes.done;
  });
}

/** Where each log is followed from: now, unless told. */
async function begin(call: Call, sources: readonly Source[]): Promise<Followed[]> {
  const from = call.text('from') ?? 'now';
  if (from !== 'now' && from !== 'start' && sources.length > 1) {
    throw new UsageError('A position is of one log: name its service with --service.');
  }
  return Promise.all(
    sources.map(async (source) => ({
      source,
      after: from === 'now' ? beforeHorizon(await readHorizon(source.database)) : parsePosition(from),
    })),
  );
}

/** The newest events before the place where following begins, the oldest of them first. */
async function lastOf(followed: readonly Followed[], filter: LogFilter, count: number): Promise<LogRecord[]> {
  if (count === 0) return [];
  const logs = followed.map(({ source, after }) => readLog(source, { filter, after, newestFirst: true }));
  const newest: LogRecord[] = [];
  for await (const record of mergeByTime(logs, { newestFirst: true })) {
    if (newest.push(record) === count) break;
  }
  return newest.toReversed();
}

async function follow(
  call: Call,
  followed: readonly Followed[],
  filter: LogFilter,
  show: (record: LogRecord) => Promise<void>,
): Promise<void> {
  const { signal } = call.io;
  while (!signal.aborted) {
    await catchUp(followed, filter, show, signal);
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Everything below the horizon, which nothing can be added to: none is ever passed over, nor shown twice. */
async function catchUp(
  followed: readonly Followed[],
  filter: LogFilter,
  show: (record: LogRecord) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let found = true; found && !signal.aborted;) {
    const pages = await Promise.all(
      followed.map(async (log) => {
        const page = await readSafely(log.source, filter, log.after);
        log.after = page.at(-1)?.position ?? log.after;
        return page;
      }),
    );
    found = pages.some((page) => page.length > 0);
    for await (const record of mergeByTime(pages.map(toAsync))) await show(record);
  }
}

async function* toAsync(records: readonly LogRecord[]): AsyncGenerator<LogRecord, void, undefined> {
  yield* records;
}

export const tail: Command = {
  name: 'tail',
  summary: 'Shows the newest events, and with -f each one as it comes',
  forms: ['[-f] [options]'],
  notes: `Gap-safe: an event is shown once no event before it can appear any more, so a long transaction holds it back and
none is ever missed. With -f it looks four times a second. Each line of --json has its position, to go on from with --from. Ctrl-C ends it with 0.`,
  options: {
    follow: { short: 'f', help: 'go on with what comes' },
    lines: { short: 'n', value: 'N', help: 'events before now (default 10)' },
    from: { value: 'PLACE', help: 'now, start, or a position: then everything after it' },
    wide: { help: 'with data, ids, actor and correlation' },
    ...filterOptions,
    ...sourceOptions,
  },
  examples: ["tail -f --type 'tickets.*'", 'tail -f --service tickets --from 412/98 --json'],
  run,
};
