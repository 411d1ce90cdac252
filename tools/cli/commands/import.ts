import { stat } from 'node:fs/promises';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';
import { createProgress, progressBar } from '../progress.ts';
import { withSources, type Source } from '../sources.ts';
import { formatOf, type Format } from '../transfer/formats.ts';
import { importBatch, type Imported } from '../transfer/import-events.ts';
import { readNdjson } from '../transfer/ndjson.ts';
import { readParquet } from '../transfer/parquet.ts';
import type { FileEvent } from '../transfer/record.ts';

/** One transaction at most: short, for an open one holds back the readers of every log on the server. */
const maxEvents = 1_000;
const maxBytes = 4 * 1024 * 1024;

async function run(call: Call): Promise<number> {
  const [file, ...more] = call.words;
  if (file === undefined || more.length > 0) throw new UsageError('Which file? marquee events import FILE');
  const format = formatOf(file, call.text('format'));
  if (call.text('database') === undefined && !call.flag('yes')) {
    throw new UsageError(
      'The relays publish what comes into the logs of the running platform, and services act on it. If that is wanted, add --yes; else name a --database.',
    );
  }
  if (file !== '-') await mustExist(file);
  return withSources(call, 'event_log', async (sources) => {
    const imported = await importAll(call, sources, batches(file, format));
    const { added, known } = imported;
    if (call.flag('json')) await call.io.out(`${JSON.stringify({ file, ...imported })}\n`);
    else
      await call.io.out(
        `${added.toLocaleString('en')} events imported, ${known.toLocaleString('en')} were there already.\n`,
      );
    return exitCodes.done;
  });
}

async function importAll(
  call: Call,
  sources: readonly Source[],
  files: AsyncIterable<readonly FileEvent[]>,
): Promise<Imported> {
  const progress = createProgress(call.io);
  const targetOf = createTargets(call, sources);
  let [added, known] = [0, 0];
  const soFar = () => `${added} events were imported before it, and stay; running it again passes over them.`;
  try {
    for await (const batch of files) {
      if (call.io.signal.aborted) throw new CliError('Stopped.');
      const imported = await importBatch(targetOf(batch[0]!).database, batch);
      added += imported.added;
      known += imported.known;
      progress.show(progressBar(added + known, null, 'events'));
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(`${error.message}\n${soFar()}`, { cause: error });
  } finally {
    progress.end();
  }
  return { added, known };
}

/** Finds the log that an event belongs to. One --database takes one service's events, whatever it is called. */
function createTargets(call: Call, sources: readonly Source[]): (event: FileEvent) => Source {
  const [only] = sources;
  const anyName = call.text('database') !== undefined && call.all('service').length === 0;
  let accepted: string | undefined;
  return ({ service, place }) => {
    if (anyName && only) {
      accepted ??= service;
      if (accepted === service) return only;
      throw new UsageError(
        `Event ${place} is of ${service}, those before are of ${accepted}: a database has one service's log. Export one with --service.`,
      );
    }
    const source = sources.find((each) => each.service === service);
    if (source) return source;
    const known = sources.map((each) => each.service).join(', ');
    throw new UsageError(`Event ${place} is of ${service}; this import is into ${known}.`);
  };
}

/** In the file's order; a batch is of one service. */
async function* batches(file: string, format: Format): AsyncGenerator<readonly FileEvent[], void, undefined> {
  let batch: FileEvent[] = [];
  let bytes = 0;
  for await (const event of format === 'parquet' ? readParquet(file) : readNdjson(file)) {
    const full = batch.length >= maxEvents || bytes + event.line.length > maxBytes;
    if (batch.length > 0 && (full || batch[0]!.service !== event.service)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += event.line.length;
  }
  if (batch.length > 0) yield batch;
}

async function mustExist(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new CliError(`There is no file ${file}.`);
}

export const importEvents: Command = {
  name: 'import',
  summary: 'Adds the events of an exported file to a log, and never the same one twice',
  forms: ['FILE [options]'],
  notes: `Events keep their id, version, time, correlation and data; their place in the log is new, in the file's order. An
event that is there already is passed over, so a broken import is simply run again. Where the log has another
event in an event's place, or lacks the ones before it, the import stops and says which. Tables of state are not
touched: rebuild projections after it. It needs --yes for the logs of the running platform.`,
  options: {
    format: { value: 'NAME', help: 'ndjson or parquet, where the name does not say' },
    yes: { help: 'into the running platform, whose relays publish what comes' },
    ...sourceOptions,
  },
  examples: ['import tickets.parquet --database postgres://owner:secret@127.0.0.1:5432/copy'],
  run,
};
