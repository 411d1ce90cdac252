import { AsyncLocalStorage } from 'node:async_hooks';
import { context, isSpanContextValid, propagation, trace, type SpanContext } from '@opentelemetry/api';
import { newUuid } from '@marquee/kernel';

/** Who asked for the work at hand, and the id that ties its logs, rows, messages and calls together. */
export type Correlation = {
  /** 1 to 128 characters of `A-Z a-z 0-9 . _ : -`; ours are UUIDv7. */
  readonly correlationId: string;
  /** W3C trace context, level 1 (`00-<trace id>-<span id>-<flags>`). */
  readonly traceparent?: string;
  /** The subject of the viewer who caused the work, or `system`. */
  readonly actor: string;
  /** When whoever asked stops waiting, by this process's clock. It travels as the time that is left. */
  readonly deadlineAtMs?: number;
};

/** Header names, in lower case, by which a correlation travels over HTTP and NATS. */
export const correlationHeaders = {
  correlationId: 'x-correlation-id',
  traceparent: 'traceparent',
  actor: 'x-marquee-actor',
} as const;

/** The milliseconds for which the caller still waits: what is left, not a time of day, since clocks differ. */
export const deadlineHeader = 'x-marquee-deadline-ms';

const storage = new AsyncLocalStorage<Correlation>();
const correlationIdPattern = /^[A-Za-z0-9._:-]{1,128}$/;
const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The correlation of the work at hand; its `traceparent` is that of the active span where OpenTelemetry is on. */
export function currentCorrelation(): Correlation | undefined {
  const stored = storage.getStore();
  if (!stored) return undefined;
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { ...stored, traceparent: formatTraceparent(span) } : stored;
}

/**
 * Runs `fn` under this correlation, through every await below it. A `traceparent` becomes the parent of spans
 * started inside, unless a span of the same trace is active already: the nearer span is the better parent.
 */
export function runWithCorrelation<T>(correlation: Correlation, fn: () => T): T {
  return storage.run(correlation, () => {
    const { traceparent } = correlation;
    if (!traceparent || trace.getActiveSpan()?.spanContext().traceId === traceparent.slice(3, 35))
      return fn();
    return context.with(propagation.extract(context.active(), { traceparent }), fn);
  });
}

/** The milliseconds left until whoever asked stops waiting; undefined where nobody said. Never negative. */
export function remainingTimeMs(): number | undefined {
  const deadlineAtMs = storage.getStore()?.deadlineAtMs;
  return deadlineAtMs === undefined ? undefined : Math.max(0, Math.floor(deadlineAtMs - Date.now()));
}

/** A fresh id, sortable by time. */
export function newCorrelationId(): string {
  return newUuid();
}

/** What came in a header, where it is fit to be logged and sent on; otherwise undefined. */
export function parseCorrelationId(value: unknown): string | undefined {
  return typeof value === 'string' && correlationIdPattern.test(value) ? value : undefined;
}

/** As `parseCorrelationId`, for W3C trace context. */
export function parseTraceparent(value: unknown): string | undefined {
  return typeof value === 'string' && traceparentPattern.test(value) ? value : undefined;
}

/** The headers that carry the correlation of the work at hand to another process; empty where there is none. */
export function outgoingCorrelationHeaders(): Record<string, string> {
  const current = currentCorrelation();
  if (!current) return {};
  return {
    [correlationHeaders.correlationId]: current.correlationId,
    ...(current.traceparent && { [correlationHeaders.traceparent]: current.traceparent }),
  };
}

function formatTraceparent(span: SpanContext): string {
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}
