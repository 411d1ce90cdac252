import type { DomainEvent, EventType } from '@marquee/contracts';
import { systemScope, type Transaction } from '@marquee/postgres';
import type { AnyInterceptor } from '@marquee/event-bus';
import { runWithCorrelation, SpanKind, withSpan, withSpanOfEach, type Correlation } from '@marquee/telemetry';
import { correlationHeaders, parseCorrelationId, parseTraceparent } from '@marquee/telemetry';
import type { Context } from './context.ts';
import type { ReceivedHeaders } from './received.ts';
import { revealBy, revealNothing, type Reveal } from './personal.ts';
import { deadLetterTenant, takeDeadLetter } from './dead-letter.ts';
import { aroundAll } from './around.ts';
import type { Handlers } from './types.ts';

type AnyHandler = (event: DomainEvent, tx: Transaction, prepared?: unknown) => Promise<void>;

export type Handling = {
  readonly name: string;
  readonly events: Handlers;
  readonly prepare?: (event: DomainEvent) => Promise<unknown>;
  readonly personal?: boolean;
  readonly interceptors?: readonly AnyInterceptor[];
  readonly handleMany?: (
    events: readonly DomainEvent[],
    tx: Transaction,
    prepared: readonly unknown[],
  ) => Promise<void>;
};

/** How the events of a subscription get what was withheld of them. */
export function revealFor({ ask }: Context, { personal }: Handling): Reveal {
  return personal ? revealBy(ask) : revealNothing;
}

/** With the interceptors of all of the service's subscriptions around its own. */
export function withInterceptors<H extends Handling>({ interceptors }: Context, handling: H): H {
  return { ...handling, interceptors: [...interceptors.handle, ...(handling.interceptors ?? [])] };
}

export function handledTypes({ name, events }: Handling): EventType[] {
  const types = (Object.keys(events) as EventType[]).filter((type) => events[type]);
  if (types.length === 0) throw new Error(`subscription ${name} handles no event`);
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) throw new Error(`not a subscription's name: ${name}`);
  return types;
}

/** Prepares the event, outside every transaction, under its correlation. */
export async function prepareEvent(
  handling: Handling,
  event: DomainEvent,
  headers?: ReceivedHeaders,
): Promise<unknown> {
  if (!handling.prepare) return undefined;
  return runWithCorrelation(correlationOf(event, headers), () => handling.prepare!(event));
}

/** Calls the event's handler under its correlation, in a span of its own. */
export async function handleEvent(
  handling: Handling,
  event: DomainEvent,
  tx: Transaction,
  prepared: unknown,
  headers?: ReceivedHeaders,
): Promise<void> {
  const call = () => callHandler(handling, event, tx, prepared);
  await runWithCorrelation(correlationOf(event, headers), () =>
    withSpan(`${handling.name} handle`, spanAttributes(event), call, { kind: SpanKind.CONSUMER }),
  );
}

async function callHandler(
  { events, interceptors = [] }: Handling,
  event: DomainEvent,
  tx: Transaction,
  prepared: unknown,
): Promise<void> {
  const call = async (one: DomainEvent) => {
    const handler = events[one.type] as AnyHandler | undefined;
    await handler?.(one, tx, prepared);
  };
  if (interceptors.length === 0) return call(event);
  await aroundAll(interceptors, [event], async ([changed]) => (changed ? call(changed) : undefined));
}

/**
 * Calls `handleMany` once, for events of one organisation. It runs under the correlation of the first: its
 * events have many. Each has a span in its own trace.
 */
export async function handleEvents(
  handling: Handling & Required<Pick<Handling, 'handleMany'>>,
  events: readonly DomainEvent[],
  tx: Transaction,
  prepared: readonly unknown[],
): Promise<void> {
  const answers = new Map(events.map(({ id }, index) => [id, prepared[index]]));
  await withSpanOfEach(
    `${handling.name} handle`,
    events.map((event) => ({ correlation: correlationOf(event), attributes: spanAttributes(event) })),
    () =>
      aroundAll(handling.interceptors ?? [], events, async (changed) => {
        if (changed.length === 0) return;
        await handling.handleMany(
          changed,
          tx,
          changed.map(({ id }) => answers.get(id)),
        );
      }),
    { kind: SpanKind.CONSUMER },
  );
}

/** What the spans of an event tell of it, where it is published and where it is handled. */
export function spanAttributes({ id, type }: DomainEvent) {
  return { 'messaging.system': 'nats', 'messaging.message.id': id, 'marquee.event': type };
}

/** From the headers of the message, which a tool that sends it on may have set anew; else as the event was logged. */
function correlationOf(event: DomainEvent, headers?: ReceivedHeaders): Correlation {
  const traceparent = parseTraceparent(headers?.get(correlationHeaders.traceparent)) ?? event.traceparent;
  return {
    correlationId: parseCorrelationId(headers?.get(correlationHeaders.correlationId)) ?? event.correlationId,
    actor: event.actor,
    ...(traceparent && { traceparent }),
  };
}

/** Handles a dead letter again, in one transaction with its removal. */
export async function retryDeadLetter(
  context: Context,
  handling: Handling,
  eventId: string,
): Promise<boolean> {
  const { database } = context;
  const organisationId = await database.read(systemScope, (tx) =>
    deadLetterTenant(tx, handling.name, eventId),
  );
  if (!organisationId) return false;
  return database.transaction({ organisationId }, async (tx) => {
    const letter = await takeDeadLetter(tx, handling.name, eventId);
    if (!letter) return false;
    const [event = letter] = await revealFor(context, handling)([letter]);
    await handleEvent(handling, event, tx, await prepareEvent(handling, event));
    return true;
  });
}
