import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { GraphQLError, parse } from 'graphql';
import { createDocumentGate, findExcess, type DocumentLimits } from './document-limits.ts';
import { maskFault } from './errors.ts';
import { createLoader } from './loader.ts';
import { loadSchema, schemaPrelude } from './load-schema.ts';
import { toResult } from './result.ts';

describe('a schema', () => {
  test('is the prelude and then every file in the order of their paths', () => {
    const directory = mkdtempSync(join(tmpdir(), 'marquee-schema-'));
    mkdirSync(join(directory, 'b'));
    mkdirSync(join(directory, 'generated'));
    writeFileSync(join(directory, 'b/b.graphql'), 'extend type Query { b: Money }');
    writeFileSync(join(directory, 'a.graphql'), 'extend type Query { a: InvalidInput }');
    writeFileSync(join(directory, 'generated/c.graphql'), 'extend type Query { c: Int }');
    writeFileSync(join(directory, 'notes.txt'), 'not a schema');
    const sdl = loadSchema(directory);
    expect(sdl.startsWith(schemaPrelude())).toBe(true);
    expect(sdl.indexOf('a: InvalidInput')).toBeLessThan(sdl.indexOf('b: Money'));
    expect(sdl).not.toContain('c: Int');
    const schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
    expect(Object.keys(schema.getQueryType()!.getFields())).toEqual(['a', 'b', '_service']);
  });

  test('needs no more than the prelude to be valid', () => {
    const sdl = `${schemaPrelude()} type Query { a: Int }`;
    expect(buildSubgraphSchema([{ typeDefs: parse(sdl) }]).getType('NotYetAvailable')).toBeDefined();
  });
});

describe('limits of documents', () => {
  const limits: DocumentLimits = {
    depth: 3,
    fields: 10,
    aliases: 2,
    rootFields: 3,
    directives: 2,
    spreads: 2,
    repeats: 2,
    tokens: 100,
    characters: 1_000,
  };

  test.each([
    ['{ a { b { c } } }', null],
    ['{ a { b { c { d } } } }', 'The operation is 4 fields deep; 3 are allowed.'],
    ['{ a { ... on T { b { c { d } } } } }', 'The operation is 4 fields deep; 3 are allowed.'],
    ['{ a: x b: x c: x }', 'The operation has 3 aliases; 2 are allowed.'],
    ['{ a b c d }', 'The operation has 4 root fields; 3 are allowed.'],
    [
      '{ a { ...F } } fragment F on T { b c d e f g h i j k }',
      'The operation asks for 11 fields; 10 are allowed.',
    ],
    ['{ __schema { types { fields { type { ofType { ofType { name } } } } } } }', null],
    ['{ a @x b @x c @x }', 'The operation has 3 directives; 2 are allowed.'],
    ['{ a { x x ... on T { x } } }', 'The operation selects 3 times under one name; 2 are allowed.'],
    ['{ a { x } b: a { x } c { x } }', null],
    [
      '{ a } fragment F on T { ...A ... on T { ...B ...C } }',
      'The operation spreads 3 fragments in one selection; 2 are allowed.',
    ],
    ['{ a { ...Unknown } }', null],
    ['query A { a } query B { a { b { c { d } } } }', 'The operation is 4 fields deep; 3 are allowed.'],
  ])('%s', (source, excess) => {
    expect(findExcess(parse(source), limits)).toBe(excess);
  });

  test('a fragment that doubles a hundred times is measured at once', () => {
    const levels = Array.from({ length: 100 }, (_, n) => `fragment F${n} on T { ...F${n + 1} ...F${n + 1} }`);
    const source = `{ a { ...F0 } } ${levels.join(' ')} fragment F100 on T { b }`;
    expect(findExcess(parse(source), limits)).toMatch(/fields; 10 are allowed/);
  });

  test('the gate remembers what was fit and leaves syntax to the server', () => {
    const gate = createDocumentGate(limits);
    expect(gate('{ a }')).toBeNull();
    expect(gate('{ a }')).toBeNull();
    expect(gate('{ a')).toBeNull();
    expect(gate('{ a b c d }')).not.toBeNull();
    expect(gate(`{ ${'a '.repeat(100)} }`)).toBe('The document has more than 100 tokens, which are allowed.');
    expect(gate(`{ a } #${'x'.repeat(1_000)}`)).toBe('The document has 1007 characters; 1000 are allowed.');
    for (let n = 0; n < 1_100; n++) expect(gate(`{ a${n} }`)).toBeNull();
  });

  test('a document nested a hundred thousand times is refused, not a crash', () => {
    const gate = createDocumentGate({ ...limits, tokens: 1_000_000, characters: 1_000_000 });
    expect(gate(`${'{a'.repeat(100_000)}${'}'.repeat(100_000)}`)).toBe('The document is nested too deeply.');
  });
});

