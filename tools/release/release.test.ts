import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryDirectory } from '@marquee/testkit';
import { hashOf } from '../../apps/gateway/src/documents/document-store.ts';
import { registeredOperations } from '../schema-check/usage-sources.ts';
import { judgeMigrations } from './expand-only.ts';
import { mixesOf } from './mixes.ts';
import { planRelease, type Plan } from './plan.ts';
import { openTree } from './trees.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

let serial = 0;
/** A folder with these files, and what makes a service of each application. */
function tree(files: Readonly<Record<string, string>>): string {
  const folder = join(directory.path, `tree-${(serial += 1)}`);
  const services = { 'apps/venues/src/main.ts': '', 'apps/events/src/main.ts': '' };
  for (const [file, text] of Object.entries({ ...services, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const schemas = {
  venues: `extend type Query { venue: Venue } type Venue implements Node @key(fields: "id") { id: ID! name: String! city: String }`,
  events: `extend type Query { event: Event } type Event implements Node @key(fields: "id") { id: ID! title: String! venue: Venue }
    type Venue @key(fields: "id", resolvable: false) { id: ID! }`,
};
const version = (changes: Partial<typeof schemas> = {}, files: Readonly<Record<string, string>> = {}) => {
  const { venues, events } = { ...schemas, ...changes };
  return tree({ 'apps/venues/src/v.graphql': venues, 'apps/events/src/e.graphql': events, ...files });
};
const source = 'query Evening { event { title venue { name city } } }';

/** Plans with one client that is known, the web, and what it sends. */
async function plan(before: string, after: string): Promise<Plan> {
  const documents = join(directory.path, 'documents');
  mkdirSync(documents, { recursive: true });
  const manifest = { client: 'web', version: '7', documents: { [hashOf(source)]: source } };
  writeFileSync(join(documents, 'web.json'), JSON.stringify(manifest));
  return planRelease({
    before,
    after,
    scratch: join(directory.path, `scratch-${(serial += 1)}`),
    documents: [{ name: 'web 7', source }],
    known: (schema) => registeredOperations(schema, documents),
  });
}
const migration = (name: string, sql: string) => ({
  [`apps/events/src/migrations/${name}.ts`]: `const up = \`${sql}\`;
export class ${name} implements MigrationInterface {
  async up(queryRunner: QueryRunner) { await queryRunner.query(up); }
  async down(queryRunner: QueryRunner) { await queryRunner.query('drop table series; alter table a drop column b'); }
}`,
});

describe('a release', () => {
  test('that adds is migrated, then rolled out by who asks whom, the gateway by its supergraph, and back from the end', async () => {
    const after = version(
      {
        venues: schemas.venues.replace('city: String', 'city: String country: String'),
        events: schemas.events.replace('title: String!', 'title: String! subtitle: String'),
      },
      migration('Subtitles1', 'alter table event add column subtitle text;'),
    );
    const { refused, steps, supergraph, mixes } = await plan(version(), after);
    expect({ refused, mixes }).toEqual({ refused: [], mixes: 4 });
    expect(steps.map(({ kind, service }) => `${kind} ${service}`)).toEqual([
      'migrate events',
      'subgraph venues',
      'subgraph events',
      'gateway gateway',
      'consumers venues',
      'consumers events',
    ]);
    expect(steps[3]!.does).toContain(`${supergraph!.after} in the place of ${supergraph!.before}`);
    expect(steps.every(({ back }) => back !== '')).toBe(true);
  });

  test('that changes nothing that runs has no steps, and one of a library has all services in it', async () => {
    expect((await plan(version(), version({}, { 'apps/events/src/a.test.ts': 'x' }))).steps).toEqual([]);
    const { steps, supergraph } = await plan(version(), version({}, { 'libs/kernel/src/a.ts': 'x' }));
    expect(supergraph).toBeNull();
    expect(steps.map(({ kind, service }) => `${kind} ${service}`)).toContain('subgraph venues');
  });

  test('that takes away what a client sends is refused, and says whose operation it is', async () => {
    const { refused, steps } = await plan(
      version(),
      version({ venues: schemas.venues.replace(' city: String', '') }),
    );
    expect(refused.join('\n')).toMatch(/Venue\.city: .*Used by web 7: Evening/);
    expect(steps).toEqual([]);
  });

  test('that takes away what nobody sends is only to be looked at', async () => {
    const before = version({ venues: schemas.venues.replace('city: String', 'city: String fax: String') });
    const { refused, look } = await plan(before, version());
    expect(refused).toEqual([]);
    expect(look.join('\n')).toContain('Venue.fax');
  });

  test('that moves a field to another service is refused while a gateway of N asks the first for it', async () => {
    const after = version({
      venues: schemas.venues.replace(' city: String', ''),
      events: schemas.events.replace(
        '@key(fields: "id", resolvable: false) { id: ID! }',
        '@key(fields: "id") { id: ID! city: String }',
      ),
    });
    const { refused } = await plan(version(), after);
    expect(refused.join('\n')).toMatch(/venues of N\+1 under a gateway of N: Venue\.city/);
  });

  test('of which one order of roll-out would not compose is refused, and names the mixture', async () => {
    const after = version({
      venues: schemas.venues
        .replace('@key(fields: "id")', '@key(fields: "id") @key(fields: "code")')
        .replace('id: ID!', 'id: ID! code: String!'),
      events: schemas.events.replace(
        '@key(fields: "id", resolvable: false) { id: ID! }',
        '@key(fields: "code", resolvable: false) { code: String! }',
      ),
    });
    expect((await plan(version(), after)).refused.join('\n')).toMatch(/^events of N\+1 does not compose: /m);
  });
});

describe('migrations', () => {
  const judged = (sql: string) => {
    const { added } = judgeMigrations(
      openTree(version(), ''),
      openTree(version({}, migration('Next2', sql)), ''),
    );
    return added[0]!;
  };

  test.each([
    ['drop table series', 'drops a table'],
    ['alter table a drop column b', 'drops a column'],
    ['alter table a rename column b to c', 'renames'],
    ['alter table a alter column b type bigint', 'changes the type of a column'],
    ['alter table a alter column b set not null', 'forbids null'],
    [
      'alter table a add column b numeric(10, 2) not null, add column c int',
      'needs a value in the new column b',
    ],
    ['drop function f()', 'drops what N may use'],
  ])('"%s" is refused while N runs', (sql, reason) => {
    expect(judged(sql).refused.join()).toContain(reason);
  });

  test.each([
    'create table series (id uuid primary key, name text not null)',
    'alter table a add column b int not null default 0, add column c text',
    '-- once drop table series\ncreate index i on a (b)',
  ])('"%s" may go', (sql) => {
    expect(judged(sql).refused).toEqual([]);
  });

  test('what may be in the way of N is to be looked at', () => {
    expect(judged('create unique index i on a (b); update a set b = 1').look).toHaveLength(2);
  });

  test('one that is changed, or gone, after it may have run is refused', () => {
    const before = openTree(
      version({}, { ...migration('One1', 'create table a (b int)'), ...migration('Two2', 'select 1') }),
      '',
    );
    const after = openTree(version({}, migration('One1', 'create table a (b bigint)')), '');
    const { faults, added } = judgeMigrations(before, after);
    expect(added).toEqual([]);
    expect(faults.join('\n')).toMatch(/One1 says something else than in N[^]*Two2 is gone/);
  });
});

test('of many changed services the mixtures are those that the order passes through', () => {
  expect(mixesOf(['a', 'b'])).toEqual([[], ['a'], ['b'], ['a', 'b']]);
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  expect(mixesOf(many)).toHaveLength(8);
  expect(mixesOf(many).at(-1)).toEqual(many);
});

test('the command says what it needs', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8' });
  expect(run('plan')).toMatchObject({ status: 2, stderr: expect.stringContaining('Say: plan OLD NEW') });
  expect(run('plan', 'no-such-commit', 'HEAD').stderr).toContain('no-such-commit is neither a folder');
});
