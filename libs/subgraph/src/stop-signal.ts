import { flushTelemetry, type Logger } from '@marquee/telemetry';

/** Longer than any drain should take; what still hangs then must not keep a process alive. */
const stopTimeoutMs = 25_000;

/**
 * Runs `stop` once on SIGTERM or SIGINT and then exits: 0 where it resolved, 1 where it failed or took longer than
 * 25 s. Answers a function that takes the handlers off again.
 */
export function onStopSignal(stop: () => Promise<void>, logger: Logger): () => void {
  let stopping = false;
  const end = async () => {
    try {
      await stop();
      // The spans of the last seconds leave too, or the drain itself would never be seen.
      await flushTelemetry();
      process.exit(0);
    } catch (error) {
      logger.error({ error }, 'draining failed');
      process.exit(1);
    }
  };
  const handle = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'draining');
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    void end();
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
  return () => {
    process.off('SIGTERM', handle);
    process.off('SIGINT', handle);
  };
}
