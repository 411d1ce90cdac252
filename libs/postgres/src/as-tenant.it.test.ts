import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { asTenant, asTenants, platformMigrations, systemScope, type Transaction } from './index.ts';

const [one, other] = [newUuid(), newUuid()];
let world: TestDatabase;
beforeAll(async () => {
  world = await testDatabase({ name: 'as_tenant', migrations: platformMigrations });
});
afterAll(() => world?.drop());

const write = (tx: Transaction, key: string) =>
  tx.execute(
    `insert into idempotency_key (organisation_id, subject, operation, key, request_hash) values ($1, '', '', $2, '')`,
    [tx.organisationId, key],
  );
const keys = async (tx: Transaction) =>
  (await tx.rows<{ key: string }>('select key from idempotency_key order by key')).map(({ key }) => key);

test('one transaction works in the scope of one tenant after the other, and comes back to its own', async () => {
  await world.database.transaction(systemScope, async (tx) => {
    await asTenant(tx, one, (own) => write(own, 'a'));
    await asTenant(tx, other, (own) => write(own, 'b'));
    expect(await asTenant(tx, one, keys)).toEqual(['a']);
    expect(await keys(tx)).toEqual(['a', 'b']);
  });
  await world.database.transaction({ organisationId: one }, async (tx) => {
    expect(await asTenant(tx, other, keys)).toEqual(['b']);
    expect(await keys(tx)).toEqual(['a']);
  });
});

test('one transaction works for tenants in a row, and comes back to its own once', async () => {
  const scopes = [{ organisationId: one }, systemScope] as const;
  for (const [round, scope] of scopes.entries()) {
    const statements: string[] = [];
    const stop = world.database.observe((statement) => statements.push(statement));
    await world.database.transaction(scope, async (tx) => {
      await asTenants(tx, [one, other, one, one], async (own) => {
        await write(own, `row-${round}-${statements.length}`);
      });
      expect((await keys(tx)).filter((key) => key.startsWith(`row-${round}`))).toHaveLength(round ? 4 : 3);
    });
    stop();
    expect(statements.filter((statement) => statement.includes('set_config'))).toHaveLength(round ? 4 : 2);
  }
});

test('no row of another tenant can be written there', async () => {
  const crossing = world.database.transaction(systemScope, (tx) =>
    asTenant(tx, one, (own) => write({ ...own, organisationId: other }, 'c')),
  );
  await expect(crossing).rejects.toThrow('row-level security');
});
