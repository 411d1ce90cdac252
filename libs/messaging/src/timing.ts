/** Resolves after `ms`, or at once when the signal fires; never rejects, so loops look at the signal themselves. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Full jitter under a ceiling that doubles from 50 ms up to `mostMs`. `attempt` counts from 1. */
export function backoffMs(attempt: number, mostMs = 5_000): number {
  return Math.random() * Math.min(25 * 2 ** Math.min(attempt, 10), mostMs) + 5;
}

/** A signal that fires with any of these. `end` lets go of long-lived sources, which `AbortSignal.any` would not. */
export function anySignal(...sources: readonly AbortSignal[]): {
  readonly signal: AbortSignal;
  abort(): void;
  end(): void;
} {
  const controller = new AbortController();
  // With a reason: without one each makes an error, stack and all, that nobody looks at.
  const abort = () => controller.abort(null);
  for (const source of sources) {
    if (source.aborted) abort();
    else source.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    abort,
    end: () => sources.forEach((source) => source.removeEventListener('abort', abort)),
  };
}

/** A bell: `wait` returns at the first ring after the last wait, or after `ms`; true where it was rung. */
export function createBell(): { ring(): void; wait(ms: number, signal: AbortSignal): Promise<boolean> } {
  let rung = false;
  let waiting: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      waiting?.();
    },
    wait: async (ms, signal) => {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const end = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            waiting = undefined;
            resolve();
          };
          const timer = setTimeout(end, ms);
          waiting = end;
          signal.addEventListener('abort', end, { once: true });
        });
      }
      const heard = rung;
      rung = false;
      return heard;
    },
  };
}

/** Runs what it is given one after the other. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
