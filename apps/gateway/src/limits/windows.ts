/** What was taken under one key since its first point. */
export type Window = {
  points: number;
  readonly endsAtMs: number;
  /** When the log said last that this is more than there is. */
  toldAtMs: number;
};

export type Windows = {
  /** Adds points, or takes them back; begins a window where none is open. */
  take(key: string, points: number): Window;
  /** The window that is open now. */
  open(key: string): Window | undefined;
};

/**
 * Counts by key in fixed windows, each of which begins with its key's first point. Nothing is swept and no timer runs: a
 * window is over when the generation after its own ends, and a generation is thrown away whole.
 */
export function createWindows(windowMs: number): Windows {
  let young = new Map<string, Window>();
  let old = young;
  let turnsAtMs = 0;

  const turn = (nowMs: number) => {
    old = nowMs - turnsAtMs < windowMs ? young : new Map();
    young = new Map();
    turnsAtMs = nowMs + windowMs;
  };
  const openAt = (key: string, nowMs: number): Window | undefined => {
    if (nowMs >= turnsAtMs) turn(nowMs);
    const known = young.get(key) ?? old.get(key);
    return known && nowMs < known.endsAtMs ? known : undefined;
  };
  return {
    open: (key) => openAt(key, Date.now()),
    take: (key, points) => {
      const nowMs = Date.now();
      let window = openAt(key, nowMs);
      if (!window) young.set(key, (window = { points: 0, endsAtMs: nowMs + windowMs, toldAtMs: 0 }));
      window.points += points;
      return window;
    },
  };
}
