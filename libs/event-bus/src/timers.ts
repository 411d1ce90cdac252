/** Time as the bus asks for it, so that a test can own it (`virtualTime` of @marquee/testkit). */
export type Timers = {
  /** Milliseconds since some fixed instant. */
  now(): number;
  /** Answers what `clear` takes. */
  set(work: () => void, delayMs: number): unknown;
  clear(timer: unknown): void;
};

export const systemTimers: Timers = {
  now: () => performance.now(),
  set: (work, delayMs) => setTimeout(work, delayMs),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
