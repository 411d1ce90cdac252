import CircuitBreaker from 'opossum';

export type Breaker = {
  /** Runs `work` and counts how it ends. Rejects with what it throws; while open with `BreakerOpenError`, unrun. */
  run<T>(work: () => Promise<T>): Promise<T>;
  isOpen(): boolean;
  /** What was counted is forgotten: somebody else knows that the other side is well. */
  close(): void;
  /** Ends its timers. */
  stop(): void;
};

/** The breaker is open: nothing was tried. Match on `code`. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';
  readonly code = 'BREAKER_OPEN';
}

/**
 * A breaker alone, for what brings its own deadline and keeps its state for other processes to see: it opens by itself
 * and closes when it is told to.
 */
export function createBreaker(options: {
  readonly errorThresholdPercentage: number;
  /** Calls within the window below which it never opens. */
  readonly volumeThreshold: number;
  readonly windowMs: number;
  readonly onOpen: () => void;
}): Breaker {
  const { onOpen, windowMs, ...thresholds } = options;
  const breaker = new CircuitBreaker((work: () => Promise<unknown>) => work(), {
    ...thresholds,
    timeout: false,
    rollingCountTimeout: windowMs,
    rollingCountBuckets: 6,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    // Longer than anything lives: whether to try again is decided elsewhere.
    resetTimeout: 2 ** 31 - 1,
  } as CircuitBreaker.Options<[() => Promise<unknown>]>);
  breaker.on('open', onOpen);
  return {
    run: async <T>(work: () => Promise<T>) => {
      if (breaker.opened) throw new BreakerOpenError('the breaker is open');
      return (await breaker.fire(work)) as T;
    },
    isOpen: () => breaker.opened,
    close: () => {
      if (breaker.opened) breaker.close();
    },
    stop: () => breaker.shutdown(),
  };
}
