import type { InvalidInput, Outcome } from '@marquee/kernel';
import {
  pageBatch,
  pageCacheKey,
  parseKeyset,
  type Database,
  type KeyKind,
  type KeysetPage,
  type PageKey,
  type Scope,
} from '@marquee/postgres';
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
