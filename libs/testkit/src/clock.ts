import type { Clock } from '@marquee/kernel';

export type FakeClock = Clock & {
  advance(by: { readonly ms?: number; readonly seconds?: number; readonly minutes?: number }): void;
  set(instant: Date | string): void;
};

/** A clock that moves only when told. */
export function fakeClock(start: Date | string): FakeClock {
  let nowMs = new Date(start).getTime();
  return {
    now: () => new Date(nowMs),
    advance: ({ ms = 0, seconds = 0, minutes = 0 }) =>
      void (nowMs += ms + seconds * 1_000 + minutes * 60_000),
    set: (instant) => void (nowMs = new Date(instant).getTime()),
  };
}
