import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema, parse, print, visit, type OperationDefinitionNode } from 'graphql';
import { useOf } from '../../apps/gateway/src/usage/coordinates.ts';
import { baselineOperations, baselineSchema } from './baseline.ts';
import { compareSchemas, stops } from './compare.ts';
import { usageOfFile, type KnownOperation } from './usage-sources.ts';

const sdl = `
  type Query { venue(id: ID!): Venue venues(filter: Filter): [Venue] show: Show }
  type Venue implements Named { name: String city: String old: String @deprecated(reason: "Use Venue.name. Goes on 2030-01-01.") status: Status }
  interface Named { name: String }
  type Play { id: ID } type Film { id: ID }
  union Show = Play | Film
  input Filter { city: String money: Money }
  input Money { currency: String }
  enum Status { OPEN CLOSED }`;
const before = buildSchema(sdl);

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory?.remove());

function file(name: string, text: string): string {
  writeFileSync(join(directory.path, name), text);
  return join(directory.path, name);
}

const command = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8' });

function known(source: string, client = 'web'): KnownOperation {
  const document = parse(source);
  const use = useOf(before, document, document.definitions[0] as OperationDefinitionNode);
  return { ...use!, client, version: '1', lastSeenAt: '2026-11-01T10:00:00.000Z' };
}

const compare = (from: string, to: string, operation: string, today = '2031-01-01') =>
  compareSchemas(before, buildSchema(sdl.replace(from, to)), [known(operation)], today);

const venue = 'query V { venue(id: 1) { name } }';

test.each([
  ['a field that it asks for', 'city: String', '', '{ venue(id: 1) { city } }', true],
  ['a field that it does not ask for', 'city: String old', 'old', venue, false],
  [
    'a field through its interface',
    'interface Named { name: String }',
    'interface Named { name: Int }',
    '{ venue(id: 1) { ... on Named { name } } }',
    true,
  ],
  ['an argument that it must send from now on', 'venue(id: ID!)', 'venue(id: ID!, at: ID!)', venue, true],
  ['an argument that it sends', 'venues(filter: Filter)', 'venues', '{ venues(filter: {}) { name } }', true],
  ['an argument that it leaves out', 'venues(filter: Filter)', 'venues', '{ venues { name } }', false],
  [
    'an input field that it writes out',
    'input Filter { city: String',
    'input Filter {',
    '{ venues(filter: { city: "x" }) { name } }',
    true,
  ],
  [
    'an input field that it leaves out',
    'input Filter { city: String',
    'input Filter {',
    '{ venues(filter: { money: {} }) { name } }',
    false,
  ],
  [
    'an input field deep in a variable',
    'currency: String',
    'code: String',
    'query($f: Filter) { venues(filter: $f) { name } }',
    true,
  ],
  [
    'an input field that is required from now on',
    'currency: String',
    'currency: String value: Int!',
    '{ venues(filter: { money: { currency: "x" } }) { name } }',
    true,
  ],
  ['a value that an answer may have', 'OPEN CLOSED', 'OPEN', '{ venue(id: 1) { status } }', true],
  ['a value of an enum that it never meets', 'OPEN CLOSED', 'OPEN', venue, false],
  ['a member of a union', 'Play | Film', 'Play', '{ show { ... on Film { id } } }', true],
  [
    'a field that may be null from now on',
    'type Play { id: ID }',
    'type Play { id: [ID] }',
    '{ show { ... on Play { id } } }',
    true,
  ],
])('an operation is touched by a change of %s: %#', async (_, from, to, operation, isTouched) => {
  const sources = sdl.includes(from);
  expect(sources).toBe(true);
  const findings = (await compare(from, to, operation)).filter(({ level }) => level === 'breaking');
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.some(stops)).toBe(isTouched);
  if (isTouched) {
    const { users } = findings.find(stops)!;
    expect(users[0]).toMatchObject({ client: 'web', version: '1', lastSeenAt: '2026-11-01T10:00:00.000Z' });
  }
});

