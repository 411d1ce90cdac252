import { isUuid } from '@marquee/kernel';
import { CliError } from '../errors.ts';
import { toJsonLine } from '../log/format.ts';
import type { LogRecord } from '../log/read-log.ts';

/** An event of a file: what is known of it, and the line of JSON that goes to the database as it is. */
export type FileEvent = {
  readonly service: string;
  readonly id: string;
  readonly organisationId: string;
  readonly streamId: string;
  readonly version: number;
  readonly line: string;
  /** Where it stands in the file, from 1. */
  readonly place: number;
};

/** Parses one exported line. Throws a CliError that names the place and the field. */
export function parseLine(line: string, place: number): FileEvent {
  const event = parseJson(line, place);
  const text = (field: string, holds: (value: string) => boolean) => {
    const value = event[field];
    if (typeof value === 'string' && holds(value)) return value;
    throw new CliError(`Event ${place} of the file has no usable "${field}". Was it written by export?`);
  };
  const present = (value: string) => value.length > 0;
  text('type', present);
  text('correlationId', present);
  text('actor', present);
  text('occurredAt', (value) => /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)));
  if (event['traceparent'] !== undefined) text('traceparent', present);
  const { version, data } = event;
  if (!Number.isSafeInteger(version) || (version as number) < 1) {
    throw new CliError(`Event ${place} of the file has no usable "version". Was it written by export?`);
  }
  if (data === undefined) throw new CliError(`Event ${place} of the file has no "data".`);
  return {
    service: text('service', present),
    id: text('id', isUuid),
    organisationId: text('organisationId', isUuid),
    streamId: text('streamId', present),
    version: version as number,
    line,
    place,
  };
}

/** The same line from a record that was stored in columns. */
export function lineOf(record: LogRecord, place: number): string {
  parseJson(`{"data":${record.data}}`, place);
  return toJsonLine(record);
}

function parseJson(line: string, place: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below, with the place.
  }
  throw new CliError(`Event ${place} of the file is not a JSON object. Was the file cut short?`);
}
