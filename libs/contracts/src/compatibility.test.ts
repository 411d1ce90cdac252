import { describe, expect, test } from '@jest/globals';
import { catalogueSchemas, findBreaks, type CatalogueSchemas, type JsonSchema } from './index.ts';

const type = 'guests.guest-met.v1';
const catalogueOf = (data: JsonSchema): CatalogueSchemas => ({ $schema: '', $defs: { [type]: data } });
const objectOf = (
  properties: JsonSchema,
  required: readonly string[] = Object.keys(properties),
): JsonSchema => ({
  type: 'object',
  properties,
  required,
});

/** The breaks between two states of an event's data, as "path reason". */
function breaks(before: JsonSchema, after: JsonSchema): string[] {
  return findBreaks(catalogueOf(before), catalogueOf(after)).map(({ path, reason }) => `${path} ${reason}`);
}
/** The same for one field. */
const field = (before: JsonSchema, after: JsonSchema) =>
  breaks(objectOf({ a: before }), objectOf({ a: after }));

const string = { type: 'string' };
const integer = { type: 'integer' };

describe('a version may', () => {
  test('stay as it is', () => {
    expect(findBreaks(catalogueSchemas(), catalogueSchemas())).toEqual([]);
  });

  test('be joined by a new event', () => {
    const before = { $schema: '', $defs: {} };
    expect(findBreaks(before, catalogueOf(string))).toEqual([]);
  });

  test('get a new optional field, at the top and deep inside', () => {
    const more = objectOf({ a: string, b: string }, ['a']);
    expect(breaks(objectOf({ a: string }), more)).toEqual([]);
    expect(field({ type: 'array', items: objectOf({ a: string }) }, { type: 'array', items: more })).toEqual(
      [],
    );
    expect(
      field({ anyOf: [objectOf({ a: string }), { type: 'null' }] }, { anyOf: [more, { type: 'null' }] }),
    ).toEqual([]);
  });

  test.each([
    'title',
    'description',
    'examples',
    'default',
    'deprecated',
    '$comment',
    'readOnly',
    'writeOnly',
    'x-colour',
  ])('change, gain and lose the annotation %s', (keyword) => {
    expect(field({ ...string, [keyword]: 1 }, { ...string, [keyword]: 2 })).toEqual([]);
    expect(field(string, { ...string, [keyword]: 2 })).toEqual([]);
    expect(field({ ...string, [keyword]: 1 }, string)).toEqual([]);
  });

  test('list its fields, its required ones and its alternatives in another order', () => {
    const before = objectOf({ a: { anyOf: [string, integer] }, b: { enum: ['x', 'y'] } });
    const after = {
      required: ['b', 'a'],
      properties: { b: { enum: ['y', 'x'] }, a: { anyOf: [integer, string] } },
      type: 'object',
    };
    expect(breaks(before, after)).toEqual([]);
  });

  test('say in so many words that it allows other fields', () => {
    const open = { ...objectOf({ a: string }), additionalProperties: true };
    expect(breaks(objectOf({ a: string }), open)).toEqual([]);
    expect(breaks(open, objectOf({ a: string }))).toEqual([]);
  });

  test('have a field marked as enciphered', () => {
    expect(field(string, { ...string, 'x-marquee-encrypted': 'guestId' })).toEqual([]);
  });
});