test('what is added breaks nobody; what is promised until a day stays until then, used or not', async () => {
  expect(await compare('city: String', 'city: String zip: String', venue)).toEqual([]);
  const gone = ['old: String @deprecated(reason: "Use Venue.name. Goes on 2030-01-01.")', ''] as const;
  const soon = await compare(...gone, venue, '2029-12-31');
  expect(soon).toMatchObject([{ coordinate: 'Venue.old', users: [], promisedUntil: '2030-01-01' }]);
  expect(soon.some(stops)).toBe(true);
  expect((await compare(...gone, venue, '2030-01-01')).some(stops)).toBe(false);
});

test('the command names client, operation, field and when it was seen last, and exits by its verdict', () => {
  const lastSeenAt = new Date().toISOString();
  const old = {
    ...known('query Old { venue(id: 1) { city } }', 'kiosk'),
    lastSeenAt: '2020-01-01T00:00:00.000Z',
  };
  const recorded = { ...known('query City { venue(id: 1) { city } }'), lastSeenAt };
  const [from, to] = [file('a.graphql', sdl), file('b.graphql', sdl.replace('city: String old', 'old'))];
  const run = (name: string, records: readonly object[], ...args: string[]) =>
    command('--against', from, '--schema', to, '--usage', file(name, JSON.stringify(records)), ...args);
  const broken = run('used.json', [recorded, old]);
  expect(broken.status).toBe(1);
  expect(broken.stdout).toContain(`web 1: City, last seen ${lastSeenAt}`);
  expect(broken.stdout).toContain("'city'");
  expect(broken.stdout).not.toContain('kiosk');
  const unused = run('unused.json', [old], '--json');
  expect([unused.status, JSON.parse(unused.stdout)]).toMatchObject([
    0,
    { passed: true, findings: [{ level: 'breaking', coordinate: 'Venue.city', users: [] }] },
  ]);
  expect(() => usageOfFile(file('bad.json', '[{"no":1}]'))).toThrow('does not hold usage records');
});

test('every change is held against the graph that last went out, and one that breaks a promise is refused', () => {
  const released = readFileSync(baselineSchema, 'utf8');
  const operations = baselineOperations();
  expect(operations.length).toBeGreaterThan(40);
  const broken = released.replace(/(type VenueCreated \{[^}]*?)  venue: Venue!\n/, '$1  hall: Venue!\n');
  expect(broken).not.toBe(released);
  for (const options of [['--baseline'], ['--accept']]) {
    const refused = command(...options, '--schema', file('broken.graphql', broken));
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain("Field 'venue' was removed from object type 'VenueCreated'");
    expect(refused.stdout).toContain('CreateVenue, registered or promised');
  }
  expect(readFileSync(baselineSchema, 'utf8')).toBe(released);
  expect(command('--baseline', '--schema', baselineSchema).status).toBe(0);
});

/** The graph of the baseline without one field, as a file. */
function baselineWithout(coordinate: string): string {
  const [typeName, fieldName] = coordinate.split('.');
  const changed = visit(parse(readFileSync(baselineSchema, 'utf8')), {
    ObjectTypeDefinition: (type) =>
      type.name.value === typeName
        ? { ...type, fields: type.fields!.filter(({ name }) => name.value !== fieldName) }
        : undefined,
  });
  return file('without.graphql', print(changed));
}

test('what only a recorded operation of the baseline asks for cannot go: its client, name and last use are told', () => {
  const operations = baselineOperations();
  const promised = new Set(
    operations.filter(({ lastSeenAt }) => lastSeenAt === null).flatMap(({ coordinates }) => coordinates),
  );
  const [found] = operations
    .filter(({ lastSeenAt, kind }) => lastSeenAt !== null && kind === 'query')
    .flatMap((operation) =>
      operation.coordinates
        .filter((coordinate) => /^Query\.\w+$/.test(coordinate) && !promised.has(coordinate))
        .map((coordinate) => ({ operation, coordinate })),
    );
  const { client, operation, lastSeenAt } = found!.operation;
  const refused = command('--baseline', '--schema', baselineWithout(found!.coordinate));
  expect(refused.stdout).toMatch(/ [1-9]\d* recorded operations/);
  expect(refused.stdout).toContain(`'${found!.coordinate.split('.')[1]}'`);
  expect(refused.stdout).toContain(`${client}: ${operation}, last seen ${lastSeenAt}`);
  expect(refused.status).toBe(1);
});
