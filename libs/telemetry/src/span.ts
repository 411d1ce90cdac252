import {
  INVALID_SPAN_CONTEXT,
  SpanStatusCode,
  trace,
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
