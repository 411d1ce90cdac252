import { parseCount, sourceOptions, type Call, type Command } from '../command.ts';
import { exitCodes } from '../errors.ts';
import { filterOptions, parseFilter } from '../log/filter.ts';
import { toJsonLine, toText } from '../log/format.ts';
import { mergeByTime } from '../log/merge.ts';
import { readLog } from '../log/read-log.ts';
import { withSources } from '../sources.ts';

async function run(call: Call): Promise<number> {
  const filter = parseFilter(call);
  const limit = parseCount(call, 'limit', 100);
  const newestFirst = call.flag('reverse');
  const show = call.flag('json')
    ? toJsonLine
    : (record: Parameters<typeof toText>[0]) => toText(record, { wide: call.flag('wide') });
  return withSources(call, 'event_log', async (sources) => {
    const logs = sources.map((source) => readLog(source, { filter, newestFirst }));
    let shown = 0;
    for await (const record of mergeByTime(logs, { newestFirst })) {
      if (shown === limit || call.io.signal.aborted) {
        call.io.err(`More than ${limit} events match; --limit shows more.\n`);
        break;
      }
      await call.io.out(`${show(record)}\n`);
      shown += 1;
    }
    if (shown === 0) call.io.err('No event matches.\n');
    return exitCodes.done;
  });
}

export const query: Command = {
  name: 'query',
  summary: 'Finds events by stream, type, time, organisation or the request that caused them',
  forms: ['[options]'],
  notes: `Services are merged by time; each log keeps its own order. Events are shown as they are stored: an old
version as the old version, an enciphered field as its cipher text. --json is NDJSON, and what export writes.`,
  options: {
    ...filterOptions,
    limit: { value: 'N', help: 'events at most (default 100)' },
    reverse: { help: 'the newest first' },
    wide: { help: 'with data, ids, actor and correlation' },
    ...sourceOptions,
  },
  examples: [
    'query --service tickets --since 15m --wide',
    "query --type 'tickets.order-*' --json --limit 1000",
    'query --stream order-01970c5e-6f0a-7c3e-8a52-1f2b3c4d5e6f',
  ],
  run,
};
