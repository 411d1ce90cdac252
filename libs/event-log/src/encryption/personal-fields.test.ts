import { expect, test } from '@jest/globals';
import { mapPersonal, type PersonalField } from './personal-fields.ts';

const event = { id: 'e', streamId: 's', organisationId: 'o', type: 'any.thing-done.v1' };
const field = (...path: string[]) => ({ path, subject: 'id', erased: null });

test('every marked field is replaced wherever it is, by its pointer and owner, and the event given stays as it was', () => {
  const data = {
    host: { id: 'h', name: 'Ada', 'e/mail': 'a@b', role: 'host' },
    guests: [{ id: 'g', name: 'Bob' }, { id: 'g2' }, { name: 'nobody’s' }, null],
    id: 'top',
    note: null,
    other: { kept: true },
  };
  const before = structuredClone(data);
  const seen: Pick<PersonalField, 'pointer' | 'owner'>[] = [];
  const fields = [
    field('note'),
    field('host', 'name'),
    field('host', 'e/mail'),
    field('guests', '*', 'name'),
    field('gone', 'name'),
  ];
  const visit = (_: unknown, { pointer, owner }: PersonalField) => (seen.push({ pointer, owner }), 'x');
  const mapped = mapPersonal({ ...event, data }, visit, fields);
  expect(mapped.data).toEqual({
    ...before,
    host: { ...before.host, name: 'x', 'e/mail': 'x' },
    guests: [{ id: 'g', name: 'x' }, { id: 'g2' }, { name: 'nobody’s' }, null],
    note: 'x',
  });
  const owner = (subject: string) => ({ organisationId: 'o', subject });
  expect(seen).toEqual([
    { pointer: '/note', owner: owner('top') },
    { pointer: '/host/name', owner: owner('h') },
    { pointer: '/host/e~1mail', owner: owner('h') },
    { pointer: '/guests/0/name', owner: owner('g') },
  ]);
  expect(data).toEqual(before);
  expect((mapped.data as typeof data).other).toBe(data.other);
});

test('an event whose data is no object is left alone', () => {
  for (const data of [null, 'text', 1]) {
    const odd = { ...event, data };
    expect(mapPersonal(odd, () => 'x', [field('note')])).toBe(odd);
  }
});
