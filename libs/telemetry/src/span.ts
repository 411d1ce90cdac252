import {
  context,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  metrics,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Span,
  type SpanKind,
} from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { currentCorrelation, runWithCorrelation, type Correlation } from './correlation.ts';

export { SpanKind } from '@opentelemetry/api';

/** On every span and log record: what people quote, and what finds all of a request where a trace was not kept. */
export const correlationAttribute = 'marquee.correlation_id';

/** Gives a span the correlation id of the work at hand. */
export function markCorrelation(span: Span): void {
  const correlation = currentCorrelation();
  if (correlation) span.setAttribute(correlationAttribute, correlation.correlationId);
}

/**
 * Runs `fn` inside a span of this name, which ends with it and records its fault. Without an OpenTelemetry SDK it
 * costs next to nothing.
 */
export async function withSpan<T>(
  name: string,
  attributes: Attributes,
  fn: (span: Span) => Promise<T>,
  options: { readonly kind?: SpanKind } = {},
): Promise<T> {
  if (!isTraced()) return fn(noSpan);
  const above = trace.getActiveSpan();
  if (above && isLeftOut(above)) return fn(above);
  return trace.getTracer('marquee').startActiveSpan(name, { attributes, ...options }, async (span) => {
    markCorrelation(span);
    return endingWith([span], () => fn(span));
  });
}

/**
 * Whether a span of this process was sampled out: so is all below it, and to find that out anew each time is most of what
 * tracing costs where one request in a hundred is traced.
 */
function isLeftOut(span: Span): boolean {
  const context = span.spanContext();
  const isSampled = (context.traceFlags & TraceFlags.SAMPLED) !== 0;
  return !isSampled && !context.isRemote && !span.isRecording() && isSpanContextValid(context);
}

/** Whether the work at hand is being traced. */
export function isRecorded(): boolean {
  return trace.getActiveSpan()?.isRecording() === true;
}

/**
 * Records a span of work that is done already: what takes microseconds is not worth a context of its own around it, of
 * which one in a hundred is kept. `startedAtMs` is of `performance.now`.
 */
export function noteSpan(
  name: string,
  attributes: Attributes,
  { correlationId, traceparent }: Correlation,
  options: { readonly startedAtMs: number; readonly kind?: SpanKind },
): void {
  if (!isTraced()) return;
  const { startedAtMs: startTime, ...kind } = options;
  const parent = traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : ROOT_CONTEXT;
  const span = trace.getTracer('marquee').startSpan(name, { attributes, startTime, ...kind }, parent);
  span.setAttribute(correlationAttribute, correlationId);
  span.end();
}

/** One of several whose work is done at once. */
export type SpanCause = {
  readonly correlation: Correlation;
  readonly attributes: Attributes;
};

/**
 * Runs `fn` once for several causes, with a span of this name in the trace of each, so that none has a gap. `fn` runs under
 * the correlation of the first and is seen below its span; the spans of the others link there.
 */
export async function withSpanOfEach<T>(
  name: string,
  causes: readonly SpanCause[],
  fn: () => Promise<T>,
  options: { readonly kind?: SpanKind } = {},
): Promise<T> {
  const [first] = causes;
  if (!first) return fn();
  if (!isTraced()) return runWithCorrelation(first.correlation, fn);
  const tracer = trace.getTracer('marquee');
  const spans: Span[] = [];
  for (const { correlation, attributes } of causes) {
    const links = spans.slice(0, 1).map((span) => ({ context: span.spanContext() }));
    const parent = propagation.extract(ROOT_CONTEXT, { traceparent: correlation.traceparent });
    const all = { ...attributes, [correlationAttribute]: correlation.correlationId };
    spans.push(tracer.startSpan(name, { attributes: all, links, ...options }, parent));
  }
  return runWithCorrelation(first.correlation, () =>
    endingWith(spans, () => context.with(trace.setSpan(context.active(), spans[0]!), fn)),
  );
}

async function endingWith<T>(spans: readonly Span[], fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    for (const span of spans) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR, message });
    }
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Without an SDK the API goes through all the same motions for nothing: 2 µs, which count where each event has a span. */
function isTraced(): boolean {
  const provider = trace.getTracerProvider() as { getDelegateTracer?(name: string): unknown };
  return !provider.getDelegateTracer || provider.getDelegateTracer('marquee') !== undefined;
}

type Provider = { getDelegate?(): Provider; forceFlush?(): Promise<void> };

/** Sends what spans, metrics and log lines wait in memory; call it last when a process ends. Never rejects. */
export async function flushTelemetry(): Promise<void> {
  const providers = [trace.getTracerProvider(), metrics.getMeterProvider(), logs.getLoggerProvider()];
  await Promise.allSettled(
    (providers as Provider[]).map(async (provider) => (provider.getDelegate?.() ?? provider).forceFlush?.()),
  );
}
