import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@marquee/postgres';
import { sealLog, type SealedLog, type SealOptions } from './seal.ts';

export type SealerOptions = Omit<SealOptions, 'signal' | 'maxBatches'> & {
  /** Pause between passes; default 1,000. With what is open in the cluster it is how long an event stays unsealed. */
  readonly everyMs?: number;
  /** Of one core and the database's attention, at most, while there is much to seal: 0 to 1; default 0.2. */
  readonly share?: number;
  /** Hears of every pass that did something. */
  readonly onSealed?: (pass: SealedLog) => void;
  /** Hears of every pass that failed; the next one tries again. */
  readonly onError: (error: unknown) => void;
};

export interface Sealer extends AsyncDisposable {
  /** Ends the pass under way after its batch. */
  stop(): Promise<void>;
}

/**
 * Seals the log again and again in the background, until stopped. Every process of a service may: one leads. A batch at
 * a time, for while it is being written readers wait (250 events: some 10 ms), and with pauses, so that a log of millions
 * that is sealed for the first time does not slow down its service.
 */
export function startSealer(database: Database, options: SealerOptions): Sealer {
  const { everyMs = 1_000, share = 0.2, onSealed, onError, batchSize = 250, ...rest } = options;
  const seal = { ...rest, batchSize, maxBatches: 1 };
  const end = new AbortController();
  const run = async () => {
    while (!end.signal.aborted) {
      const beganMs = performance.now();
      const more = await sealLog(database, { ...seal, signal: end.signal }).then((pass) => {
        if (pass.sealed + pass.signed > 0) onSealed?.(pass);
        return pass.more;
      }, onError);
      const tookMs = performance.now() - beganMs;
      const pauseMs = more ? Math.min(everyMs, tookMs * (1 / share - 1)) : everyMs;
      await delay(pauseMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  };
  const running = run();
  const stop = async () => {
    end.abort();
    await running;
  };
  return { stop, [Symbol.asyncDispose]: stop };
}
