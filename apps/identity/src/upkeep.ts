import type { Logger } from '@marquee/telemetry';

/** Runs `work` now and again, one run at a time; what it throws is logged and tried again. */
export function repeat(
  name: string,
  everyMs: number,
  work: () => Promise<unknown>,
  logger: Logger,
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    await work().catch((error: unknown) => logger.warn({ error }, `${name} did not work this time`));
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
