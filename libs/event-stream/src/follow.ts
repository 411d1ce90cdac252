/** A loop that can be woken and stopped. `step` answers whether there may be more at once; what it throws is kept. */
export interface Following {
  readonly lastError: string | null;
  wake(): void;
  stop(): Promise<void>;
}

const retryMs = 1_000;

export function follow(step: () => Promise<boolean>, pollMs: number): Following {
  let lastError: string | null = null;
  let stopped = false;
  /** Woken while it worked: what woke it may have come too late for that step. */
  let woken = false;
  let endPause: (() => void) | undefined;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    while (!stopped) {
      woken = false;
      let pauseMs = pollMs;
      try {
        const more = await step();
        lastError = null;
        if (more) continue;
      } catch (error) {
        lastError = String(error);
        pauseMs = retryMs;
      }
      if (!stopped && !woken) await pause(pauseMs);
    }
  };
  const looping = loop();
  const wake = () => {
    woken = true;
    endPause?.();
  };
  return {
    get lastError() {
      return lastError;
    },
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await looping;
    },
  };
}
