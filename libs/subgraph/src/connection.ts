import { encodeId, type EntityType, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  pageBatch,
  pageCacheKey,
  parseKeyset,
  toConnection,
  type Connection,
  type Database,
  type Deleted,
  type KeyKind,
  type KeysetPage,
  type PageKey,
  type Scope,
  type SoftDeletion,
} from '@marquee/postgres';
import { orBadInput } from './bad-input.ts';
import { createLoader, type Loader } from './loader.ts';
import { parsePage } from './parse.ts';

/** The arguments of a connection whose cursors hold keys of these kinds. */
export function parseKeysetPage(
  args: Parameters<typeof parsePage>[0],
  kinds: readonly KeyKind[],
): Outcome<KeysetPage, InvalidInput> {
  const page = parsePage(args);
  return page.ok ? parseKeyset(page.value, kinds) : page;
}

/** Pages of what parents have; the parents of a list take one statement together. */
export function createPageLoader<T extends { readonly parentId: string }>(
  database: Database,
  scope: Scope,
  read: Parameters<typeof pageBatch<T>>[2],
): Loader<PageKey, readonly T[]> {
  return createLoader(pageBatch(database, scope, read), { cacheKey: pageCacheKey });
}

/** What of this type the viewer's organisation has deleted and can restore: the prelude's `DeletedConnection`. */
export async function deletedConnection(
  type: EntityType,
  {
    database,
    viewer,
    deletion,
  }: { readonly database: Database; readonly viewer: Scope; readonly deletion: SoftDeletion },
  args: Parameters<typeof parsePage>[0],
): Promise<Connection<Deleted>> {
  const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
  const rows = await database.read(viewer, (tx) => deletion.list(tx, page));
  const { edges, pageInfo } = toConnection(rows, page, ({ deletedAt, id }) => [deletedAt.toISOString(), id]);
  return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: deletedView(type, node) })) };
}

/** As the graph shows it: with the id of the wire. */
export function deletedView(type: EntityType, deleted: Deleted): Deleted {
  return { ...deleted, id: encodeId(type, deleted.id) };
}
