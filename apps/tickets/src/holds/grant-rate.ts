/** Over how long what happens is told as "now". */
const windowMs = 5_000;
/** How much the newest batch counts against those before it. */
const newest = 0.2;

/** How fast requests are judged, and what that means for one that comes now. */
export class GrantRate {
  /** Judged in one second each, the newest last. */
  readonly #seconds: { readonly second: number; judged: number }[] = [];
  #perMs = 0;
  #waitedMs = 0;

  /** A batch of `count` that started at `startMs` has ended; its first had waited so long. So many are under way at once. */
  judged(
    count: number,
    startMs: number,
    { waitedMs, lanes }: { readonly waitedMs: number; readonly lanes: number },
  ): void {
    const now = performance.now();
    const second = Math.floor(now / 1_000);
    const last = this.#seconds.at(-1);
    if (last?.second === second) last.judged += count;
    else this.#seconds.push({ second, judged: count });
    while (this.#seconds[0]!.second * 1_000 < now - windowMs - 1_000) this.#seconds.shift();
    const perMs = (count * lanes) / Math.max(0.1, now - startMs);
    // A small batch is mostly round trips and says nothing of what a full one could do.
    if (perMs > this.#perMs || count >= 100)
      this.#perMs += (perMs - this.#perMs) * (this.#perMs === 0 ? 1 : newest);
    this.#waitedMs = waitedMs;
  }

  /** How long a request behind so many others waits, as far as one can tell. */
  waitMs(ahead: number): number {
    return this.#perMs === 0 ? 0 : ahead / this.#perMs;
  }

  read(): { waitedMs: number; judgedPerSecond: number; sustainablePerSecond: number } {
    const now = performance.now();
    const judged = this.#seconds
      .filter(({ second }) => second * 1_000 >= now - windowMs)
      .reduce((sum, each) => sum + each.judged, 0);
    return {
      waitedMs: this.#waitedMs,
      judgedPerSecond: judged / (windowMs / 1_000),
      sustainablePerSecond: this.#perMs * 1_000,
    };
  }
}
