import DataLoader from 'dataloader';

export type Loader<K, V> = {
  load(key: K): Promise<V>;
  loadMany(keys: readonly K[]): Promise<(V | Error)[]>;
  /** Forgets a key, after a mutation changed what it stands for. */
  clear(key: K): unknown;
};

/** A page of 100 edges with a handful of keys each stays one statement; more is split to keep statements bounded. */
const maxBatchSize = 1_000;

/**
 * Collects the keys asked for in one tick into one call of `batch`, which answers one value for each key in the
 * keys' order. Make one for each request: it remembers, and what it remembers is one viewer's.
 */
export function createLoader<K, V>(
  batch: (keys: readonly K[]) => Promise<readonly (V | Error)[]>,
  options: { readonly cacheKey?: (key: K) => unknown } = {},
): Loader<K, V> {
  return new DataLoader<K, V, unknown>(batch, {
    maxBatchSize,
    ...(options.cacheKey && { cacheKeyFn: options.cacheKey }),
  });
}