describe('a loader', () => {
  test('asks once for the keys of a tick, each once', async () => {
    const asked: (readonly number[])[] = [];
    const loader = createLoader<number, string>(async (keys) => {
      asked.push(keys);
      return keys.map((key) => (key < 0 ? new Error('none') : `v${key}`));
    });
    expect(await Promise.all([loader.load(1), loader.load(2), loader.load(1)])).toEqual(['v1', 'v2', 'v1']);
    expect(asked).toEqual([[1, 2]]);
    await expect(loader.load(-1)).rejects.toThrow('none');
  });

  test('may be told what makes two keys the same', async () => {
    let calls = 0;
    const loader = createLoader<{ id: number }, number>(
      async (keys) => {
        calls += 1;
        return keys.map(({ id }) => id);
      },
      { cacheKey: ({ id }) => id },
    );
    await Promise.all([loader.load({ id: 1 }), loader.load({ id: 1 })]);
    await loader.load({ id: 1 });
    expect(calls).toBe(1);
    loader.clear({ id: 1 });
    await loader.load({ id: 1 });
    expect(calls).toBe(2);
  });
});

test('a result keeps what a refusal says besides its kind', () => {
  type SeatsTaken = { readonly kind: 'SeatsTaken'; readonly message: string; readonly seatIds: string[] };
  const outcome = (taken: boolean): Outcome<number, SeatsTaken | InvalidInput> =>
    taken ? { ok: false, refusal: { kind: 'SeatsTaken', message: 'gone', seatIds: ['a'] } } : accept(3);
  const held = (count: number) => ({ __typename: 'Held', count }) as const;
  expect(toResult(outcome(true), held)).toEqual({
    __typename: 'SeatsTaken',
    message: 'gone',
    seatIds: ['a'],
  });
  expect(toResult(outcome(false), held)).toEqual({ __typename: 'Held', count: 3 });
  expect(toResult(invalid('a.b', 'is wrong'), held)).toMatchObject({
    __typename: 'InvalidInput',
    field: 'a.b',
  });
});

describe('masking', () => {
  test('keeps the words of a service that masked its fault already', () => {
    const masked = maskFault(
      {
        message: 'Something went wrong on our side. Quote x.',
        path: ['a'],
        locations: [{ line: 1, column: 2 }],
        extensions: {
          code: 'INTERNAL_SERVER_ERROR',
          correlationId: 'x',
          serviceName: 'venues',
          stacktrace: ['at'],
        },
      },
      new GraphQLError('inner'),
      silentLogger,
    );
    expect(masked).toEqual({
      message: 'Something went wrong on our side.',
      path: ['a'],
      locations: [{ line: 1, column: 2 }],
      extensions: { code: 'INTERNAL_SERVER_ERROR', serviceName: 'venues' },
    });
  });

  test('takes the stack trace from what passes', () => {
    const formatted = { message: 'no', extensions: { code: 'FORBIDDEN', stacktrace: ['at'] } };
    expect(maskFault(formatted, new GraphQLError('no'), silentLogger)).toEqual({
      message: 'no',
      extensions: { code: 'FORBIDDEN' },
    });
  });
});
