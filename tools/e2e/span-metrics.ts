import { createMetrics } from '@marquee/telemetry';
import type { ReceivedSpan } from './otlp-receiver.ts';

/** The Collector's own default, in milliseconds. */
const bucketsMs = [2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_400, 2_000, 5_000, 10_000, 15_000];

/**
 * What the Collector's span-metrics connector makes of spans, by the names under which its Prometheus exporter tells them:
 * a stand-in, for no Collector runs here. k8s/collector holds the configuration that it stands in for.
 */
export function spanMetrics() {
  const metrics = createMetrics();
  const calls = metrics.counter('traces_span_metrics_calls_total', 'Spans');
  const duration = metrics.histogram(
    'traces_span_metrics_duration_milliseconds',
    'Duration of spans',
    bucketsMs,
  );
  return {
    count(span: ReceivedSpan): void {
      const labels = {
        service_name: span.service,
        service_version: span.version,
        span_name: span.name,
        span_kind: `SPAN_KIND_${span.kind}`,
        status_code: `STATUS_CODE_${['UNSET', 'OK', 'ERROR'][span.status.code ?? 0]}`,
      };
      calls.add(1, labels);
      const ns = BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano);
      duration.observe(Number(ns) / 1e6, labels);
    },
    text: () => metrics.text(),
  };
}
