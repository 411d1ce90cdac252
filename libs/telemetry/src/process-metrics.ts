import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

/** Adds what every process should show: memory, CPU, event-loop delay, up-time. Answers what stops the watching. */
export function observeProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const one = (value: number) => [{ value }];
  const stops = [
    metrics.observed('process_resident_memory_bytes', 'Resident memory', () =>
      one(process.memoryUsage.rss()),
    ),
    metrics.observed('process_heap_bytes', 'Heap in use', () => one(process.memoryUsage().heapUsed)),
    metrics.observed('process_cpu_seconds', 'User and system CPU time', () => {
      const { user, system } = process.cpuUsage();
      return one((user + system) / 1e6);
    }),
    metrics.observed('process_uptime_seconds', 'Time since the process started', () => one(process.uptime())),
    metrics.observed('nodejs_eventloop_delay_p99_seconds', 'Event-loop delay since the last reading', () => {
      const p99Seconds = delay.percentile(99) / 1e9;
      delay.reset();
      return one(p99Seconds);
    }),
  ];
  return () => {
    delay.disable();
    stops.forEach((stop) => stop());
  };
}
