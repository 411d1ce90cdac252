import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { metricsOf, registeredMetrics } from '../slo/known-metrics.ts';
import { readSlo } from '../slo/read-slo.ts';

const root = join(import.meta.dirname, '../..');
const libs = ['messaging', 'event-log', 'sagas'];

const sources = libs.flatMap((lib) =>
  readdirSync(join(root, 'libs', lib, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/test|fixtures/.test(file))
    .map((file) => readFileSync(join(root, 'libs', lib, 'src', file), 'utf8')),
);

const page = readFileSync(join(root, 'docs/backbone/metrics.md'), 'utf8');

/** `name kind` of every metric that the code registers. */
function registered(): string[] {
  const found = sources.flatMap((text) => [
    ...text.matchAll(/\bmetrics\??\s*\.(counter|gauge|histogram|observed)\(\s*'([^']+)'/g),
  ]);
  return found.map(([, kind, name]) => `${name} ${kind === 'observed' ? 'gauge' : kind}`);
}

test('the page of metrics has every metric of the backbone, with its kind, and no other', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` *\| (\w+) *\| ([^|]+)\| ([^|]+)\|$/gm)];
  expect(rows.map(([, name, kind]) => `${name} ${kind}`).toSorted()).toEqual(registered().toSorted());
  for (const [, name, , tells, worry] of rows) {
    expect([name, tells!.trim() && worry!.trim()]).not.toEqual([name, '']);
  }
});

test('no metric is registered in a way that this test does not see', () => {
  const calls = sources.flatMap((text) => text.match(/\.(counter|gauge|histogram|observed)\(/g) ?? []);
  expect(calls).toHaveLength(registered().length);
});

test('what is named in the text is in the tables', () => {
  for (const name of page.match(/`marquee_\w+`/g) ?? []) expect(page).toContain(`| ${name}`);
});

test('every metric of a dashboard or an alert is explained, and none that no source has', () => {
  const services = readFileSync(join(root, 'docs/sre/metrics.md'), 'utf8');
  const explained = new Set(
    [page, services].flatMap((text) => text.match(/\b(marquee|process|nodejs)_\w+/g)),
  );
  const { dashboards, alerts } = readSlo();
  const queries = [
    ...dashboards.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries)),
    ...alerts,
  ];
  const asked = queries.flatMap(({ expr }) => metricsOf(expr).map(({ name }) => name));
  const ours = asked.filter((name) => name !== 'up').map((name) => name.replace(/_(bucket|count|sum)$/, ''));
  expect([...new Set(ours)].filter((name) => !explained.has(name))).toEqual([]);
  const known = registeredMetrics();
  expect([...explained].filter((name) => !known.has(name!))).toEqual([]);
});
