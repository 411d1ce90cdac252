import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase, platformMigrations, systemScope } from '@marquee/postgres';
import { dropTestDatabases } from './database.ts';
import { testDatabase, testNats, testServers, type TestDatabase } from './index.ts';
import { serverUrl } from './servers.ts';

describe('a test database', () => {
  let one: TestDatabase;
  let two: TestDatabase;
  beforeAll(async () => {
    [one, two] = await Promise.all([
      testDatabase({ name: 'testkit', migrations: platformMigrations }),
      testDatabase({ name: 'testkit', migrations: platformMigrations }),
    ]);
  });
  afterAll(() => Promise.all([one.drop(), two.drop()]));

  test('is its own, though both come from one template', async () => {
    const organisationId = '01970000-0000-7000-8000-000000000001';
    await one.database.transaction({ organisationId }, (tx) =>
      tx.execute(
        `insert into idempotency_key (organisation_id, subject, operation, key, request_hash) values ($1, '', '', 'k', '')`,
        [organisationId],
      ),
    );
    const count = (database: TestDatabase) =>
      database.database.read(
        systemScope,
        async (tx) => (await tx.rows('select from idempotency_key')).length,
      );
    expect([await count(one), await count(two)]).toEqual([1, 0]);
  });

  test('is gone once dropped', async () => {
    const third = await testDatabase({ name: 'testkit', migrations: platformMigrations });
    await third.drop();
    const opening = openDatabase({ url: third.url, applicationName: 'gone', entities: [] });
    await expect(opening).rejects.toMatchObject({ code: '3D000' });
  });
});

test('the NATS of the run is shared and the namespace is not', async () => {
  const [first, second, servers] = await Promise.all([testNats(), testNats(), testServers()]);
  expect(first.url).toBe(second.url);
  expect(first.namespace).not.toBe(second.namespace);
  expect(servers.natsUrl).toBe(first.url);
});

describe('servers given by hand', () => {
  const variables = ['MARQUEE_TEST_POSTGRES_URL', 'MARQUEE_TEST_SERVERS', 'MARQUEE_TEST_RUN'] as const;
  const before = variables.map((name) => [name, process.env[name]] as const);
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  test('are used instead of started ones, and the run’s databases and roles are removed from them', async () => {
    const { postgresUrl } = await testServers();
    process.env['MARQUEE_TEST_POSTGRES_URL'] = postgresUrl;
    process.env['MARQUEE_TEST_RUN'] = 'byhand';
    delete process.env['MARQUEE_TEST_SERVERS'];
    expect(await serverUrl('postgres')).toBe(postgresUrl);
    const left = await testDatabase({ name: 'testkit', migrations: platformMigrations });
    await left.database.close();
    await dropTestDatabases(postgresUrl, 'byhand');
    await expect(
      openDatabase({ url: left.url, applicationName: 'gone', entities: [] }),
    ).rejects.toMatchObject({
      code: '28P01', // not even the role is there
    });
  });

  test('must be all there are where nothing started others', async () => {
    delete process.env['MARQUEE_TEST_SERVERS'];
    delete process.env['MARQUEE_TEST_POSTGRES_URL'];
    await expect(serverUrl('postgres')).rejects.toThrow('root Jest config');
  });
});
