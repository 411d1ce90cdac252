import { extname } from 'node:path';
import { UsageError } from '../errors.ts';
import type { LogRecord } from '../log/read-log.ts';

/** Takes events one at a time; slow storage slows the caller down. */
export type EventWriter = {
  write(record: LogRecord): Promise<void>;
  finish(): Promise<void>;
  /** Lets go of the file after a fault. */
  abandon(): Promise<void>;
};

export const formats = ['ndjson', 'parquet'] as const;
export type Format = (typeof formats)[number];

const byExtension: Readonly<Record<string, Format>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.parquet': 'parquet',
};

/** --format, else what the file's name says. `-` is NDJSON. */
export function formatOf(file: string, given: string | undefined): Format {
  if (given !== undefined && !formats.some((format) => format === given)) {
    throw new UsageError(`--format must be ndjson or parquet, not "${given}".`);
  }
  if (file === '-' && given === 'parquet') {
    throw new UsageError('Parquet has its index at the end and cannot be piped: name a file.');
  }
  const format = (given as Format | undefined) ?? (file === '-' ? 'ndjson' : byExtension[extname(file)]);
  if (format) return format;
  throw new UsageError(
    `The name ${file} does not say its format: end it in .ndjson or .parquet, or give --format.`,
  );
}
