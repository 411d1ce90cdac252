import { upcasting, type DomainEvent } from '@marquee/contracts';
import { intercept, type EventInterceptor } from './intercept.ts';

/** A row of the log, as every read selects it. */
export type EventRow = {
  readonly event_id: string;
  readonly stream_id: string;
  readonly version: number;
  readonly organisation_id: string;
  readonly type: string;
  readonly data: unknown;
  /** As text where the connection leaves instants as PostgreSQL writes them. */
  readonly occurred_at: Date | string;
  readonly correlation_id: string;
  readonly actor: string;
  readonly traceparent: string | null;
};

export const eventColumns =
  'event_id, stream_id, version, organisation_id, type, data, occurred_at, correlation_id, actor, traceparent';

/** Of a type that the catalogue may know only as an old version. */
export type StoredEvent = Omit<DomainEvent, 'type' | 'data'> & {
  readonly type: string;
  readonly data: unknown;
};

/**
 * How rows become events, for every read: as stored, then through the caller's interceptors, then in the newest version
 * of their types.
 */
export async function toDomainEvents(
  rows: readonly EventRow[],
  interceptors: readonly EventInterceptor[] = [],
): Promise<DomainEvent[]> {
  const stored = rows.map(toStoredEvent);
  const read = interceptors.length === 0 ? stored : await intercept(stored, interceptors);
  return read.map(upcasting.upcast) as DomainEvent[];
}

const utcText = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?\+00$/;

/** RFC 3339 in UTC with milliseconds. */
export function instantOf(value: Date | string): string {
  if (typeof value !== 'string') return value.toISOString();
  if (!utcText.test(value)) return new Date(value).toISOString();
  // 2027-03-20 19:00:00.12+00: without the zone, and what the fraction lacks.
  const text = value.length === 22 ? `${value.slice(0, 19)}.` : value.slice(0, -3);
  return `${text.slice(0, 10)}T${text.slice(11)}${'000'.slice(text.length - 20)}Z`;
}

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    type: row.type,
    data: row.data,
    id: row.event_id,
    streamId: row.stream_id,
    version: row.version,
    organisationId: row.organisation_id,
    occurredAt: instantOf(row.occurred_at),
    correlationId: row.correlation_id,
    actor: row.actor,
    ...(row.traceparent && { traceparent: row.traceparent }),
  };
}
