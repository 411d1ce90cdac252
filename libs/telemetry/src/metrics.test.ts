import { describe, expect, test } from '@jest/globals';
import { createMetrics, observeProcess } from './index.ts';

describe('metrics', () => {
  test('are written in the exposition format', () => {
    const metrics = createMetrics();
    const calls = metrics.counter('calls_total', 'Calls');
    calls.add();
    calls.add(2, { outcome: 'ok', service: 'tickets' });
    calls.add(1, { service: 'tickets', outcome: 'ok' });
    metrics.gauge('lag', 'Lag').set(7);
    const seconds = metrics.histogram('seconds', 'Duration', [0.1, 1]);
    [0.05, 0.5, 5].forEach((value) => seconds.observe(value, { path: 'a"b\\c\nd' }));
    const path = 'path="a\\"b\\\\c\\nd"';
    expect(metrics.text()).toBe(
      [
        '# HELP calls_total Calls',
        '# TYPE calls_total counter',
        'calls_total 1',
        'calls_total{outcome="ok",service="tickets"} 3',
        '# HELP lag Lag',
        '# TYPE lag gauge',
        'lag 7',
        '# HELP seconds Duration',
        '# TYPE seconds histogram',
        `seconds_bucket{${path},le="0.1"} 1`,
        `seconds_bucket{${path},le="1"} 2`,
        `seconds_bucket{${path},le="+Inf"} 3`,
        `seconds_sum{${path}} 5.55`,
        `seconds_count{${path}} 3`,
        '',
      ].join('\n'),
    );
  });

  test('of one name are one instrument, and of one kind', () => {
    const metrics = createMetrics();
    metrics.counter('a', 'A').add();
    metrics.counter('a', 'A').add();
    expect(metrics.text()).toContain('a 2\n');
    expect(() => metrics.gauge('a', 'A')).toThrow('metric a is a counter, not a gauge');
    expect(() => metrics.counter('a', 'A').add(-1)).toThrow('cannot go down');
  });

  test('that are observed are read when written, by all their readers', () => {
    const metrics = createMetrics();
    let open = 1;
    metrics.gauge('breaker', 'B').set(0, { of: 'x' });
    metrics.observed('breaker', 'B', () => [{ value: open, labels: { of: 'y' } }]);
    const stop = metrics.observed('breaker', 'B', () => [{ value: Infinity }]);
    open = 2;
    expect(metrics.text()).toContain('breaker{of="x"} 0\nbreaker{of="y"} 2\nbreaker +Inf\n');
    stop();
    expect(metrics.text()).not.toContain('Inf');
  });

  test('drop label sets beyond a thousand, and say so', () => {
    const metrics = createMetrics();
    const calls = metrics.counter('calls_total', 'Calls');
    const lag = metrics.gauge('lag', 'Lag');
    const seconds = metrics.histogram('seconds', 'S', [1]);
    for (let id = 0; id < 1001; id++) {
      calls.add(1, { id: String(id) });
      lag.set(1, { id: String(id) });
      seconds.observe(1, { id: String(id) });
    }
    expect(metrics.text()).toContain('marquee_metrics_dropped_total{metric="calls_total"} 1');
    expect(metrics.text()).toContain('marquee_metrics_dropped_total{metric="seconds"} 1');
    expect(metrics.text()).not.toContain('id="1000"');
  });

  test('of the process tell its memory, CPU and event loop until stopped', () => {
    const metrics = createMetrics();
    const stop = observeProcess(metrics);
    for (const name of [
      'process_resident_memory_bytes',
      'process_cpu_seconds',
      'nodejs_eventloop_delay_p99_seconds',
    ]) {
      expect(metrics.text()).toMatch(new RegExp(`^${name} [0-9.e-]+$`, 'm'));
    }
    stop();
    expect(metrics.text()).toBe('');
  });
});
