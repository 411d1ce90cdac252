import type { Database, Scope, Transaction } from '@marquee/postgres';
import { createLoader, type Loader } from '@marquee/subgraph';
import type { KeysetPage } from './connection.ts';

/** One page of what a parent has. */
export type PageKey = { readonly parentId: string; readonly page: KeysetPage };

/**
 * Pages of many parents at once. The parents of a list are asked for the same page, so that one statement reads them
 * all; other pages (an alias with another `first`) take one statement each.
 */
export function createPageLoader<T extends { readonly parentId: string }>(
  database: Database,
  scope: Scope,
  read: (tx: Transaction, parentIds: readonly string[], page: KeysetPage) => Promise<readonly T[]>,
): Loader<PageKey, readonly T[]> {
  const batch = async (keys: readonly PageKey[]): Promise<readonly (readonly T[])[]> => {
    const samePage = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
    const rows = await database.read(scope, async (tx) => {
      const found = new Map<string, readonly T[]>();
      for (const group of samePage.values()) {
        const { page } = group[0]!;
        const children = await read(
          tx,
          group.map(({ parentId }) => parentId),
          page,
        );
        const byParent = Map.groupBy(children, ({ parentId }) => parentId);
        for (const key of group) found.set(cacheKeyOf(key), byParent.get(key.parentId) ?? []);
      }
      return found;
    });
    return keys.map((key) => rows.get(cacheKeyOf(key)) ?? []);
  };
  return createLoader(batch, { cacheKey: cacheKeyOf });
}

function cacheKeyOf({ parentId, page }: PageKey): string {
  return `${parentId} ${JSON.stringify(page)}`;
}
