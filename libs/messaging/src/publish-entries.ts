import type { DomainEvent } from '@marquee/contracts';
import type { LogPosition, RecordedEvent } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import { SpanKind, withSpanOfEach } from '@marquee/telemetry';
import { aroundAll, LeftOutError } from './around.ts';
import type { Context } from './context.ts';
import { spanAttributes } from './handle.ts';
import { publishInOrder, type PublishTarget } from './publish.ts';
import type { Forgotten } from './removal/forget-in-stream.ts';
import { sourceOf, toOutgoing, type Outgoing } from './topology.ts';

/** What was read from the log, and its messages where they could be made already. */
export type Page = {
  /** What of it is to be published. */
  readonly entries: readonly RecordedEvent[];
  readonly outgoing: readonly Outgoing[] | null;
  readonly read: number;
  /** The last that was read; null where there was nothing. */
  readonly end: LogPosition | null;
};

/**
 * Makes the messages of a page, so that the next page's are ready when the stream answers for this one. Where
 * interceptors may still change the events they are made later. Of forgotten organisations there are none.
 */
export function toPage(context: Context, read: readonly RecordedEvent[], forgotten: Forgotten): Page {
  const { publish } = context.interceptors;
  const entries =
    forgotten.size > 0 ? read.filter(({ event }) => !forgotten.has(event.organisationId)) : read;
  const events = entries.map(({ event }) => event);
  const outgoing = publish.length === 0 ? messagesOf(context, events, entries) : null;
  return { entries, outgoing, read: read.length, end: read.at(-1)?.position ?? null };
}

/**
 * Publishes a page inside the service's interceptors; answers the sequence of the last. Each event that somebody's trace
 * caused has a span there.
 */
export async function publishPage(
  context: Context,
  target: PublishTarget,
  page: Page,
  lastSequence: number,
): Promise<number> {
  const causes = page.entries
    .filter(({ event }) => event.traceparent)
    .map(({ event }) => ({ correlation: event, attributes: spanAttributes(event) }));
  const publish = () => publishEntries(context, target, page, lastSequence);
  return withSpanOfEach(`${context.service} publish`, causes, publish, { kind: SpanKind.PRODUCER });
}

async function publishEntries(
  context: Context,
  target: PublishTarget,
  { entries, outgoing }: Page,
  lastSequence: number,
): Promise<number> {
  if (outgoing) return publishInOrder(target, outgoing, lastSequence);
  let sequence = lastSequence;
  const put = async (events: readonly DomainEvent[]) => {
    if (events.length !== entries.length) throw new LeftOutError('an interceptor left out an event');
    sequence = await publishInOrder(target, messagesOf(context, events, entries), sequence);
  };
  await aroundAll(
    context.interceptors.publish,
    entries.map(({ event }) => event),
    put,
  );
  return sequence;
}

function messagesOf(
  { topology, service }: Context,
  events: readonly DomainEvent[],
  entries: readonly RecordedEvent[],
): Outgoing[] {
  return events.map((event, index) => {
    assert(
      sourceOf(event.type) === service,
      `${event.type} (${event.id}) does not belong into the log of ${service}`,
    );
    return toOutgoing(topology, event, entries[index]!.position);
  });
}
