import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate, revertMigrations } from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { migrations } from './index.ts';
import { Replicas1763700000001 } from './replicas.ts';

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
  // All of this service: those of the platform come before them.
  const own = migrations.length - migrations.indexOf(Replicas1763700000001);
  const before = await ask(tables);
  await database.database.close();
  await revertMigrations({ url: database.ownerUrl, migrations, count: own });
  expect(await ask(tables)).not.toContain('ticket_order');
  expect(await migrate({ url: database.ownerUrl, migrations })).toHaveLength(own);
  expect(await ask(tables)).toEqual(before);
});
