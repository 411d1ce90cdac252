import type { Database, Transaction } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';

/** Rows of the viewer's organisation by id; null for what it does not have. */
export function createRowLoader<T extends { readonly id: string }>(
  database: Database,
  viewer: Viewer,
  read: (tx: Transaction, ids: readonly string[]) => Promise<readonly T[]>,
): Loader<string, T | null> {
  return createLoader(async (ids: readonly string[]) => {
    const rows = new Map((await database.read(viewer, (tx) => read(tx, ids))).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** The thing as it is after a mutation, which may have changed what the loader remembers. */
export async function reload<T>(loader: Loader<string, T | null>, id: string): Promise<T> {
  loader.clear(id);
  const thing = await loader.load(id);
  if (thing === null) throw new Error(`${id} vanished after it was changed`);
  return thing;
}