describe('a version may not', () => {
  test('go', () => {
    expect(findBreaks(catalogueOf(string), { $schema: '', $defs: {} })).toEqual([
      { event: type, path: '', reason: 'the event is gone: stored events of it could not be read' },
    ]);
  });

  test('lose a field, required or optional', () => {
    const after = objectOf({ a: string });
    const reason = expect.stringMatching(/^\/b the field is gone/);
    expect(breaks(objectOf({ a: string, b: string }), after)).toEqual([reason]);
    expect(breaks(objectOf({ a: string, b: string }, ['a']), after)).toEqual([reason]);
  });

  test('require a new field', () => {
    expect(breaks(objectOf({ a: string }), objectOf({ a: string, b: string }))).toEqual([
      '/b a new field is required: stored events may not fit',
    ]);
  });

  test('require an old field that was optional, or free one that was required', () => {
    const [optional, required] = [objectOf({ a: string }, []), objectOf({ a: string })];
    expect(breaks(optional, required)).toEqual(['/a the field became required: stored events may not fit']);
    expect(breaks(required, optional)).toEqual([
      '/a the field became optional: old readers would refuse it without it',
    ]);
  });

  test('get a new field where an object was closed', () => {
    const closed = (properties: JsonSchema) => ({
      ...objectOf(properties, ['a']),
      additionalProperties: false,
    });
    expect(breaks(closed({ a: string }), closed({ a: string, b: string }))).toEqual([
      '/b a new field in an object that was closed: old readers would refuse it',
    ]);
  });

  test('open or close an object', () => {
    const [open, closed] = [
      objectOf({ a: string }),
      { ...objectOf({ a: string }), additionalProperties: false },
    ];
    expect(breaks(open, closed)).toEqual([
      ' fields it does not name are restricted: stored events may not fit',
    ]);
    expect(breaks(closed, open)).toEqual([
      ' fields it does not name are allowed: old readers would refuse it',
    ]);
  });

  test.each([
    ['maxLength', string],
    ['maxItems', { type: 'array', items: string }],
    ['maxProperties', { type: 'object' }],
    ['maximum', integer],
    ['exclusiveMaximum', integer],
    ['maxContains', { type: 'array' }],
  ])('raise, lower, add or drop %s', (keyword, schema) => {
    const limit = (value: number) => ({ ...schema, [keyword]: value });
    expect(field(limit(5), limit(6))).toEqual([
      `/a ${keyword} 5 became 6: more is allowed, old readers would refuse it`,
    ]);
    expect(field(limit(6), limit(5))).toEqual([`/a ${keyword} 6 became 5: stored events may not fit`]);
    expect(field(schema, limit(5))).toEqual([`/a ${keyword} nothing became 5: stored events may not fit`]);
    expect(field(limit(5), schema)).toEqual([expect.stringContaining('old readers')]);
  });

  test.each([
    ['minLength', string],
    ['minItems', { type: 'array', items: string }],
    ['minProperties', { type: 'object' }],
    ['minimum', integer],
    ['exclusiveMinimum', integer],
    ['minContains', { type: 'array' }],
  ])('lower, raise, add or drop %s', (keyword, schema) => {
    const limit = (value: number) => ({ ...schema, [keyword]: value });
    expect(field(limit(5), limit(4))).toEqual([
      `/a ${keyword} 5 became 4: more is allowed, old readers would refuse it`,
    ]);
    expect(field(limit(4), limit(5))).toEqual([`/a ${keyword} 4 became 5: stored events may not fit`]);
    expect(field(schema, limit(5))).toEqual([expect.stringContaining('stored events')]);
    expect(field(limit(5), schema)).toEqual([expect.stringContaining('old readers')]);
  });

  test.each([
    ['pattern', '^a$', '^b$'],
    ['format', 'uuid', 'email'],
    ['multipleOf', 2, 3],
    ['uniqueItems', true, false],
    ['const', 'A', 'B'],
    ['propertyNames', { maxLength: 1 }, { maxLength: 2 }],
    ['not', integer, string],
    ['prefixItems', [string], [integer]],
  ])('change, add or drop %s', (keyword, one, other) => {
    const having = (value: unknown) => ({ ...string, [keyword]: value });
    expect(field(having(one), having(other))).toEqual([
      expect.stringMatching(new RegExp(`^/a ${keyword} .* became `)),
    ]);
    expect(field(string, having(one))).toEqual([
      expect.stringMatching(/was added: stored events may not fit/),
    ]);
    expect(field(having(one), string)).toEqual([
      expect.stringMatching(/is gone: more is allowed, old readers/),
    ]);
  });

  test('be of another type, wider or narrower', () => {
    const number = { type: 'number' };
    expect(field(integer, number)).toEqual([
      '/a type allows "number" too: old readers would refuse it',
      '/a type does not allow "integer" any more: stored events may not fit',
    ]);
    expect(field({ type: ['string', 'null'] }, string)).toEqual([
      '/a type does not allow "null" any more: stored events may not fit',
    ]);
    expect(field(string, {})).toEqual([expect.stringContaining('old readers')]);
  });

  test('gain or lose a value of an enumeration', () => {
    expect(field({ enum: ['A'] }, { enum: ['A', 'B'] })).toEqual([
      '/a enum allows "B" too: old readers would refuse it',
    ]);
    expect(field({ enum: ['A', 'B'] }, { enum: ['A'] })).toEqual([
      '/a enum does not allow "B" any more: stored events may not fit',
    ]);
  });

  test.each(['anyOf', 'oneOf'])('gain or lose an alternative of %s', (keyword) => {
    const literal = (value: string) => ({ const: value, type: 'string' });
    const of = (...values: string[]) => ({ [keyword]: values.map(literal) });
    expect(field(of('A', 'B'), of('A', 'B', 'C'))).toEqual([
      '/a a new alternative {"const":"C","type":"string"}: old readers would refuse it',
    ]);
    expect(field(of('A', 'B'), of('A'))).toEqual([
      '/a the alternative {"const":"B","type":"string"} is gone: stored events may not fit',
    ]);
  });

  test('become nullable, or cease to be', () => {
    const nullable = { anyOf: [string, { type: 'null' }] };
    expect(field(string, nullable)).toEqual([
      '/a a new alternative {"type":"null"}: old readers would refuse it',
    ]);
    expect(field(nullable, string)).toEqual([
      '/a the alternative {"type":"null"} is gone: stored events may not fit',
    ]);
  });

  test('change inside an alternative, which is told where it is', () => {
    const of = (maxLength: number) => ({
      anyOf: [objectOf({ b: { type: 'string', maxLength } }), { type: 'null' }],
    });
    expect(field(of(5), of(6))).toEqual([
      '/a/b maxLength 5 became 6: more is allowed, old readers would refuse it',
    ]);
  });

  test('change the elements of an array', () => {
    const of = (items?: JsonSchema) => ({ type: 'array', ...(items && { items }) });
    expect(field(of({ type: 'string', maxLength: 1 }), of({ type: 'string', maxLength: 2 }))).toEqual([
      expect.stringMatching(/^\/a\/\* maxLength/),
    ]);
    expect(field(of(), of(string))).toEqual([expect.stringContaining('items')]);
    expect(field(of(string), of())).toEqual([expect.stringContaining('items is gone')]);
  });

  test('change the values of a record', () => {
    const by = (maxLength: number) => ({
      type: 'object',
      patternProperties: { '^.*$': { ...string, maxLength } },
    });
    expect(field(by(1), by(2))).toEqual([expect.stringMatching(/^\/a\/\* maxLength/)]);
    expect(field(by(1), { type: 'object' })).toEqual([
      expect.stringContaining('patternProperties ^.*$ is gone'),
    ]);
    const rest = (additionalProperties: JsonSchema) => ({ type: 'object', additionalProperties });
    expect(field(rest(string), rest(integer)).length).toBeGreaterThan(0);
  });

  test('lose or change the mark of a field that is enciphered', () => {
    const marked = (subject: string) => ({ ...string, 'x-marquee-encrypted': subject });
    expect(field(marked('guestId'), string)).toEqual([expect.stringContaining('could not be deciphered')]);
    expect(field(marked('guestId'), marked('orderId'))).toHaveLength(1);
  });

  test('change in a way that this check cannot weigh', () => {
    expect(field(string, { ...string, contentEncoding: 'base64' })).toEqual([
      expect.stringContaining('a keyword this check cannot weigh'),
    ]);
  });

  test('hide a change under a field whose name needs escaping', () => {
    expect(breaks(objectOf({ 'a/b~c': string }), objectOf({ 'a/b~c': integer }))[0]).toMatch(
      /^\/a~1b~0c type/,
    );
  });
});
