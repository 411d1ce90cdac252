import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { assertValidEvent, catalogue, type InvalidEventError, isEventType } from './index.ts';

const valid = {
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name: 'Ada' },
};

describe('the catalogue', () => {
  test('names every event service.past-tense.version', () => {
    for (const type of Object.keys(catalogue)) expect(type).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)+\.v[1-9]\d*$/);
  });

  test('files every event under the service that tells it', async () => {
    for (const service of ['venues', 'events', 'guests', 'tickets']) {
      const types = Object.keys(catalogue).filter((type) => type.startsWith(`${service}.`));
      expect(types.length).toBeGreaterThan(0);
    }
  });

  test('is JSON Schema, so that it can be shown to those who do not write TypeScript', () => {
    const schema: unknown = JSON.parse(JSON.stringify(catalogue['guests.guest-registered.v1']));
    expect(schema).toMatchObject({ type: 'object', required: ['guestId', 'email', 'name'] });
  });

  test('knows its own types and no others', () => {
    expect(isEventType(valid.type)).toBe(true);
    expect(isEventType('toString')).toBe(false);
  });
});

describe('an event', () => {
  const faultOf = (event: { type: string; data: unknown }): InvalidEventError => {
    try {
      assertValidEvent(event);
    } catch (error) {
      return error as InvalidEventError;
    }
    throw new Error('it was valid');
  };

  test('that fits its schema passes, time and again', () => {
    expect(() => assertValidEvent(valid)).not.toThrow();
    expect(() => assertValidEvent(valid)).not.toThrow();
  });

  test('that does not fit is refused, naming the places', () => {
    const fault = faultOf({ type: valid.type, data: { ...valid.data, guestId: 'seven', name: 7 } });
    expect(fault.name).toBe('InvalidEventError');
    expect(fault.eventType).toBe(valid.type);
    expect(fault.paths.toSorted()).toEqual(['/guestId', '/name']);
    expect(fault.message).toContain('/guestId');
  });

  test('without data is refused', () => {
    expect(faultOf({ type: valid.type, data: undefined }).paths).toEqual(['']);
  });

  test('that is not in the catalogue is refused', () => {
    expect(faultOf({ type: 'guests.guest-enlightened.v1', data: {} }).message).toContain(
      'is not in the catalogue',
    );
  });

  test('with a fault in each of many places names no more than ten', () => {
    const preferences = Array.from({ length: 40 }, () => ({ kind: 1, value: 2 }));
    const fault = faultOf({
      type: 'guests.preferences-updated.v1',
      data: { guestId: newUuid(), preferences },
    });
    expect(fault.paths.length).toBeLessThanOrEqual(10);
  });
});
