import {
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Span,
  type SpanKind,
} from '@opentelemetry/api';

export { SpanKind } from '@opentelemetry/api';

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
    try {
      return await fn(span);
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: error instanceof Error ? error.message : String(error),
      });
      throw error;
    } finally {
      span.end();
    }
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

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Without an SDK the API goes through all the same motions for nothing: 2 µs, which count where each event has a span. */
function isTraced(): boolean {
  const provider = trace.getTracerProvider() as { getDelegateTracer?(name: string): unknown };
  return !provider.getDelegateTracer || provider.getDelegateTracer('marquee') !== undefined;
}

/** Sends what spans wait in memory; call it last when a process ends. Resolves at once without an SDK. */
export async function flushTelemetry(): Promise<void> {
  const provider = trace.getTracerProvider() as { getDelegate?(): { forceFlush?(): Promise<void> } };
  await provider
    .getDelegate?.()
    .forceFlush?.()
    .catch(() => undefined);
}
