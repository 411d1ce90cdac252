import type { Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import { sweepDeliveries } from './deliveries/sweep.ts';
import { sweepPluginCalls } from './plugins/plugin-rows.ts';

const everyMs = 3_600_000;

/** Sweeps the logs of deliveries and of plugins' calls, now and every hour, for as long as the service runs. Any number of processes may. */
export function sweepInBackground(
  database: Database,
  { retentionDays, logger }: { readonly retentionDays: number; readonly logger: Logger },
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      const swept = await sweepDeliveries(database, retentionDays);
      await sweepPluginCalls(database, retentionDays);
      if (swept > 0) logger.info({ deliveries: swept }, 'old webhook deliveries were forgotten');
    } catch (error) {
      logger.warn({ error }, 'old webhook deliveries and calls of plugins were not forgotten this time');
    }
    if (!stopped) timer = setTimeout(again, everyMs).unref();
  };
  const again = () => {
    running = run();
  };
  again();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
