import { expect, test } from '@jest/globals';
import { normaliseCode, writeCode } from './device.ts';

test('a code is read as people type it, and nothing else is a code', () => {
  const code = writeCode(Uint8Array.from([0, 1, 2, 3, 4, 250, 251, 252, 253, 254]));
  expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
  expect(normaliseCode(` ${code.toLowerCase()} `)).toBe(code.replace('-', ''));
  expect(normaliseCode('ABCDE-FGHJ')).toBeNull();
  expect(normaliseCode('ABCDE-FGHI0')).toBeNull();
});
