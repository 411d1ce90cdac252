import { formatPosition } from './position.ts';
import type { LogRecord } from './read-log.ts';

/** One event as one line of JSON. The data is spliced in as the database wrote it: parsed, big numbers would round. */
export function toJsonLine(record: LogRecord): string {
  const { position, data, traceparent, ...rest } = record;
  const { service, ...envelope } = rest;
  const head = {
    service,
    position: formatPosition(position),
    ...envelope,
    ...(traceparent && { traceparent }),
  };
  return `${JSON.stringify(head).slice(0, -1)},"data":${data}}`;
}

/** One event as lines for a person. */
export function toText(record: LogRecord, { wide }: { readonly wide: boolean }): string {
  const { occurredAt, type, streamId, version, actor } = record;
  const line = `${occurredAt}  ${type.padEnd(34)} ${streamId} v${version}`;
  if (!wide) return line;
  return `${line}\n    ${record.service} ${formatPosition(record.position)}  id ${record.id}  organisation ${record.organisationId}\n    correlation ${record.correlationId}  actor ${actor}\n    ${record.data}`;
}
