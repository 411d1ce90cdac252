import { invalid, isUuid, accept, type InvalidInput, type Outcome } from '@marquee/kernel';
import { decodeCursor, encodeCursor } from '@marquee/postgres';
import { parsePage } from '@marquee/subgraph';

/** A page by keyset: at most `first` rows after the row whose sort keys are these. */
export type KeysetPage = { readonly first: number; readonly after: readonly string[] | null };

export type Connection<T> = {
  readonly edges: { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

type PageArguments = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
};

/** What the keys of a cursor must look like, in their order. */
export type KeyKind = 'text' | 'uuid' | 'instant' | 'integer';

const fits: Readonly<Record<KeyKind, (value: string) => boolean>> = {
  text: () => true,
  uuid: isUuid,
  instant: (value) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  integer: (value) => /^-?\d{1,9}$/.test(value),
};

/** The arguments of a connection. A cursor that is not one of this list is the caller's fault, not a database's. */
export function parseKeysetPage(
  args: PageArguments,
  keys: readonly KeyKind[],
): Outcome<KeysetPage, InvalidInput> {
  const page = parsePage(args);
  if (!page.ok) return page;
  const { first, after: cursor } = page.value;
  if (cursor === null) return accept({ first, after: null });
  const after = decodeCursor(cursor, keys.length);
  const known = after?.every((value, index) => fits[keys[index]!](value));
  return after && known ? accept({ first, after }) : invalid('after', 'is not a cursor of this connection');
}

/** The page of rows that were asked for with one more than `first`. */
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
