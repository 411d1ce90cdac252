import { exportHistogram, exportSamples } from './otlp-metrics.ts';

/** Label values by label name. Keep them few: an id is never a label. */
export type Labels = Readonly<Record<string, string>>;

export type Counter = { add(amount?: number, labels?: Labels): void };
export type Gauge = { set(value: number, labels?: Labels): void };
export type Histogram = { observe(value: number, labels?: Labels): void };
export type Sample = { readonly value: number; readonly labels?: Labels };

/**
 * A registry of one process. Asking again for a name gives the same instrument; asking for it as another kind
 * throws. Names follow Prometheus: `marquee_relay_lag_events`, `_total` for counters, `_seconds` for durations. Where an
 * OpenTelemetry SDK is registered it exports the same, by the same names.
 */
export type Metrics = {
  counter(name: string, help: string): Counter;
  gauge(name: string, help: string): Gauge;
  /** A gauge that is read when `text` is called; several readers of one name add up their samples' lists. */
  observed(name: string, help: string, read: () => readonly Sample[]): () => void;
  /** `buckets` are upper bounds, ascending; the default suits durations in seconds. */
  histogram(name: string, help: string, buckets?: readonly number[]): Histogram;
  /** Prometheus text exposition format 0.0.4. */
  text(): string;
};

/** The content type of `Metrics.text`. */
export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Label sets a name may have; more are dropped and counted, so that a mistake cannot eat the memory. */
const maxSeries = 1000;

type Kind = 'counter' | 'gauge' | 'histogram';
type Instrument = { readonly kind: Kind; readonly help: string; readonly api: unknown; lines(): string[] };

export function createMetrics(): Metrics {
  const instruments = new Map<string, Instrument>();
  const dropped = newSeries(() => 0);
  const obtain = <Api>(name: string, kind: Kind, make: () => Instrument): Api => {
    const known = instruments.get(name) ?? make();
    if (known.kind !== kind) throw new Error(`metric ${name} is a ${known.kind}, not a ${kind}`);
    instruments.set(name, known);
    return known.api as Api;
  };
  const onDrop = (name: string) => dropped.change({ metric: name }, (count) => count + 1);
  const [name, help] = [
    'marquee_metrics_dropped_total',
    'Observations dropped because their metric had too many label sets',
  ];
  exportSamples('counter', name, help, dropped.samples);
  instruments.set(name, { kind: 'counter', help, api: undefined, lines: () => plainLines(name, dropped) });
  return {
    counter: (name, help) => obtain(name, 'counter', () => counter(name, help, onDrop)),
    gauge: (name, help) => obtain<ObservableGauge>(name, 'gauge', () => gauge(name, help, onDrop)),
    observed: (name, help, read) => {
      const { readers } = obtain<ObservableGauge>(name, 'gauge', () => gauge(name, help, onDrop));
      readers.add(read);
      return () => void readers.delete(read);
    },
    histogram: (name, help, buckets = durationBuckets) =>
      obtain(name, 'histogram', () => histogram(name, help, buckets, onDrop)),
    text: () => [...instruments].map(([name, instrument]) => exposition(name, instrument)).join(''),
  };
}

type ObservableGauge = Gauge & { readonly readers: Set<() => readonly Sample[]> };
type Drop = (name: string) => void;

function counter(name: string, help: string, onDrop: Drop): Instrument {
  const series = newSeries(() => 0);
  exportSamples('counter', name, help, series.samples);
  const add: Counter['add'] = (amount = 1, labels = {}) => {
    if (amount < 0) throw new RangeError(`counter ${name} cannot go down by ${-amount}`);
    if (!series.change(labels, (total) => total + amount)) onDrop(name);
  };
  return { kind: 'counter', help, api: { add }, lines: () => plainLines(name, series) };
}

function gauge(name: string, help: string, onDrop: Drop): Instrument {
  const series = newSeries(() => 0);
  const readers = new Set<() => readonly Sample[]>();
  const set: Gauge['set'] = (value, labels = {}) => {
    if (!series.change(labels, () => value)) onDrop(name);
  };
  const read = () => [...readers].flatMap((each) => each());
  exportSamples('gauge', name, help, () => [...series.samples(), ...read()]);
  const readLines = () => read().map((sample) => line(name, labelText(sample.labels ?? {}), sample.value));
  return {
    kind: 'gauge',
    help,
    api: { set, readers },
    lines: () => [...plainLines(name, series), ...readLines()],
  };
}

function histogram(name: string, help: string, buckets: readonly number[], onDrop: Drop): Instrument {
  const series = newSeries(() => ({ counts: buckets.map(() => 0), sum: 0, count: 0 }));
  const tell = exportHistogram(name, help, buckets);
  const observe: Histogram['observe'] = (value, labels = {}) => {
    const changed = series.change(labels, (state) => {
      const place = buckets.findIndex((bound) => value <= bound);
      if (place >= 0) state.counts[place]! += 1;
      state.sum += value;
      state.count += 1;
      return state;
    });
    if (changed) tell(value, labels);
    else onDrop(name);
  };
  const lines = () =>
    series.entries().flatMap(([labels, { counts, sum, count }]) => {
      let below = 0;
      const bounded = buckets.map((bound, place) => {
        below += counts[place]!;
        return line(`${name}_bucket`, joinLabels(labels, `le="${bound}"`), below);
      });
      return [
        ...bounded,
        line(`${name}_bucket`, joinLabels(labels, 'le="+Inf"'), count),
        line(`${name}_sum`, labels, sum),
        line(`${name}_count`, labels, count),
      ];
    });
  return { kind: 'histogram', help, api: { observe }, lines };
}

/** Values by label text. `change` answers false where a new label set would be one too many. */
function newSeries<V>(initial: () => V) {
  const values = new Map<string, { readonly labels: Labels; value: V }>();
  return {
    entries: (): [string, V][] => [...values].map(([key, { value }]) => [key, value]),
    samples: () => [...values.values()],
    change(labels: Labels, next: (value: V) => V): boolean {
      const key = labelText(labels);
      const known = values.get(key);
      if (known) known.value = next(known.value);
      else if (values.size >= maxSeries) return false;
      else values.set(key, { labels, value: next(initial()) });
      return true;
    },
  };
}

function plainLines(name: string, series: { entries(): [string, number][] }): string[] {
  return series.entries().map(([labels, value]) => line(name, labels, value));
}

function exposition(name: string, { kind, help, lines }: Instrument): string {
  const body = lines();
  return body.length ? [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...body, ''].join('\n') : '';
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels && `{${labels}}`} ${value === Infinity ? '+Inf' : value}`;
}

function labelText(labels: Labels): string {
  const names = Object.keys(labels);
  if (names.length === 0) return '';
  const [first, second, third] = names;
  const textOf = (name: string) => `${name}="${escapeLabel(labels[name]!)}"`;
  // One or two are most of them, in their order already: this is done for each request.
  if (second === undefined) return textOf(first!);
  if (third === undefined && first! < second) return `${textOf(first!)},${textOf(second)}`;
  return names.sort().map(textOf).join(',');
}

function joinLabels(labels: string, more: string): string {
  return labels ? `${labels},${more}` : more;
}

const special = /[\\"\n]/;

function escapeLabel(value: string): string {
  if (!special.test(value)) return value;
  return value.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}
