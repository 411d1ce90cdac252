import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { collectorFaults } from './collector-config.ts';
import { readResources, root } from './helm.ts';

const rendered = readResources(readFileSync(join(root, 'helm/generated/highly-available.yaml'), 'utf8'));
const text = rendered.find(({ data }) => data?.['collector.yaml'])!.data!['collector.yaml']!;

test('the Collector’s configuration has known settings, used components and whole connectors', () => {
  expect(collectorFaults(parse(text))).toEqual([]);
});

test.each([
  ['decision_wait', 'decision_wiat', /additional properties|required/],
  ['check_interval: 1s', 'check_interval: 1', /memory_limiter\/check_interval: must be string/],
  ['exporters: [spanmetrics, forward]', 'exporters: [forward]', /spanmetrics is not among the exporters/],
  [
    'receivers: [spanmetrics]',
    'receivers: [spanmetric]',
    /spanmetric among its receivers, which is not there/,
  ],
  ['[memory_limiter, tail_sampling, batch]', '[tail_sampling, memory_limiter, batch]', /must come first/],
  ['[memory_limiter, tail_sampling, batch]', '[memory_limiter, batch, tail_sampling]', /must come last/],
  ['type: latency, latency', 'type: latncy, latency', /policies/],
])('"%s" written as "%s" is found', (right, wrong, said) => {
  expect(text).toContain(right);
  expect(collectorFaults(parse(text.replace(right, wrong))).join('\n')).toMatch(said);
});

test('spans are counted before any is left out, by the version of their service', () => {
  const { service, connectors } = parse(text) as {
    service: { pipelines: Record<string, { processors: string[]; exporters: string[] }> };
    connectors: { spanmetrics: { dimensions: object[] } };
  };
  expect(service.pipelines['traces']).toMatchObject({ processors: ['memory_limiter'] });
  expect(service.pipelines['traces']!.exporters).toContain('spanmetrics');
  expect(connectors.spanmetrics.dimensions).toEqual([{ name: 'service.version' }]);
});
