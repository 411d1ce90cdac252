import { describe, expect, test } from '@jest/globals';
import {
  accept,
  andThen,
  assert,
  AssertionFault,
  invalid,
  notFound,
  refuse,
  systemClock,
  unreachable,
  type Outcome,
} from './index.ts';

describe('an outcome', () => {
  test('is a value or a refusal, told apart by ok', () => {
    const decide = (yes: boolean): Outcome<number, { kind: 'SoldOut'; message: string }> =>
      yes ? accept(7) : refuse({ kind: 'SoldOut', message: 'None are left.' });
    expect(decide(true)).toEqual({ ok: true, value: 7 });
    expect(decide(false)).toEqual({ ok: false, refusal: { kind: 'SoldOut', message: 'None are left.' } });
  });

  test('that refuses input names the field as the caller wrote it', () => {
    expect(invalid('price.currency', 'is unknown').refusal).toEqual({
      kind: 'InvalidInput',
      field: 'price.currency',
      message: 'is unknown',
    });
  });

  test('goes on where it is a value and passes by where it is a refusal', async () => {
    const half = async (value: number): Promise<Outcome<number, { kind: 'Odd'; message: string }>> =>
      value % 2 === 0 ? accept(value / 2) : refuse({ kind: 'Odd', message: 'It is odd.' });
    expect(await andThen(accept(8), half)).toEqual(accept(4));
    expect(await andThen(accept(7), half)).toMatchObject({ refusal: { kind: 'Odd' } });
    expect(await andThen(notFound('It'), half)).toMatchObject({ refusal: { kind: 'NotFound' } });
  });

  test('that finds nothing says what', () => {
    expect(notFound('The venue').refusal).toEqual({ kind: 'NotFound', message: 'The venue was not found.' });
  });
});

test('an assertion that fails is a fault of its own kind', () => {
  expect(() => assert(true, 'holds')).not.toThrow();
  expect(() => assert(0, 'does not hold')).toThrow(new AssertionFault('does not hold'));
  expect(() => unreachable('a new member' as never)).toThrow('unreachable: "a new member"');
});

test('the system clock tells the time', () => {
  const before = Date.now();
  expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before);
});
