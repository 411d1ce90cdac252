/**
 * An iterator that holds one value, the latest: a reader that is slow misses what is overtaken, and nothing piles up.
 * For states, not for events.
 */
export type Latest<T> = {
  put(value: T): void;
  /** Ends the iteration, after the value that waits. */
  end(): void;
  readonly values: AsyncGenerator<T, void, undefined>;
};

/** `onEnd` is called once, when the reader leaves or `end` was called. */
export function createLatest<T>(onEnd: () => void): Latest<T> {
  let waiting: { readonly value: T } | null = null;
  let ended = false;
  let wake: (() => void) | null = null;
  const end = () => {
    if (!ended) onEnd();
    ended = true;
    wake?.();
  };
  const next = async (): Promise<IteratorResult<T, void>> => {
    for (;;) {
      if (waiting) {
        const { value } = waiting;
        waiting = null;
        return { done: false, value };
      }
      if (ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const values: AsyncGenerator<T, void, undefined> = {
    next,
    return: async () => {
      waiting = null;
      end();
      return { done: true, value: undefined };
    },
    throw: async (error) => {
      waiting = null;
      end();
      throw error;
    },
    [Symbol.asyncIterator]: () => values,
    [Symbol.asyncDispose]: async () => {
      waiting = null;
      end();
    },
  };
  return {
    put: (value) => {
      if (ended) return;
      waiting = { value };
      wake?.();
    },
    end,
    values,
  };
}
