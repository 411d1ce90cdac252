import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';
import { filterOptions, parseFilter, type LogFilter } from '../log/filter.ts';
import { toJsonLine } from '../log/format.ts';
import { readHorizon, readLog } from '../log/read-log.ts';
import { createProgress, progressBar } from '../progress.ts';
import { withSources, type Source } from '../sources.ts';
import { formatOf, type EventWriter, type Format } from '../transfer/formats.ts';
import { writeNdjson } from '../transfer/ndjson.ts';
import { writeParquet } from '../transfer/parquet.ts';

async function run(call: Call): Promise<number> {
  const [file, ...more] = call.words;
  if (file === undefined || more.length > 0) throw new UsageError('Which file? marquee events export FILE');
  const format = formatOf(file, call.text('format'));
  const filter = parseFilter(call);
  if (file !== '-' && existsSync(file)) {
    throw new CliError(
      `${file} is there already, and export overwrites nothing. Remove it or take another name.`,
    );
  }
  return withSources(call, 'event_log', async (sources) => {
    const events =
      file === '-'
        ? await exportTo(call, sources, filter, toStdout(call))
        : await exportToFile(call, sources, filter, file, format);
    if (call.flag('json') && file !== '-') {
      await call.io.out(`${JSON.stringify({ file, format, events })}\n`);
    } else call.io.err(`${events.toLocaleString('en')} events exported.\n`);
    return exitCodes.done;
  });
}

/** Under another name until it is complete: half an export is not taken for one. */
async function exportToFile(
  call: Call,
  sources: readonly Source[],
  filter: LogFilter,
  file: string,
  format: Format,
): Promise<number> {
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  const writer = format === 'parquet' ? await writeParquet(partial) : writeNdjson(partial);
  try {
    const events = await exportTo(call, sources, filter, writer);
    await rename(partial, file);
    return events;
  } catch (error) {
    await writer.abandon();
    await rm(partial, { force: true });
    throw error;
  }
}

/** One log after the other, each up to what was complete when its turn came. */
async function exportTo(
  call: Call,
  sources: readonly Source[],
  filter: LogFilter,
  writer: EventWriter,
): Promise<number> {
  const progress = createProgress(call.io);
  let events = 0;
  for (const source of sources) {
    const horizon = await readHorizon(source.database);
    for await (const record of readLog(source, { filter, horizon })) {
      if (call.io.signal.aborted) throw new CliError('Stopped; nothing was written.');
      await writer.write(record);
      events += 1;
      progress.show(`${progressBar(events, null, 'events')}  ${source.service}`);
    }
  }
  await writer.finish();
  progress.end();
  return events;
}

function toStdout(call: Call): EventWriter {
  return {
    write: (record) => call.io.out(`${toJsonLine(record)}\n`),
    finish: async () => undefined,
    abandon: async () => undefined,
  };
}

export const exportEvents: Command = {
  name: 'export',
  summary: 'Writes events to a file of NDJSON or Parquet, exactly as they are stored',
  forms: ['FILE [options]'],
  notes: `FILE ends in .ndjson, .jsonl or .parquet; - is NDJSON on stdout. Memory stays flat whatever the size. What is
committed after the export began is not in it. import reads it back exactly: order, ids, versions, times,
correlation, and data to the last digit. Enciphered fields leave as cipher text, without their keys.`,
  options: {
    format: { value: 'NAME', help: 'ndjson or parquet, where the name does not say' },
    ...filterOptions,
    ...sourceOptions,
  },
  examples: ['export all.parquet', 'export - --service tickets --since 1d | gzip > tickets.ndjson.gz'],
  run,
};
