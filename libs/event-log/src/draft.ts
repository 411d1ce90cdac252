import { assertValidEvent, type DomainEvent, type NewEvent } from '@marquee/contracts';
import { assert, newUuid } from '@marquee/kernel';
import { currentCorrelation, newCorrelationId, type Correlation } from '@marquee/telemetry';
import type { EventContent } from './intercept.ts';

/** An event's data at most, as JSON: with its envelope it must fit NATS's payload of 4 MiB. */
const maxEventBytes = 3 * 1024 * 1024;

export type StreamAppend = {
  /** Made by `streamId`. */
  readonly streamId: string;
  /** The version that the caller's decision was based on; `none`: the stream must not exist yet. Default: any. */
  readonly expectedVersion?: number | 'none';
  readonly events: readonly NewEvent[];
};

/** An event with its id, checked; `type` and `data` are what is stored, once the interceptors have run. */
export type Draft = EventContent & {
  /** As the caller gave it. */
  readonly event: NewEvent;
};

/** Throws InvalidEventError where an event does not fit the catalogue. */
export function draftEvents({ streamId, events }: StreamAppend, organisationId: string): Draft[] {
  return events.map((event) => {
    assertValidEvent(event);
    const { type, data } = event;
    return { id: newUuid(), streamId, organisationId, type, data, event };
  });
}

/** The data of a draft as JSON text. */
export function draftJson({ type, data }: Draft): string {
  const json = JSON.stringify(data);
  assert(Buffer.byteLength(json) <= maxEventBytes, `event ${type} is larger than ${maxEventBytes} bytes`);
  return json;
}

/** A draft as a record of the append statements: of the stream with this number, with the fields that only they know. */
export function draftRecord({ id, type }: Draft, json: string, stream: number, fields: object = {}): string {
  // Spliced, not nested: the data, which is most of it, is serialised once.
  return `${JSON.stringify({ id, type, ...(stream > 0 && { s: stream }), ...fields }).slice(0, -1)},"data":${json}}`;
}

/** The expected version as the statements take it: null for any. */
export function expectedNumber({ expectedVersion }: StreamAppend): number | null {
  return expectedVersion === 'none' ? 0 : (expectedVersion ?? null);
}

/** What the log answers for each stream: the version of its newest event, and when all that it wrote happened. */
export type StreamRow = { readonly stream: string; readonly version: number; readonly now: Date };

/** Drafts of one stream as events of the log, of which the first has the version after `base`. */
export function toLogged(
  drafts: readonly Draft[],
  base: number,
  now: Date,
  { correlationId, actor, traceparent }: Correlation,
): DomainEvent[] {
  const occurredAt = now.toISOString();
  return drafts.map(
    ({ id, streamId, organisationId, event }, index) =>
      ({
        type: event.type,
        data: event.data,
        id,
        streamId,
        version: base + index + 1,
        organisationId,
        occurredAt,
        correlationId,
        actor,
        ...(traceparent && { traceparent }),
      }) as DomainEvent,
  );
}

/** Who and why, from the work at hand; work that nobody asked for is the system's. */
export function causeOfAppend(): Correlation {
  return currentCorrelation() ?? { correlationId: newCorrelationId(), actor: 'system' };
}
