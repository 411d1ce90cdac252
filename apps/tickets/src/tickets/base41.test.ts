import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { decodeBase41, encodeBase41 } from './base41.ts';

test('what was written is read back, whatever its length', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = randomBytes(length);
    const text = encodeBase41(bytes);
    expect(decodeBase41(text)).toEqual(bytes);
    expect(text).toHaveLength(Math.ceil(length * 1.5));
    expect(text).toMatch(/^[0-9A-Z+\-./:]*$/);
  }
});

test('bytes have one spelling: every text that can be read is the one that is written', () => {
  let read = 0;
  for (let round = 0; round < 2_000; round++) {
    const text = encodeBase41(randomBytes(4)).split('').toReversed().join('');
    const bytes = decodeBase41(text);
    if (!bytes) continue;
    read += 1;
    expect(encodeBase41(bytes)).toBe(text);
  }
  expect(read).toBeGreaterThan(100);
});

test.each(['A', 'ab', ':::', '::', 'AAAé', '000 ', '000$0', 'AAAA'])('%j is not read', (text) => {
  expect(decodeBase41(text)).toBeNull();
});
