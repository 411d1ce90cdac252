import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openDatabase, systemScope } from '@marquee/postgres';
import { testServers } from '@marquee/testkit';
import pg from 'pg';

const database = `marquee_migrate_${randomBytes(4).toString('hex')}`;
const { postgresUrl } = await testServers();
const address = (role: 'owner' | 'app') => {
  const url = new URL(postgresUrl);
  [url.username, url.password, url.pathname] = [`${database}_${role}`, `secret-of-${role}`, `/${database}`];
  return url.toString();
};

function run(service: string, env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), service, '--wait-seconds', '0'],
    { encoding: 'utf8', env: { PATH: process.env['PATH'], ...env } },
  );
  return { status, stdout, stderr };
}

afterAll(async () => {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(`drop database if exists ${database} with (force)`);
  for (const role of ['app', 'owner']) await client.query(`drop role if exists ${database}_${role}`);
  await client.end();
});

test('makes the database and the roles that the Secret names, migrates once, and then finds nothing to do', async () => {
  const env = {
    DATABASE_OWNER_URL: address('owner'),
    DATABASE_URL: address('app'),
    DATABASE_ADMIN_URL: postgresUrl,
  };
  const first = run('hub', env);
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(first.stdout).toMatch(/^hub: ran .*\d{13}/);
  expect(run('hub', { DATABASE_OWNER_URL: address('owner') })).toMatchObject({
    status: 0,
    stdout: 'hub: nothing to do\n',
  });
  const app = await openDatabase({ url: address('app'), applicationName: 'migrate-test', entities: [] });
  await app.read(systemScope, (tx) => tx.rows('select 1'));
  await app.close();
});

test.each([
  ['hub', {}, 'DATABASE_OWNER_URL must be set'],
  ['nobody', { DATABASE_OWNER_URL: 'postgres://a@b/c' }, 'nobody is no service with migrations'],
  ['../hub', { DATABASE_OWNER_URL: 'postgres://a@b/c' }, 'is no service with migrations'],
  [
    'hub',
    {
      DATABASE_OWNER_URL: 'postgres://x@h/marquee_hub',
      DATABASE_URL: 'postgres://y@h/marquee_hub',
      DATABASE_ADMIN_URL: 'postgres://z@h/postgres',
    },
    'needs the role marquee_hub_owner',
  ],
])('%s with %j is refused with the reason', (service, env, reason) => {
  const { status, stderr } = run(service, env as Record<string, string>);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(reason) });
});
