import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { eventsEvents } from './events.ts';
import { guestsEvents } from './guests.ts';
import { hubEvents } from './hub.ts';
import { identityEvents } from './identity.ts';
import { ticketsEvents } from './tickets.ts';
import { venuesEvents } from './venues.ts';

/**
 * Every domain event: its name `service.past-tense.vN` and the schema of its data. One definition gives the
 * TypeScript type, the run-time validator and the JSON Schema. A version never changes in a way that breaks a
 * reader; a breaking change is a new version.
 */
export const catalogue = {
  ...venuesEvents,
  ...eventsEvents,
  ...guestsEvents,
  ...ticketsEvents,
  ...identityEvents,
  ...hubEvents,
};

export type EventType = keyof typeof catalogue;
type DataOf = { [Type in EventType]: Static<(typeof catalogue)[Type]> };
// An interface, so that the compiler works the types out once and not at every mention: half of all checking went there.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
interface EventDataByType extends DataOf {}
export type EventData<Type extends EventType> = EventDataByType[Type];

/** An event before it is logged: what happened. Who, when and in which stream is added by the log. */
export type NewEvent<Type extends EventType = EventType> = {
  [T in Type]: { readonly type: T; readonly data: EventData<T> };
}[Type];

/** An event as the log and the wire carry it. Ids are bare UUIDs, instants RFC 3339 in UTC. */
export type DomainEvent<Type extends EventType = EventType> = NewEvent<Type> & {
  /** UUIDv7; also the `Nats-Msg-Id` and the inbox key. */
  readonly id: string;
  /** `<aggregate>-<uuid>`, such as `order-0197…`. */
  readonly streamId: string;
  /** The event's number in its stream, from 1. */
  readonly version: number;
  readonly organisationId: string;
  readonly occurredAt: string;
  readonly correlationId: string;
  /** The subject of the viewer who caused it, or `system`. */
  readonly actor: string;
  /** W3C trace context, where there is one. */
  readonly traceparent?: string;
};

const validators = new Map<string, ReturnType<typeof Compile>>();

function validatorOf(type: EventType): ReturnType<typeof Compile> {
  const known = validators.get(type);
  if (known) return known;
  const compiled = Compile(catalogue[type] as TSchema);
  validators.set(type, compiled);
  return compiled;
}

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(catalogue, type);
}

/** Thrown when an event is unknown or its data does not fit its schema: a fault of the publisher. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
  readonly eventType: string;
  /** JSON Pointers of the faults, such as `/price/currency`. */
  readonly paths: readonly string[];

  constructor(eventType: string, faults: readonly { readonly path: string; readonly message: string }[]) {
    super(`event ${eventType}: ${faults.map((fault) => `${fault.path || '/'} ${fault.message}`).join('; ')}`);
    this.eventType = eventType;
    this.paths = faults.map((fault) => fault.path);
  }
}

/** Refuses (throws `InvalidEventError`) what is not in the catalogue or does not fit. */
export function assertValidEvent(event: {
  readonly type: string;
  readonly data: unknown;
}): asserts event is NewEvent {
  if (!isEventType(event.type))
    throw new InvalidEventError(event.type, [{ path: '', message: 'is not in the catalogue' }]);
  const validator = validatorOf(event.type);
  if (validator.Check(event.data)) return;
  const faults = validator.Errors(event.data).slice(0, 10);
  throw new InvalidEventError(
    event.type,
    faults.map((fault) => ({ path: fault.instancePath, message: fault.message })),
  );
}
