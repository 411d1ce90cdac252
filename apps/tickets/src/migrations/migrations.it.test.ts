import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate, revertMigrations } from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { migrations } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ name: 'tickets', migrations, entities: [] });
});
afterAll(() => database.drop());

async function ask(sql: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>(sql);
  await owner.end();
  return rows.map(({ name }) => name);
}

const tables = `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`;

test('every table of a tenant forces row-level security', async () => {
  const open = `select relname as name from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id')
    and not (relrowsecurity and relforcerowsecurity)`;
  expect(await ask(open)).toEqual([]);
});

test('the migrations go back and forth', async () => {
  const before = await ask(tables);
  await database.database.close();
  await revertMigrations({ url: database.ownerUrl, migrations });
  expect(await ask(tables)).toEqual(['schema_migration']);
  expect(await migrate({ url: database.ownerUrl, migrations })).toHaveLength(migrations.length);
  expect(await ask(tables)).toEqual(before);
});
