import { describe, expect, test } from '@jest/globals';
import {
  currentCorrelation,
  newCorrelationId,
  outgoingCorrelationHeaders,
  parseCorrelationId,
  parseTraceparent,
  runWithCorrelation,
  withSpan,
} from './index.ts';

const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

describe('a correlation', () => {
  test('is there through every await below, and nowhere else', async () => {
    const correlation = { correlationId: newCorrelationId(), actor: 'system' };
    await runWithCorrelation(correlation, async () => {
      await new Promise(setImmediate);
      expect(currentCorrelation()).toBe(correlation);
      runWithCorrelation({ ...correlation, actor: 'acc_1' }, () =>
        expect(currentCorrelation()!.actor).toBe('acc_1'),
      );
      expect(currentCorrelation()!.actor).toBe('system');
    });
    expect(currentCorrelation()).toBeUndefined();
  });

  test('travels in headers, with its trace where there is one', () => {
    expect(outgoingCorrelationHeaders()).toEqual({});
    runWithCorrelation({ correlationId: 'one', actor: 'system' }, () =>
      expect(outgoingCorrelationHeaders()).toEqual({ 'x-correlation-id': 'one' }),
    );
    runWithCorrelation({ correlationId: 'one', actor: 'system', traceparent }, () =>
      expect(outgoingCorrelationHeaders()).toEqual({ 'x-correlation-id': 'one', traceparent }),
    );
  });

  test('is taken from a header only where it is fit to be logged', () => {
    expect(parseCorrelationId('0197a7b2-door:7')).toBe('0197a7b2-door:7');
    for (const bad of ['', 'x'.repeat(129), 'a b', 'a\nb', '{"a":1}', undefined, 7]) {
      expect(parseCorrelationId(bad)).toBeUndefined();
    }
    expect(parseTraceparent(traceparent)).toBe(traceparent);
    for (const bad of [`00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, '00-abc', undefined]) {
      expect(parseTraceparent(bad)).toBeUndefined();
    }
  });
});

describe('a span without an SDK', () => {
  test('gives the value of the work and throws its fault on', async () => {
    expect(await withSpan('work', { part: 1 }, async () => 7)).toBe(7);
    await expect(withSpan('work', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withSpan('work', {}, () => Promise.reject('text'))).rejects.toBe('text');
  });
});
