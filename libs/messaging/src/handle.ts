import type { DomainEvent, EventType } from '@marquee/contracts';
import { systemScope, type Transaction } from '@marquee/postgres';
import { runWithCorrelation, SpanKind, withSpan, type Correlation } from '@marquee/telemetry';
import { correlationHeaders, parseCorrelationId, parseTraceparent } from '@marquee/telemetry';
import type { MsgHdrs } from 'nats';
import type { Context } from './context.ts';
import { revealBy, revealNothing, type Reveal } from './personal.ts';
import { deadLetterTenant, takeDeadLetter } from './dead-letter.ts';
import type { Handlers } from './types.ts';

type AnyHandler = (event: DomainEvent, tx: Transaction, prepared?: unknown) => Promise<void>;

export type Handling = {
  readonly name: string;
  readonly events: Handlers;
  readonly prepare?: (event: DomainEvent) => Promise<unknown>;
  readonly personal?: boolean;
};

/** How the events of a subscription get what was withheld of them. */
export function revealFor({ ask }: Context, { personal }: Handling): Reveal {
  return personal ? revealBy(ask) : revealNothing;
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
  headers?: MsgHdrs,
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
  headers?: MsgHdrs,
): Promise<void> {
  const handler = handling.events[event.type] as AnyHandler | undefined;
  if (!handler) return;
  const attributes = {
    'messaging.system': 'nats',
    'messaging.message.id': event.id,
    'marquee.event': event.type,
  };
  await runWithCorrelation(correlationOf(event, headers), () =>
    withSpan(`${handling.name} handle`, attributes, () => handler(event, tx, prepared), {
      kind: SpanKind.CONSUMER,
    }),
  );
}

/** From the headers of the message, which a tool that sends it on may have set anew; else as the event was logged. */
function correlationOf(event: DomainEvent, headers?: MsgHdrs): Correlation {
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
