export const hourMs = 3_600_000;

export type Repeated = {
  /** Resolves after what is under way. */
  stop(): Promise<void>;
};

/**
 * Does what a service does now and again, for as long as it runs: now, and `everyMs` after the end of each run. A run that
 * fails is told, and tried again in its turn.
 */
export function repeat(options: {
  readonly everyMs: number;
  readonly work: (isStopped: () => boolean) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}): Repeated {
  const { everyMs, work, onError } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    await work(() => stopped).catch(onError);
    if (!stopped) timer = setTimeout(begin, everyMs).unref();
  };
  const begin = () => {
    running = run();
  };
  begin();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
