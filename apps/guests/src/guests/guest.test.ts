import { describe, expect, test } from '@jest/globals';
import {
  changeGuest,
  isSamePreferences,
  mayChangeEmail,
  mayChangeGuest,
  mayReadGuest,
  parseLocale,
  parsePhone,
  parsePreferences,
  type Guest,
} from './guest.ts';

const ada: Guest = {
  id: '0197a000-0000-7000-8000-000000000001',
  name: 'Ada',
  email: 'Ada@example.com',
  locale: 'en',
  phone: null,
  preferences: [],
  registeredAt: new Date(0),
  erasedAt: null,
  updatedAt: new Date(0),
};
const staff = { scopes: ['guests:read', 'guests:manage'] };
const boxOffice = { scopes: ['guests:read'], email: 'till@example.com' };
const herself = { scopes: ['tickets:hold'], email: 'ada@EXAMPLE.com' };
const stranger = { scopes: ['tickets:hold'], email: 'eve@example.com' };
const withoutEmail = { scopes: ['tickets:hold'] };

describe('who may do what with a guest', () => {
  test('staff and the guest herself read her, whatever the case of the address', () => {
    expect([staff, boxOffice, herself].map((viewer) => mayReadGuest(viewer, ada))).toEqual([
      true,
      true,
      true,
    ]);
    expect([stranger, withoutEmail].map((viewer) => mayReadGuest(viewer, ada))).toEqual([false, false]);
  });

  test('a viewer who only reads guests changes none', () => {
    expect([staff, herself].map((viewer) => mayChangeGuest(viewer, ada))).toEqual([true, true]);
    expect([boxOffice, stranger, withoutEmail].map((viewer) => mayChangeGuest(viewer, ada))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('only staff give a guest another address; writing the same one differently is no other', () => {
    expect(mayChangeEmail(staff, ada, 'new@example.com')).toBe(true);
    expect(mayChangeEmail(herself, ada, 'new@example.com')).toBe(false);
    expect(mayChangeEmail(herself, ada, 'ada@example.com')).toBe(true);
  });
});

describe('changeGuest', () => {
  test('answers the guest with the changes', () => {
    expect(changeGuest(ada, { name: 'Ada L.', phone: '+431234567' })).toEqual({
      ...ada,
      name: 'Ada L.',
      phone: '+431234567',
    });
  });

  test('answers null where nothing changes', () => {
    expect(changeGuest(ada, {})).toBeNull();
    expect(changeGuest(ada, { name: 'Ada', phone: null })).toBeNull();
  });
});

describe('parseLocale', () => {
  test('writes a tag in its canonical form', () => {
    expect(parseLocale('locale', 'de-at')).toEqual({ ok: true, value: 'de-AT' });
  });

  test.each(['', 'english language', 'e', '*', 'en_GB', 'x'.repeat(1_000_000)])('refuses %.20j', (value) => {
    expect(parseLocale('locale', value)).toMatchObject({ ok: false, refusal: { field: 'locale' } });
  });
});

describe('parsePhone', () => {
  test('drops what people write between digits', () => {
    expect(parsePhone('phone', '+43 (1) 234-567')).toEqual({ ok: true, value: '+431234567' });
  });

  test.each([
    '',
    '0123456789',
    '+0123456789',
    '+43 12',
    '+4312345678901234',
    '+43abc1234567',
    '+'.repeat(1_000_000),
  ])('refuses %.20j', (value) => {
    expect(parsePhone('phone', value)).toMatchObject({ ok: false, refusal: { field: 'phone' } });
  });
});

describe('parsePreferences', () => {
  test('trims, keeps the order and drops what was said before', () => {
    const parsed = parsePreferences('preferences', [
      { kind: 'DIETARY', value: ' vegan ' },
      { kind: 'SEATING', value: 'aisle' },
      { kind: 'DIETARY', value: 'Vegan' },
      { kind: 'ACCESSIBILITY', value: 'vegan' },
    ]);
    expect(parsed).toEqual({
      ok: true,
      value: [
        { kind: 'DIETARY', value: 'vegan' },
        { kind: 'SEATING', value: 'aisle' },
        { kind: 'ACCESSIBILITY', value: 'vegan' },
      ],
    });
  });

  test.each(['', '   ', 'x'.repeat(201), 'x'.repeat(1_000_000), 'a\u0000b'])(
    'refuses the value %.10j',
    (value) => {
      const given = [
        { kind: 'SEATING' as const, value: 'aisle' },
        { kind: 'DIETARY' as const, value },
      ];
      expect(parsePreferences('preferences', given)).toMatchObject({
        ok: false,
        refusal: { field: 'preferences.1.value' },
      });
    },
  );

  test('refuses more than fifty', () => {
    const given = Array.from({ length: 51 }, (_, index) => ({
      kind: 'DIETARY' as const,
      value: `no ${index}`,
    }));
    expect(parsePreferences('preferences', given)).toMatchObject({
      ok: false,
      refusal: { field: 'preferences' },
    });
  });

  test('two lists are the same when every entry is', () => {
    const vegan = { kind: 'DIETARY', value: 'vegan' } as const;
    expect(isSamePreferences([vegan], [{ ...vegan }])).toBe(true);
    expect(isSamePreferences([vegan], [])).toBe(false);
    expect(isSamePreferences([vegan], [{ ...vegan, kind: 'SEATING' }])).toBe(false);
  });
});
