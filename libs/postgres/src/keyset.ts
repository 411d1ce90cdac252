import { accept, invalid, isUuid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database } from './database.ts';
import type { Scope, Transaction } from './transaction.ts';

/** A page by keyset: at most `first` rows after the row whose sort keys are these. */
export type KeysetPage = { readonly first: number; readonly after: readonly string[] | null };

/** What a sort key must look like; what does not is the caller's fault, never a cast that fails in the database. */
export type KeyKind = 'text' | 'uuid' | 'instant' | 'integer';

const fits: Readonly<Record<KeyKind, (value: string) => boolean>> = {
  text: () => true,
  uuid: isUuid,
  instant: (value) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  integer: (value) => /^-?\d{1,9}$/.test(value),
};

/** The page behind a connection's arguments, whose cursor must hold keys of these kinds in this order. */
export function parseKeyset(
  { first, after: cursor }: { readonly first: number; readonly after: string | null },
  kinds: readonly KeyKind[],
): Outcome<KeysetPage, InvalidInput> {
  if (cursor === null) return accept({ first, after: null });
  const after = decodeCursor(cursor, kinds.length);
  const known = after?.every((value, index) => fits[kinds[index]!](value));
  return after && known ? accept({ first, after }) : invalid('after', 'is not a cursor of this connection');
}

/** A Relay connection over rows. */
export type Connection<T> = {
  readonly edges: { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

/** The connection over rows that were read with a limit of `first + 1`: the one too many says that more follow. */
export function toConnection<T>(
  rows: readonly T[],
  { first, after }: KeysetPage,
  keysOf: (row: T) => readonly (string | number)[],
): Connection<T> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeCursor(keysOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** One page of what a parent has: the key of a loader. */
export type PageKey = { readonly parentId: string; readonly page: KeysetPage };

export function pageCacheKey({ parentId, page }: PageKey): string {
  return `${parentId} ${JSON.stringify(page)}`;
}

/**
 * The batch function of a loader of pages. The parents of a list are asked for the same page, so that one statement
 * (a lateral join) reads them all; another page (an alias with its own `first`) takes a statement of its own.
 */
export function pageBatch<T extends { readonly parentId: string }>(
  database: Database,
  scope: Scope,
  read: (tx: Transaction, parentIds: readonly string[], page: KeysetPage) => Promise<readonly T[]>,
): (keys: readonly PageKey[]) => Promise<readonly (readonly T[])[]> {
  return async (keys) => {
    const found = new Map<string, readonly T[]>();
    const samePage = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
    await database.read(scope, async (tx) => {
      for (const group of samePage.values()) {
        const parentIds = group.map(({ parentId }) => parentId);
        const children = await read(tx, parentIds, group[0]!.page);
        const byParent = Map.groupBy(children, ({ parentId }) => parentId);
        for (const key of group) found.set(pageCacheKey(key), byParent.get(key.parentId) ?? []);
      }
    });
    return keys.map((key) => found.get(pageCacheKey(key))!);
  };
}
