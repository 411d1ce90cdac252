import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { isApiKey, makeApiKey } from './api-key.ts';

test('a key is its prefix, 30 characters of base 62 and their checksum in 6', () => {
  const key = makeApiKey(randomBytes);
  expect(key).toMatch(/^mqk_[0-9A-Za-z]{36}$/);
  expect(isApiKey(key)).toBe(true);
  expect(makeApiKey(randomBytes)).not.toBe(key);
});

test('a key with any one character changed, left out or added is none', () => {
  const key = makeApiKey(randomBytes);
  for (let place = 4; place < key.length; place++) {
    const other = key[place] === 'a' ? 'b' : 'a';
    expect(isApiKey(key.slice(0, place) + other + key.slice(place + 1))).toBe(false);
  }
  expect(isApiKey(key.slice(0, -1))).toBe(false);
  expect(isApiKey(`${key}0`)).toBe(false);
  expect(isApiKey('')).toBe(false);
});

test('bytes that would make some characters likelier are thrown away', () => {
  const bytes = [255, 248, 0, 61, 62, 247];
  expect(makeApiKey(() => Uint8Array.from(bytes)).slice(4, 8)).toBe('0z0z');
});
