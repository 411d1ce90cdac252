import type { Timers } from '@marquee/event-bus';
import type { Clock } from '@marquee/kernel';

/** A clock and its timers, both of which stand still until told. */
export type VirtualTime = Clock & {
  /** For what takes timers, such as `createEventBus`. */
  readonly timers: Timers;
  /**
   * Moves time on. Each timer that is due on the way runs at its own instant, in order, and what it set going is let run
   * (as far as it needs no outside help) before the next.
   */
  advance(ms: number): Promise<void>;
  /** Timers that wait. */
  readonly pending: number;
};

type Timer = { readonly atMs: number; readonly work: () => void };

export function virtualTime(start: Date | string = '2027-03-20T19:00:00Z'): VirtualTime {
  let nowMs = new Date(start).getTime();
  const waiting = new Set<Timer>();
  const nextBy = (endMs: number) =>
    [...waiting].filter(({ atMs }) => atMs <= endMs).toSorted((one, other) => one.atMs - other.atMs)[0];
  const advance = async (ms: number) => {
    const endMs = nowMs + ms;
    await settle();
    for (let timer = nextBy(endMs); timer; timer = nextBy(endMs)) {
      waiting.delete(timer);
      nowMs = Math.max(nowMs, timer.atMs);
      timer.work();
      await settle();
    }
    nowMs = endMs;
  };
  return {
    now: () => new Date(nowMs),
    timers: {
      now: () => nowMs,
      set: (work, delayMs) => {
        const timer = { atMs: nowMs + Math.max(delayMs, 0), work };
        waiting.add(timer);
        return timer;
      },
      clear: (timer) => void waiting.delete(timer as Timer),
    },
    advance,
    get pending() {
      return waiting.size;
    },
  };
}

/** Real time for one turn of the event loop: by then every promise that waits for nothing outside has settled. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
