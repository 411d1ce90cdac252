import { describe, expect, test } from '@jest/globals';
import { addImport, insertAfter } from './draft.ts';
import { freePrefix, namesOf, parseKebab, singularOf } from './names.ts';

test('A name is told in every form that code, SQL and prose need', () => {
  expect(namesOf('front-desk', 'check-in-lists')).toMatchObject({
    Service: 'FrontDesk',
    thing: 'checkInList',
    Thing: 'CheckInList',
    thingSnake: 'check_in_list',
    things: 'checkInLists',
    thingsWords: 'check in lists',
  });
  expect(namesOf('venues', 'people', 'person').Thing).toBe('Person');
});

test.each([
  ['gates', 'gate'],
  ['batches', 'batch'],
  ['categories', 'category'],
  ['boxes', 'box'],
  ['passes', 'pass'],
])('One of %s is a %s', (plural, singular) => {
  expect(singularOf(plural)).toBe(singular);
});

test('A plural that is none asks for the singular', () => {
  expect(() => singularOf('sheep')).toThrow('--one');
});

test.each(['Gates', 'two words', '', undefined, '-a', 'a'.repeat(41)])('%j is no name', (value) => {
  expect(() => parseKebab('A feature', value)).toThrow('A feature must be lower-case words');
});

describe('an id prefix', () => {
  test('is the first letters that are free', () => {
    expect(freePrefix('gate', new Set())).toBe('gat');
    expect(freePrefix('gate', new Set(['gat']))).toBe('gae');
    expect(freePrefix('ox', new Set())).toBe('oxx');
  });

  test('is asked for where none is free', () => {
    expect(() => freePrefix('abc', new Set(['abc']))).toThrow('libs/kernel/src/ids.ts');
  });
});

describe('an edit', () => {
  test('goes behind the first pattern that is there', () => {
    expect(insertAfter('a {\n}', [/b \{\n/, /a \{\n/], 'x\n', 'file')).toBe('a {\nx\n}');
  });

  test('that finds no place says what to add by hand', () => {
    expect(() => insertAfter('a', [/b/], ' x ', 'context.ts')).toThrow(
      /context\.ts has an unfamiliar shape[^]*x$/,
    );
  });

  test('adds an import once, behind the others', () => {
    const content = "import { a } from 'a';\nimport {\n  b,\n} from 'b';\n\ncode();\n";
    const added = addImport(content, "import { c } from 'c';");
    expect(added).toBe(
      "import { a } from 'a';\nimport {\n  b,\n} from 'b';\nimport { c } from 'c';\n\ncode();\n",
    );
    expect(addImport(added, "import { c } from 'c';")).toBe(added);
  });
});
