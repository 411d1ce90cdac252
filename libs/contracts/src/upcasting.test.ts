import { describe, expect, test } from '@jest/globals';
import { arbitraryData, arbitraryEvent } from '@marquee/testkit';
import fc from 'fast-check';
import { assertValidEvent, catalogue, createUpcasting, type EventType, type Upcaster } from './index.ts';
import { upcasters } from './upcasters.ts';

/** Steps of an event that is in no catalogue: v1 has a full name, v2 its two parts, v3 says where they are from. */
type Data = Readonly<Record<string, unknown>>;
const step = (from: string, to: string, upcast: (data: Data) => Data): Upcaster => ({
  from,
  to,
  upcast: (data) => upcast(data as Data),
});
const split = step('guests.guest-met.v1', 'guests.guest-met.v2', ({ name, ...rest }) => {
  const [first = '', ...others] = String(name).split(' ');
  return { ...rest, first, last: others.join(' ') };
});
const place = step('guests.guest-met.v2', 'guests.guest-met.v3', (data) => ({ ...data, city: null }));
const upcasting = createUpcasting([place, split]);

describe('upcasting', () => {
  test('takes an event through every step to the newest version, whatever version it begins at', () => {
    const oldest = { type: 'guests.guest-met.v1', data: { name: 'Ada King Lovelace' }, version: 7 };
    expect(upcasting.upcast(oldest)).toEqual({
      type: 'guests.guest-met.v3',
      data: { first: 'Ada', last: 'King Lovelace', city: null },
      version: 7,
    });
    const newer = { type: 'guests.guest-met.v2', data: { first: 'Ada', last: 'King' } };
    expect(upcasting.upcast(newer)).toMatchObject({ type: 'guests.guest-met.v3', data: { city: null } });
  });

  test('answers the very same object where there is nothing to do', () => {
    const current = { type: 'guests.guest-met.v3', data: {} };
    expect(upcasting.upcast(current)).toBe(current);
    const unknown = { type: 'guests.guest-forgot.v1', data: {} };
    expect(upcasting.upcast(unknown)).toBe(unknown);
  });

  test('knows under which types an event may be stored', () => {
    const all = ['guests.guest-met.v1', 'guests.guest-met.v2', 'guests.guest-met.v3'];
    expect(upcasting.storedTypes('guests.guest-met.v3').toSorted()).toEqual(all);
    expect(upcasting.storedTypes('guests.guest-met.v1').toSorted()).toEqual(all);
    expect(upcasting.currentType('guests.guest-met.v1')).toBe('guests.guest-met.v3');
    expect(upcasting.storedTypes('guests.guest-forgot.v1')).toEqual(['guests.guest-forgot.v1']);
  });

  test.each([
    ['skips a version', 'a.b-c.v1', 'a.b-c.v3'],
    ['goes back', 'a.b-c.v2', 'a.b-c.v1'],
    ['leads to another event', 'a.b-c.v1', 'a.b-d.v2'],
    ['leads from what has no version', 'a.b-c', 'a.b-c.v2'],
  ])('refuses a step that %s', (_, from, to) => {
    expect(() => createUpcasting([step(from, to, (data) => data)])).toThrow('an upcaster leads from');
  });

  test('refuses two steps from the same version', () => {
    expect(() => createUpcasting([split, split])).toThrow('two upcasters begin at guests.guest-met.v1');
  });

  test('of any old event is pure, lands at the newest version and does nothing the second time', () => {
    const old = fc.oneof(
      fc.record({ type: fc.constant(split.from), data: fc.record({ name: fc.string() }) }),
      fc.record({
        type: fc.constant(place.from),
        data: fc.record({ first: fc.string(), last: fc.string() }),
      }),
    );
    fc.assert(
      fc.property(old, (event) => {
        const before = structuredClone(event);
        const once = upcasting.upcast<{ type: string; data: unknown }>(event);
        expect(once.type).toBe('guests.guest-met.v3');
        expect(Object.keys(once.data as Data).toSorted()).toEqual(['city', 'first', 'last']);
        expect(upcasting.upcast(once)).toBe(once);
        expect(upcasting.upcast<{ type: string; data: unknown }>(event)).toEqual(once);
        expect(event).toEqual(before);
      }),
    );
  });
});

describe('the upcasters of the catalogue', () => {
  test('make of any valid old event a valid new one', () => {
    for (const { from, to, upcast } of upcasters) {
      fc.assert(
        fc.property(arbitraryData(catalogue[from as EventType]), (data) =>
          assertValidEvent({ type: to, data: upcast(data) }),
        ),
      );
    }
  });

  test('lead between versions whose schemas are both kept', () => {
    for (const { from, to } of upcasters) {
      expect(Object.keys(catalogue)).toEqual(expect.arrayContaining([from, to]));
    }
  });
});

test('an arbitrary event of the catalogue is valid and survives JSON', () => {
  fc.assert(
    fc.property(arbitraryEvent(), (event) => {
      assertValidEvent(event);
      expect(JSON.parse(JSON.stringify(event))).toEqual(event);
    }),
  );
});
