import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@marquee/postgres';
import { sealLog, type SealedLog, type SealOptions } from './seal.ts';

export type SealerOptions = Omit<SealOptions, 'signal'> & {
  /** Pause between passes; default 1,000. With what is open in the cluster it is how long an event stays unsealed. */
  readonly everyMs?: number;
  /** Hears of every pass that did something. */
  readonly onSealed?: (pass: SealedLog) => void;
  /** Hears of every pass that failed; the next one tries again. */
  readonly onError: (error: unknown) => void;
};

export interface Sealer extends AsyncDisposable {
  /** Ends the pass under way after its batch. */
  stop(): Promise<void>;
}

/** Seals the log again and again in the background, until stopped. Every process of a service may: one leads. */
export function startSealer(database: Database, options: SealerOptions): Sealer {
  const { everyMs = 1_000, onSealed, onError, ...seal } = options;
  const end = new AbortController();
  const run = async () => {
    while (!end.signal.aborted) {
      await sealLog(database, { ...seal, signal: end.signal }).then((pass) => {
        if (pass.sealed + pass.signed > 0) onSealed?.(pass);
      }, onError);
      await delay(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  };
  const running = run();
  const stop = async () => {
    end.abort();
    await running;
  };
  return { stop, [Symbol.asyncDispose]: stop };
}
