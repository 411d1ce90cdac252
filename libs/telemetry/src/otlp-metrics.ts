import { metrics } from '@opentelemetry/api';
import type { Labels, Sample } from './metrics.ts';

/** What a registry holds, told to OpenTelemetry too: its readers ask when they export. Without an SDK nobody asks. */
export function exportSamples(
  kind: 'counter' | 'gauge',
  name: string,
  help: string,
  read: () => readonly Sample[],
): void {
  const meter = metrics.getMeter('marquee');
  const options = { description: help };
  const instrument =
    kind === 'counter'
      ? meter.createObservableCounter(name, options)
      : meter.createObservableGauge(name, options);
  instrument.addCallback((result) => {
    for (const { value, labels = {} } of read()) result.observe(value, { ...labels });
  });
}

/** OpenTelemetry has no histogram that can be read, so each value is told as it comes; to nobody without an SDK. */
export function exportHistogram(
  name: string,
  help: string,
  buckets: readonly number[],
): (value: number, labels: Labels) => void {
  const options = { description: help, advice: { explicitBucketBoundaries: [...buckets] } };
  const histogram = metrics.getMeter('marquee').createHistogram(name, options);
  return (value, labels) => histogram.record(value, labels);
}
