type Line<T> = {
  waiting: T[];
  /** Batches of it that are under way. */
  taken: number;
  /** Whether a batch must have it to itself: what is in that one is judged once all before it are settled. */
  alone: 'no' | 'next' | 'now';
};

/** A line that is shorter is not worth being split for two at once. */
const worthSplitting = 50;

/**
 * Requests by occurrence, each occurrence's in the order they came. Occurrences take turns: one in a rush does not keep
 * the others waiting for more than a batch. Two batches of an occurrence may be under way, the second of which is made
 * while the first is written.
 */
export class FairQueue<T> {
  /** In the order of their turns. */
  readonly #lines = new Map<string, Line<T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(key: string): number {
    return this.#lines.get(key)?.waiting.length ?? 0;
  }

  add(key: string, item: T): void {
    const line = this.#lines.get(key);
    if (line) line.waiting.push(item);
    else this.#lines.set(key, { waiting: [item], taken: 0, alone: 'no' });
    this.#size += 1;
  }

  /** The next occurrence's longest waiting requests; null where there are none that may be taken. */
  take(limit: number): { readonly key: string; readonly items: readonly T[] } | null {
    for (const [key, line] of this.#lines) {
      if (line.waiting.length === 0 || !isOpen(line)) continue;
      // Of all that are there the first takes half, and leaves the other half to be made ready meanwhile.
      const half = line.alone === 'no' && line.taken === 0 && line.waiting.length >= worthSplitting;
      const count = half ? Math.ceil(line.waiting.length / 2) : line.waiting.length;
      const items = line.waiting.splice(0, Math.min(limit, count));
      line.taken += 1;
      if (line.alone === 'next') line.alone = 'now';
      // To the end of the line of lines.
      this.#lines.delete(key);
      this.#lines.set(key, line);
      this.#size -= items.length;
      return { key, items };
    }
    return null;
  }

  /** Ends a batch, with those that must be judged once more before all others, and beside nobody. */
  giveBack(key: string, again: readonly T[] = []): void {
    const line = this.#lines.get(key)!;
    line.taken -= 1;
    if (line.alone === 'now') line.alone = 'no';
    if (again.length > 0) {
      line.waiting = [...again, ...line.waiting];
      line.alone = 'next';
      this.#size += again.length;
    }
    if (line.waiting.length === 0 && line.taken === 0) this.#lines.delete(key);
  }
}

function isOpen({ alone, taken }: Line<unknown>): boolean {
  return alone === 'no' ? taken < 2 : alone === 'next' && taken === 0;
}
