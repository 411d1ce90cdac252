import { describe, expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { JsonSchema } from './json-schemas.ts';
import { findEncrypted } from './encrypted-fields.ts';
import { catalogue, encryptedFields, erasedText, type EventType } from './index.ts';
import { encrypted, text, uuid } from './schemas.ts';

const find = (schema: unknown) => findEncrypted(schema as JsonSchema);
const mark = { subject: 'guestId' };

describe('a field marked as personal', () => {
  test('is found in objects and arrays, with its subject and what it reads as once erased', () => {
    const person = { guestId: uuid, name: encrypted(text(10), mark) };
    const note = Type.Optional(encrypted(Type.Integer(), { ...mark, erased: 0 }));
    const schema = Type.Object({
      host: Type.Object(person),
      guests: Type.Array(Type.Object({ ...person, note })),
    });
    expect(find(schema)).toEqual([
      { path: ['host', 'name'], subject: 'guestId', erased: erasedText },
      { path: ['guests', '*', 'name'], subject: 'guestId', erased: erasedText },
      { path: ['guests', '*', 'note'], subject: 'guestId', erased: 0 },
    ]);
  });

  test('is validated, and optional, as it was without the mark', () => {
    const schema = Type.Object({ name: Type.Optional(encrypted(text(3), mark)) });
    const validator = Compile(schema);
    expect([{}, { name: 'abc' }, { name: 'abcd' }, { name: 1 }].map((data) => validator.Check(data))).toEqual(
      [true, true, false, false],
    );
  });

  test.each([
    ['without its subject beside it', Type.Object({ name: encrypted(text(3), mark) })],
    [
      'whose subject may be left out',
      Type.Object({ guestId: Type.Optional(uuid), name: encrypted(text(3), mark) }),
    ],
    ['that is an element of an array', Type.Array(encrypted(text(3), mark))],
    [
      'in one of several alternatives',
      Type.Union([Type.Object({ guestId: uuid, n: encrypted(text(3), mark) }), Type.Null()]),
    ],
  ])('%s is refused', (_, schema) => expect(() => find(schema)).toThrow());
});

describe('the catalogue', () => {
  const marked = (Object.keys(catalogue) as EventType[]).filter((type) => encryptedFields(type).length > 0);

  test('marks what is personal of guests', () => {
    expect(marked).toEqual(
      expect.arrayContaining(['guests.guest-registered.v1', 'guests.preferences-updated.v1']),
    );
    expect(encryptedFields('guests.guest-registered.v1').map((field) => field.path.join('/'))).toEqual([
      'email',
      'name',
      'phone',
    ]);
    expect(encryptedFields('guests.unheard-of.v1')).toEqual([]);
  });

  test.each(marked)('has for %s a value of what is erased that its schema takes', (type) => {
    for (const { path, erased } of encryptedFields(type)) {
      let schema = catalogue[type] as unknown as JsonSchema;
      for (const name of path)
        schema = (
          name === '*' ? schema['items'] : (schema['properties'] as Record<string, JsonSchema>)[name]
        ) as JsonSchema;
      expect(Compile(schema as never).Check(erased)).toBe(true);
    }
  });
});
