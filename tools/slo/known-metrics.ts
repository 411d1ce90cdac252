import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../charts/helm.ts';

/** Names of labels of each series of a metric. */
export type Exposed = Map<string, Set<string>[]>;

export type Asked = { readonly name: string; readonly labels: readonly string[] };

/** Prometheus adds these itself when it scrapes. */
const scraped = ['service', 'version', 'track', 'instance', 'job', 'namespace', 'pod'];

/** The metrics that a query of ours asks for, with every label it names: those it selects by, and those it groups by. */
export function metricsOf(expr: string): Asked[] {
  const groups = [...expr.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, labels]) => labels!.split(','));
  const grouped = groups.map((label) => label.trim()).filter((label) => label !== '');
  return [...expr.matchAll(/\b((?:marquee|process|nodejs)_[a-z0-9_:]+|up)\b\s*(?:\{([^}]*)\})?/gi)].map(
    ([, name, selector = '']) => ({
      name: name!,
      labels: [...[...selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label!), ...grouped],
    }),
  );
}

/** The series of one process's /metrics, in Prometheus's text. */
export function readExposed(text: string, exposed: Exposed = new Map()): Exposed {
  for (const [, name, labels = ''] of text.matchAll(/^([a-z_][a-z0-9_]*)(?:\{(.*)\})? \S+$/gim)) {
    const names = [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label!);
    exposed.set(name!, [...(exposed.get(name!) ?? []), new Set([...names, ...scraped])]);
  }
  return exposed;
}

/** What of a query is not exposed: metrics that are not there, and labels that no series of theirs has. */
export function unknownIn(expr: string, exposed: Exposed): string[] {
  return metricsOf(expr)
    .filter(({ name }) => name !== 'up' && !name.startsWith('marquee_slo:'))
    .flatMap(({ name, labels }) => {
      const series = exposed.get(name);
      if (!series) return [name];
      const strange = labels.filter((label) => !series.some((names) => names.has(label)));
      return strange.map((label) => `${name}{${label}}`);
    });
}

/** Every name under which some source registers a metric. */
export function registeredMetrics(): Set<string> {
  const files = ['apps', 'libs'].flatMap((parent) =>
    readdirSync(join(root, parent), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/node_modules|\.test|generated/.test(file))
      .map((file) => join(root, parent, file)),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'((?:marquee|process|nodejs)_[a-z0-9_]+)'/g)].map(
      ([, name]) => name!,
    ),
  );
  return new Set(names);
}
