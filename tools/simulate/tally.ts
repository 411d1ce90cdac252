import { percentile } from '../client/statistics.ts';

/** What happened to one operation: an accepted result, a refusal by its type, or an error by its code. */
export type OperationSummary = {
  readonly operation: string;
  readonly sent: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

export type Summary = {
  readonly seconds: number;
  readonly visits: Readonly<Record<string, number>>;
  readonly operations: readonly OperationSummary[];
  /** Expected "no"s by operation and type, such as `HoldTickets NotEnoughTickets`. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Faults by operation and code, such as `PayOrder DOWNSTREAM_UNAVAILABLE`. */
  readonly errors: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
};

export type Tally = {
  visit(kind: string): void;
  operation(name: string, latencyMs: number): void;
  refusal(name: string, type: string): void;
  error(name: string, code: string): void;
  /** Something worth counting that was reached, such as a ticket sold. */
  outcome(name: string, count?: number): void;
  line(seconds: number): string;
  summary(seconds: number): Summary;
};

export function createTally(): Tally {
  const visits = new Map<string, number>();
  const latencies = new Map<string, number[]>();
  const refusals = new Map<string, number>();
  const errors = new Map<string, number>();
  const outcomes = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string, count = 1) =>
    counts.set(key, (counts.get(key) ?? 0) + count);
  const sum = (counts: Map<string, number>) =>
    [...counts.values()].reduce((total, count) => total + count, 0);
  const sorted = (counts: Map<string, number>) =>
    Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
  return {
    visit: (kind) => void add(visits, kind),
    operation: (name, latencyMs) => {
      const known = latencies.get(name);
      if (known) known.push(latencyMs);
      else latencies.set(name, [latencyMs]);
    },
    refusal: (name, type) => void add(refusals, `${name} ${type}`),
    error: (name, code) => void add(errors, `${name} ${code}`),
    outcome: (name, count = 1) => void add(outcomes, name, count),
    line: (seconds) => {
      const sent = [...latencies.values()].reduce((total, list) => total + list.length, 0);
      const sold = outcomes.get('tickets sold') ?? 0;
      return `${Math.round(seconds)} s  ${sum(visits)} visits  ${sent} requests  ${sold} tickets sold  ${sum(refusals)} refusals  ${sum(errors)} errors`;
    },
    summary: (seconds) => ({
      seconds: Math.round(seconds * 10) / 10,
      visits: sorted(visits),
      operations: [...latencies].map(([operation, list]) => ({
        operation,
        sent: list.length,
        p50Ms: tenths(percentile(list, 0.5)),
        p99Ms: tenths(percentile(list, 0.99)),
      })),
      refusals: sorted(refusals),
      errors: sorted(errors),
      outcomes: sorted(outcomes),
    }),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

export function formatSummary(summary: Summary): string {
  const section = (title: string, counts: Readonly<Record<string, number>>) => [
    '',
    title,
    ...(Object.keys(counts).length === 0
      ? ['  none']
      : Object.entries(counts).map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`)),
  ];
  return [
    `${summary.seconds} s of traffic`,
    ...section('Visits', summary.visits),
    '',
    'Operations                     sent    p50 ms    p99 ms',
    ...summary.operations.map(
      ({ operation, sent, p50Ms, p99Ms }) =>
        `  ${operation.padEnd(24)}${String(sent).padStart(9)}${p50Ms.toFixed(1).padStart(10)}${p99Ms.toFixed(1).padStart(10)}`,
    ),
    ...section('Outcomes', summary.outcomes),
    ...section('Refusals (expected)', summary.refusals),
    ...section('Errors', summary.errors),
  ].join('\n');
}
