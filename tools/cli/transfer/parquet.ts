import { rm, writeFile } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { CliError } from '../errors.ts';
import { formatPosition, parsePosition } from '../log/position.ts';
import type { LogRecord } from '../log/read-log.ts';
import type { EventWriter } from './formats.ts';
import { lineOf, parseLine, type FileEvent } from './record.ts';

/** A row group at most: what is held in memory at once. */
const rowsPerGroup = 10_000;
const bytesPerGroup = 8 * 1024 * 1024;

/**
 * The data is text, not Parquet's JSON: readers parse that, and a number of more than 53 bits would be rounded. The
 * time is a timestamp, so that analysts can compare it.
 */
const columns = [
  'service',
  'position',
  'id',
  'organisationId',
  'streamId',
  'version',
  'type',
  'occurredAt',
  'correlationId',
  'actor',
  'traceparent',
  'data',
] as const;

const utf8 = (name: string, repetition: 'REQUIRED' | 'OPTIONAL' = 'REQUIRED'): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: repetition,
});

const schema: SchemaElement[] = [
  { name: 'root', num_children: columns.length },
  ...columns.map((name): SchemaElement => {
    if (name === 'version') return { name, type: 'INT32', repetition_type: 'REQUIRED' };
    if (name === 'occurredAt') {
      return { name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' };
    }
    return utf8(name, name === 'traceparent' ? 'OPTIONAL' : 'REQUIRED');
  }),
];

type Row = Readonly<Record<(typeof columns)[number], unknown>>;

export async function writeParquet(file: string): Promise<EventWriter> {
  // The library empties a file that is there; this does not.
  await writeFile(file, '', { flag: 'wx' });
  const writer = new ParquetWriter({ writer: fileWriter(file), schema });
  let rows: Row[] = [];
  let bytes = 0;
  const flush = async () => {
    const columnData = columns.map((name) => ({ name, data: rows.map((row) => row[name]) }));
    if (rows.length > 0) await writer.write({ columnData, rowGroupSize: rows.length });
    rows = [];
    bytes = 0;
  };
  return {
    write: async (record) => {
      rows.push(toRow(record));
      bytes += record.data.length;
      if (rows.length >= rowsPerGroup || bytes >= bytesPerGroup) await flush();
    },
    finish: async () => {
      await flush();
      await writer.finish();
    },
    abandon: () => rm(file, { force: true }),
  };
}

/** A row group at a time. */
export async function* readParquet(file: string): AsyncGenerator<FileEvent, void, undefined> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch((cause: unknown) => {
    throw new CliError(`${file} is not a Parquet file, or is cut short.`, { cause });
  });
  const names = metadata.schema.slice(1).map(({ name }) => name);
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new CliError(`${file} has no column ${missing.join(', ')}: export did not write it.`);
  let place = 0;
  for (const { num_rows: rowsOfGroup } of metadata.row_groups) {
    const rows = await parquetReadObjects({
      file: buffer,
      metadata,
      rowStart: place,
      rowEnd: place + Number(rowsOfGroup),
    });
    for (const row of rows) {
      place += 1;
      yield parseLine(lineOf(toRecord(row as Row), place), place);
    }
  }
}

function toRow(record: LogRecord): Row {
  return {
    ...record,
    position: formatPosition(record.position),
    occurredAt: new Date(record.occurredAt),
  };
}

function toRecord(row: Row): LogRecord {
  const { position, occurredAt, ...rest } = row;
  return {
    ...(rest as Omit<LogRecord, 'position' | 'occurredAt'>),
    traceparent: (row.traceparent as string | null | undefined) ?? null,
    position: parsePosition(String(position)),
    occurredAt: (occurredAt as Date).toISOString(),
  };
}
