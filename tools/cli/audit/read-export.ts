import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import type { ChainStart, SealedEvent, SignedTreeHead } from '@marquee/event-log';
import { readCell } from '../../csv/cells.ts';
import { UsageError } from '../errors.ts';

/** A line of an export of the audit trail. */
export type ExportRecord =
  | { readonly record: 'export'; readonly organisationId: string; readonly logs: readonly string[] }
  | {
      readonly record: 'log';
      readonly log: string;
      /** Null where nothing of the organisation is signed yet. */
      readonly head: SignedTreeHead | null;
      readonly start: ChainStart;
    }
  | (SealedEvent & { readonly record: 'entry'; readonly log: string })
  | { readonly record: 'end'; readonly entries: number };

/** The records of an export, of JSON lines or CSV, one at a time. Throws a UsageError where a line is none. */
export async function* readExport(file: string): AsyncGenerator<ExportRecord> {
  const records = file.endsWith('.csv') ? readCsv(file) : readJson(file);
  let line = 0;
  try {
    for await (const record of records) {
      line += 1;
      yield record;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new UsageError(`${file} cannot be read.`);
    if (error instanceof SyntaxError || code?.startsWith('CSV_'))
      throw new UsageError(`${file} is no export of the audit trail (after record ${line}): ${message}`);
    throw error;
  }
}

async function* readJson(file: string): AsyncGenerator<ExportRecord> {
  const input = createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Infinity });
  // An iterator over lines does not end with a fault of the file by itself.
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => undefined);
  const iterator = lines[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await Promise.race([iterator.next(), failed]);
    if (done) return;
    if (value.trim() !== '') yield JSON.parse(value) as ExportRecord;
  }
}

type Cells = Readonly<Record<string, string>>;

async function* readCsv(file: string): AsyncGenerator<ExportRecord> {
  const input = createReadStream(file);
  const parser = parse({ columns: true, bom: true });
  input.once('error', (error) => parser.destroy(error));
  for await (const row of input.pipe(parser) as AsyncIterable<Cells>) yield fromCells(row);
}

function fromCells(row: Cells): ExportRecord {
  const cell = (name: string) => readCell(row[name] ?? '');
  const data = JSON.parse(cell('data') || 'null') as object;
  const [record, log] = [cell('record'), cell('log')];
  if (record !== 'entry') return { record, ...(log && { log }), ...data } as ExportRecord;
  const named = [
    'id',
    'streamId',
    'organisationId',
    'type',
    'occurredAt',
    'correlationId',
    'actor',
    'traceparent',
  ];
  const texts = named.map((name) => [name, cell(name)] as const).filter(([, text]) => text !== '');
  const event = {
    ...Object.fromEntries(texts),
    version: Number(cell('version')),
    data,
  } as SealedEvent['event'];
  return { record, log, index: Number(cell('index')), hash: cell('hash'), event };
}
