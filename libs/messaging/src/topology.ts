import { Buffer } from 'node:buffer';
import { assertValidEvent, type DomainEvent, type EventType } from '@marquee/contracts';
import type { LogPosition } from '@marquee/event-log';
import { correlationHeaders } from '@marquee/telemetry';
import type { ReceivedHeaders } from './received.ts';
import { writtenHeaders, type WrittenHeaders } from './written-headers.ts';

/** Names of streams and subjects in one namespace. */
export type Topology = {
  readonly namespace: string;
  /** `MARQUEE_tickets` */
  stream(service: string): string;
  /** All that a service publishes: `marquee.tickets.>` */
  subjects(service: string): string;
  /** All that a service publishes of one organisation. */
  ofOrganisation(service: string, organisationId: string): string;
  /** `marquee.tickets.<organisation>.hold-placed.v1.hold-<uuid>` */
  subject(event: DomainEvent): string;
  /** Every organisation's events of a type: `marquee.tickets.*.hold-placed.v1.*` */
  filter(type: EventType): string;
  /** Core NATS, outside every stream: a ring of the service's relay. */
  wake(service: string): string;
  /** Core NATS too: where a service's processes answer operators. */
  control(service: string): string;
  /** Core NATS too: where a question is asked, such as `marquee._ask.tickets.taken-seats.v1`. */
  question(name: string): string;
  /** Core NATS too: what a service's events change in an organisation, by ids. */
  changes(service: string, organisationId: string): string;
  /** Core NATS too: what the processes of a service tell each other. */
  channel(service: string, name: string): string;
  /** What is put into a queue, which a stream of its own keeps; and what of it is for one track's takers. */
  queue(name: string, track?: string): string;
  /** What NATS maps an MQTT topic below the namespace to: `check-in/+/scans` is `marquee.check-in.*.scans`. */
  topic(topic: string): string;
};

/** The track whose takers get what nobody gave to another one. */
export const stableTrack = 'stable';

export function createTopology(namespace: string): Topology {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(namespace)) throw new Error(`not a namespace: ${namespace}`);
  return {
    namespace,
    stream: (service) => `${namespace.toUpperCase()}_${service}`,
    subjects: (service) => `${namespace}.${service}.>`,
    ofOrganisation: (service, organisationId) => `${namespace}.${service}.${organisationId}.>`,
    subject: ({ type, organisationId, streamId }) => {
      const source = sourceOf(type);
      return `${namespace}.${source}.${organisationId}.${type.slice(source.length + 1)}.${streamId}`;
    },
    filter: (type) => {
      const source = sourceOf(type);
      return `${namespace}.${source}.*.${type.slice(source.length + 1)}.*`;
    },
    wake: (service) => `${namespace}._wake.${service}`,
    control: (service) => `${namespace}._control.${service}`,
    question: (name) => `${namespace}._ask.${name}`,
    changes: (service, organisationId) => `${namespace}._changes.${service}.${organisationId}`,
    channel: (service, name) => `${namespace}._channel.${service}.${name}`,
    queue: (name, track = stableTrack) => {
      if (!/^[A-Za-z0-9-]{1,50}$/.test(name)) throw new Error(`not a queue's name: ${name}`);
      if (!/^[a-z]{1,20}$/.test(track)) throw new Error(`not a track: ${track}`);
      return `${namespace}._queue.${name}${track === stableTrack ? '' : `.${track}`}`;
    },
    topic: (topic) => {
      if (!/^(\+|[\w-]+)(\/(\+|[\w-]+))*$/.test(topic)) throw new Error(`not a topic: ${topic}`);
      return `${namespace}.${topic.replaceAll('/', '.').replaceAll('+', '*')}`;
    },
  };
}

/** The service that publishes events of this type. */
export function sourceOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}

/** Types by the service that publishes them. */
export function bySource(types: readonly EventType[]): Map<string, EventType[]> {
  return Map.groupBy(types, sourceOf);
}

/** Where the event stands in its service's log: the order consumers trust, for it survives a wipe of the stream. */
export const positionHeader = 'Marquee-Log-Position';
export const messageIdHeader = 'Nats-Msg-Id';

export type Outgoing = {
  readonly id: string;
  readonly subject: string;
  readonly payload: Uint8Array;
  headers(): WrittenHeaders;
};

export function toOutgoing(topology: Topology, event: DomainEvent, position: LogPosition): Outgoing {
  return {
    id: event.id,
    subject: topology.subject(event),
    payload: Buffer.from(JSON.stringify(event)),
    headers: () => {
      const all = writtenHeaders();
      all.set(messageIdHeader, event.id);
      all.set(positionHeader, formatPosition(position));
      all.set(correlationHeaders.correlationId, event.correlationId);
      all.set(correlationHeaders.actor, encodeURIComponent(event.actor));
      if (event.traceparent) all.set(correlationHeaders.traceparent, event.traceparent);
      return all;
    },
  };
}

/** A message as it came from a stream: the event, or why it is none. */
export type Incoming = {
  /** Null where the message did not come from a relay. */
  readonly position: LogPosition | null;
  readonly event: DomainEvent | null;
  readonly fault: Error | null;
  /** For the dead letter of a message that is no event. */
  readonly text: string;
  readonly headers?: ReceivedHeaders | undefined;
};

export function parseIncoming(text: string, headers?: ReceivedHeaders): Incoming {
  const position = parsePosition(headers?.get(positionHeader));
  try {
    const event = JSON.parse(text) as DomainEvent;
    assertValidEvent(event);
    return { position, event, fault: null, text, headers };
  } catch (cause) {
    return {
      position,
      event: null,
      fault: new Error('the message is not an event of the catalogue', { cause }),
      text,
      headers,
    };
  }
}

export function formatPosition({ tx, position }: LogPosition): string {
  return `${tx}/${position}`;
}

export function parsePosition(text: string | undefined): LogPosition | null {
  const match = /^(\d{1,20})\/(\d{1,20})$/.exec(text ?? '');
  return match ? { tx: match[1]!, position: match[2]! } : null;
}

/** Negative where `a` is before `b` in the log. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
  return compareDigits(a.tx, b.tx) || compareDigits(a.position, b.position);
}

/** Whole numbers as text without leading zeros; cheaper than BigInt, and this runs for each message. */
function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
