import type { DomainEvent } from '@marquee/contracts';

/** A CloudEvents 1.0 event in structured mode, as it is sent; extensions are lower case without dashes, as it wants them. */
export type Envelope = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The stream: the thing that the event is about, such as `order-0197…`. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly organisationid: string;
  readonly correlationid: string;
  /** W3C trace context of what caused the event. */
  readonly traceparent?: string;
  /** Only in what `sendTestEvent` sends. */
  readonly test?: true;
  readonly data: unknown;
};

/** The message about an event. Its `data` may yet be replaced by what a selection makes of it. */
export function envelopeOf(
  event: Omit<DomainEvent, 'type' | 'data'> & { readonly type: string; readonly data: unknown },
): Envelope {
  return {
    specversion: '1.0',
    id: event.id,
    source: `/marquee/${event.type.split('.')[0]}`,
    type: event.type,
    subject: event.streamId,
    time: event.occurredAt,
    datacontenttype: 'application/json',
    organisationid: event.organisationId,
    correlationid: event.correlationId,
    ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
    data: event.data,
  };
}
