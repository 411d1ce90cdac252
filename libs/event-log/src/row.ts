import type { DomainEvent } from '@marquee/contracts';

/** A row of the log, and how it becomes an event; one place, where upcasting and decryption will find it. */
export type EventRow = {
  readonly event_id: string;
  readonly stream_id: string;
  readonly version: number;
  readonly organisation_id: string;
  readonly type: string;
  readonly data: unknown;
  readonly occurred_at: Date;
  readonly correlation_id: string;
  readonly actor: string;
  readonly traceparent: string | null;
};

export const eventColumns =
  'event_id, stream_id, version, organisation_id, type, data, occurred_at, correlation_id, actor, traceparent';

export function toDomainEvent(row: EventRow): DomainEvent {
  return {
    type: row.type,
    data: row.data,
    id: row.event_id,
    streamId: row.stream_id,
    version: row.version,
    organisationId: row.organisation_id,
    occurredAt: row.occurred_at.toISOString(),
    correlationId: row.correlation_id,
    actor: row.actor,
    ...(row.traceparent && { traceparent: row.traceparent }),
  } as DomainEvent;
}
