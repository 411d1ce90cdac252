import { describe, expect, test } from '@jest/globals';
import { encodeCursor } from './cursor.ts';
import type { Database } from './database.ts';
import { pageBatch, parseKeyset, toConnection, type PageKey } from './keyset.ts';
import { systemScope } from './transaction.ts';

const id = '0197a000-0000-7000-8000-000000000001';

describe('parseKeyset', () => {
  test('takes the first page and the keys of a cursor', () => {
    expect(parseKeyset({ first: 5, after: null }, ['text'])).toEqual({
      ok: true,
      value: { first: 5, after: null },
    });
    const keys = ['2027-03-20T18:00:00.000Z', id, '7', 'anything'];
    const page = parseKeyset({ first: 5, after: encodeCursor(keys) }, ['instant', 'uuid', 'integer', 'text']);
    expect(page).toEqual({ ok: true, value: { first: 5, after: keys } });
  });

  test.each([
    ['nonsense', ['text']],
    [encodeCursor(['a', 'b']), ['text']],
    [encodeCursor(['no uuid']), ['uuid']],
    [encodeCursor(['2027-99-20T18:00:00.000Z']), ['instant']],
    [encodeCursor(['tomorrow']), ['instant']],
    [encodeCursor(['1e9']), ['integer']],
  ] as const)('refuses %s', (after, kinds) => {
    expect(parseKeyset({ first: 5, after }, kinds)).toMatchObject({ ok: false, refusal: { field: 'after' } });
  });
});

describe('toConnection', () => {
  test('holds back the row that only says that more follow', () => {
    const connection = toConnection([1, 2, 3], { first: 2, after: null }, (row) => [row]);
    expect(connection.edges.map(({ node }) => node)).toEqual([1, 2]);
    expect(connection.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(connection.pageInfo.endCursor).toBe(connection.edges[1]!.cursor);
  });

  test('of nothing has no cursors', () => {
    expect(toConnection([], { first: 2, after: ['x'] }, () => []).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });
});

describe('pageBatch', () => {
  test('reads the same page of many parents at once, and answers in the order of the keys', async () => {
    const reads: (readonly string[])[] = [];
    const database = {
      read: (_: unknown, work: (tx: null) => Promise<unknown>) => work(null),
    } as unknown as Database;
    const batch = pageBatch(database, systemScope, async (_, parentIds, page) => {
      reads.push(parentIds);
      return parentIds
        .filter((parentId) => parentId !== 'c')
        .map((parentId) => ({ parentId, first: page.first }));
    });
    const key = (parentId: string, first: number): PageKey => ({ parentId, page: { first, after: null } });
    const pages = await batch([key('a', 1), key('b', 2), key('c', 1), key('b', 1)]);
    expect(pages).toEqual([
      [{ parentId: 'a', first: 1 }],
      [{ parentId: 'b', first: 2 }],
      [],
      [{ parentId: 'b', first: 1 }],
    ]);
    expect(reads).toEqual([['a', 'c', 'b'], ['b']]);
  });
});
