import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { platformMigrations, systemScope } from '@marquee/postgres';
import { testDatabase, testNats, testServers, type TestDatabase } from './index.ts';

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
    await expect(third.database.ping()).rejects.toMatchObject({ code: '3D000' });
  });
});

test('the NATS of the run is shared and the namespace is not', async () => {
  const [first, second, servers] = await Promise.all([testNats(), testNats(), testServers()]);
  expect(first.url).toBe(second.url);
  expect(first.namespace).not.toBe(second.namespace);
  expect(servers.natsUrl).toBe(first.url);
});
