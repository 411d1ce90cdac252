import { expect, test } from '@jest/globals';
import { judgeExtension } from './hold-extension.ts';

const at = (minute: number) => new Date(Date.UTC(2027, 2, 20, 19, minute));
const hold = (expires: number, extensions = 0) => ({ createdAt: at(0), expiresAt: at(expires), extensions });

test('a hold is extended by a term from now', () => {
  expect(judgeExtension(hold(10), at(8), 10)).toEqual({ ok: true, value: at(18) });
});

test('it stands three terms over all at most', () => {
  expect(judgeExtension(hold(26, 1), at(25), 10)).toEqual({ ok: true, value: at(30) });
  expect(judgeExtension(hold(30, 1), at(29), 10)).toMatchObject({ refusal: { kind: 'HoldNotExtendable' } });
});

test('it is extended twice at most', () => {
  expect(judgeExtension(hold(12, 2), at(11), 10)).toMatchObject({ refusal: { kind: 'HoldNotExtendable' } });
});
