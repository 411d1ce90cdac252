const everyMs = 3_600_000;

/** Does what can wait now and every hour, for as long as a service runs; one that fails is told and tried again then. */
export function hourly(
  work: (isStopped: () => boolean) => Promise<unknown>,
  { onError }: { readonly onError: (error: unknown) => void },
): { /** Resolves after what is under way. */ stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = work(() => stopped).catch(onError);
  };
  run();
  const timer = setInterval(run, everyMs);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
