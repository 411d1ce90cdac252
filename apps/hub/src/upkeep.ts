import type { Logger } from '@marquee/telemetry';

/** Runs `work` now and again, one run at a time; what it throws is logged and tried again. Any number of processes may. */
export function repeat(
  name: string,
  everyMs: number,
  work: () => Promise<unknown>,
  logger: Logger,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      const count = await work();
      if (typeof count === 'number' && count > 0) logger.info({ count }, name);
    } catch (error) {
      logger.warn({ error }, `${name}: not this time`);
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
