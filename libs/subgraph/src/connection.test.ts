import { describe, expect, test } from '@jest/globals';
import { encodeCursor, type Database, type Transaction } from '@marquee/postgres';
import { createPageLoader, parseKeysetPage } from './connection.ts';

const id = '0197c0de-0000-7000-8000-000000000001';

describe('The arguments of a connection', () => {
  test('are a page after the keys of their cursor', () => {
    const after = encodeCursor(['2027-03-20T19:00:00.000Z', id]);
    expect(parseKeysetPage({ first: 5, after }, ['instant', 'uuid'])).toEqual({
      ok: true,
      value: { first: 5, after: ['2027-03-20T19:00:00.000Z', id] },
    });
  });

  test('are refused where the size is out of range or the cursor is of another list', () => {
    expect(parseKeysetPage({ first: 0 }, ['uuid'])).toMatchObject({ refusal: { field: 'first' } });
    const after = encodeCursor(['Main hall']);
    expect(parseKeysetPage({ first: 5, after }, ['uuid'])).toMatchObject({ refusal: { field: 'after' } });
  });
});

test('The parents of a list are read together, and each page once', async () => {
  const read: (readonly string[])[] = [];
  const database = {
    read: async (_: unknown, work: (tx: Transaction) => Promise<unknown>) => work({} as Transaction),
  } as unknown as Database;
  const loader = createPageLoader(database, { organisationId: id }, async (_, parentIds) => {
    read.push(parentIds);
    return parentIds.map((parentId) => ({ parentId }));
  });
  const page = { first: 2, after: null };
  const [one] = await Promise.all(
    ['a', 'b', 'a'].map((parentId) => loader.load({ parentId, page: { ...page } })),
  );
  expect(one).toEqual([{ parentId: 'a' }]);
  expect(read).toEqual([['a', 'b']]);
});
