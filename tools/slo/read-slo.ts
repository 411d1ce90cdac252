import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Runbook = {
  readonly means: string;
  /** Commands that show what is going on. */
  readonly look: readonly string[];
  readonly act: readonly string[];
};

/** Of all events counted by `total`, `objective` percent are not bad. One of `bad` and `good` is there. */
export type Objective = {
  readonly name: string;
  readonly service: string;
  readonly objective: number;
  readonly promise: string;
  readonly bad?: string;
  readonly good?: string;
  readonly total: string;
  readonly minimumEvents: number;
  readonly runbook: Runbook;
};

/** Series as promtool writes them, and when they are looked at. */
export type Case = {
  readonly at: string;
  readonly interval?: string;
  readonly series: Readonly<Record<string, string>>;
};

export type Alert = {
  readonly name: string;
  readonly severity: 'page' | 'ticket';
  readonly expr: string;
  readonly for: string;
  readonly summary: string;
  /** Who exposes its metrics, where none of our processes does. */
  readonly source?: string;
  readonly fires: Case & { readonly labels: Readonly<Record<string, string>> };
  readonly silent: Case;
  readonly runbook: Runbook;
};

export type Query = {
  readonly legend: string;
  readonly expr: string;
};

export type Dashboard = {
  readonly name: string;
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly unit: string;
    readonly queries: readonly Query[];
  }[];
};

export type Slo = {
  readonly objectives: readonly Objective[];
  readonly alerts: readonly Alert[];
  readonly dashboards: readonly Dashboard[];
};

export function readSlo(directory: string = import.meta.dirname): Slo {
  const read = (file: string) => parse(readFileSync(join(directory, file), 'utf8')) as object;
  return { ...read('slo.yaml'), ...read('dashboards.yaml') } as Slo;
}

/** `graph-latency` -> `MarqueeGraphLatency`. */
export function alertName(name: string): string {
  return `Marquee-${name}`.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function runbookPath(name: string): string {
  return `docs/sre/runbooks/${name}.md`;
}
