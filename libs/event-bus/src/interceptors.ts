import { assertValidEvent } from '@marquee/contracts';
import { runWithCorrelation, SpanKind, withSpan, type Metrics } from '@marquee/telemetry';
import type { InterceptedEvent, Next } from './compose.ts';

export type Stage = 'publish' | 'handle';

/** Fits wherever an interceptor is asked for, whatever the events are. */
export type AnyInterceptor = <E extends InterceptedEvent>(event: E, next: Next<E>) => Promise<void>;

/** Refuses (InvalidEventError, with the paths of the faults) what is not in the catalogue or does not fit it. */
export function validation(): AnyInterceptor {
  return async (event, next) => {
    assertValidEvent(event);
    await next();
  };
}

/**
 * A span a stage, named `tickets.order-paid.v1 publish`. Handling runs under the correlation that the event carries,
 * so that logs, appended events and calls made in it name the same cause.
 */
export function tracing(stage: Stage): AnyInterceptor {
  const kind = stage === 'publish' ? SpanKind.PRODUCER : SpanKind.CONSUMER;
  return (event, next) => {
    const { id, correlationId, actor, traceparent } = event as Partial<Record<string, string>>;
    const attributes = { 'marquee.event': event.type, ...(id && { 'messaging.message.id': id }) };
    const traced = () => withSpan(`${event.type} ${stage}`, attributes, () => next(), { kind });
    if (stage === 'publish' || !correlationId) return traced();
    return runWithCorrelation(
      { correlationId, actor: actor ?? 'system', ...(traceparent && { traceparent }) },
      traced,
    );
  };
}

/** `marquee_bus_events_total` and `marquee_bus_seconds` by stage, type and outcome. */
export function measuring(metrics: Metrics, stage: Stage): AnyInterceptor {
  const events = metrics.counter(
    'marquee_bus_events_total',
    'Events published on or handled from the in-process bus',
  );
  const seconds = metrics.histogram('marquee_bus_seconds', 'Duration of a publication or a handling');
  return async ({ type }, next) => {
    const from = performance.now();
    const labels = { stage, type };
    try {
      await next();
      events.add(1, { ...labels, outcome: 'ok' });
    } catch (error) {
      events.add(1, { ...labels, outcome: 'failed' });
      throw error;
    } finally {
      seconds.observe((performance.now() - from) / 1000, labels);
    }
  };
}
