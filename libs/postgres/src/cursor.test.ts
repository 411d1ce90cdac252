import { expect, test } from '@jest/globals';
import { decodeCursor, encodeCursor } from './index.ts';

test('a cursor gives back the sort keys as text', () => {
  const cursor = encodeCursor(['2027-03-20T19:00:00.000Z', 7, 'Zoë']);
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decodeCursor(cursor, 3)).toEqual(['2027-03-20T19:00:00.000Z', '7', 'Zoë']);
});

test.each([
  ['of another list', encodeCursor(['a'])],
  ['that is empty', ''],
  ['that is no base64url', 'a+b/c='],
  ['that is no JSON', Buffer.from('{').toString('base64url')],
  ['of numbers', Buffer.from('[1,2]').toString('base64url')],
  ['that is no list', Buffer.from('"ab"').toString('base64url')],
  ['with a NUL, which PostgreSQL would refuse', encodeCursor(['a', 'b\0'])],
  ['of unbounded length', encodeCursor(['a', 'b'.repeat(2_000)])],
])('a cursor %s is no cursor', (_, cursor) => {
  expect(decodeCursor(cursor, 2)).toBeNull();
});
