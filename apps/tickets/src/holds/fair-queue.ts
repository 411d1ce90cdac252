/**
 * Requests by occurrence, each occurrence's in the order they came. Occurrences take turns: one in a rush does not keep
 * the others waiting for more than a batch. An occurrence that was taken is closed until it is given back, so that its
 * requests are judged in their order.
 */
export class FairQueue<T> {
  /** In the order of their turns. */
  readonly #waiting = new Map<string, T[]>();
  readonly #taken = new Set<string>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(key: string): number {
    return this.#waiting.get(key)?.length ?? 0;
  }

  add(key: string, item: T): void {
    const list = this.#waiting.get(key);
    if (list) list.push(item);
    else this.#waiting.set(key, [item]);
    this.#size += 1;
  }

  /** The next occurrence's longest waiting requests; null where there are none that may be taken. */
  take(limit: number): { readonly key: string; readonly items: readonly T[] } | null {
    for (const [key, list] of this.#waiting) {
      if (this.#taken.has(key)) continue;
      const items = list.splice(0, limit);
      this.#waiting.delete(key);
      // To the end of the line, with what is left.
      if (list.length > 0) this.#waiting.set(key, list);
      this.#taken.add(key);
      this.#size -= items.length;
      return { key, items };
    }
    return null;
  }

  /** Opens an occurrence again, with those that must be judged once more before all others of it. */
  giveBack(key: string, again: readonly T[] = []): void {
    this.#taken.delete(key);
    if (again.length === 0) return;
    this.#size += again.length;
    this.#waiting.set(key, [...again, ...(this.#waiting.get(key) ?? [])]);
  }
}
