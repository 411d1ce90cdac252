export {
  correlationHeaders,
  currentCorrelation,
  deadlineHeader,
  newCorrelationId,
  outgoingCorrelationHeaders,
  parseCorrelationId,
  parseTraceparent,
  remainingTimeMs,
  runWithCorrelation,
  type Correlation,
} from './correlation.ts';
export { createLogger, silentLogger, type Logger, type LogLevel, type LogMethod } from './logger.ts';
export {
  createMetrics,
  metricsContentType,
  type Counter,
  type Gauge,
  type Histogram,
  type Labels,
  type Metrics,
  type Sample,
} from './metrics.ts';
export { observeProcess } from './process-metrics.ts';
export { redact, redactText } from './redaction.ts';
export {
  flushTelemetry,
  isRecorded,
  noteSpan,
  SpanKind,
  withSpan,
  withSpanOfEach,
  type SpanCause,
} from './span.ts';
