import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSandbox, exportOf, readPluginFolder, type Hook, type Sandbox } from '@marquee/plugin-sdk';
import { percentile } from '../client/statistics.ts';
import { workspaceRoot } from '../start/config.ts';
import { compare, units, type Bench, type BenchOptions, type BenchRow, type Contender } from './harness.ts';
import { drive } from './log-world.ts';

type Figure = 'calls/s' | 'p50' | 'p99';
const figures = { 'calls/s': units.operationsPerSecond, p50: units.milliseconds, p99: units.milliseconds };
const point = 'price-adjustment';

/** The early-bird plugin's own hook; the peer is the same function of the same file, imported and called. */
export const pluginsBench: Bench = {
  name: 'plugins',
  summary: 'a hook of a plugin in the sandbox, beside the same function called directly',
  run: async (options) => {
    const sandbox = createSandbox();
    try {
      return await measure(sandbox, options);
    } finally {
      await sandbox.close();
    }
  },
};

async function measure(sandbox: Sandbox, options: BenchOptions): Promise<BenchRow[]> {
  const times = options.quick ? { warmUpMs: 300, measureMs: 700 } : { warmUpMs: 1_000, measureMs: 3_000 };
  const folder = join(workspaceRoot, 'libs/plugins/early-bird');
  const { code, samples } = readPluginFolder(folder);
  const input = samples[0]!.input as Parameters<Hook<typeof point>>[0];
  const context = { settings: { percent: 15, days: 30 }, plugin: { name: 'early-bird', version: '1.0.0' } };
  const loaded = (await import(pathToFileURL(join(folder, 'plugin.js')).href)) as Record<
    string,
    Hook<typeof point>
  >;
  const direct = loaded[exportOf(point)]!;
  const contender = (name: string, callers: number, call: () => Promise<unknown>): Contender<Figure> => ({
    name,
    measure: async () => {
      const { perSecond, latencies } = await drive(callers, times, () => call);
      return { 'calls/s': perSecond, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
    },
  });
  // Threads start with their first calls, and compile the machine: that is once a process, not once a call.
  for (let call = 0; call < 50; call++)
    await Promise.all([1, 2].map(() => sandbox.call(code!, exportOf(point), [input, context])));
  const rows: BenchRow[] = [];
  for (const callers of [1, 8]) {
    const ours = contender('sandbox', callers, () => sandbox.call(code!, exportOf(point), [input, context]));
    // An answer that does not let others run would starve the clock of its own measurement.
    let calls = 0;
    const peer = contender('direct', callers, async () => {
      await direct(input, context);
      if (++calls % 1_000 === 0) await new Promise(setImmediate);
    });
    rows.push(...(await compare(`${callers} at a time`, figures, ours, peer, options)));
  }
  return rows;
}
