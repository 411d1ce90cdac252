import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { newUuid } from '@marquee/kernel';
import { testDatabase, testServers, type TestDatabase } from '@marquee/testkit';
import { Notes, noteMigrations, readNotes, writeNote } from './fixtures/note.ts';
import { migrate, openDatabase, provisionDatabase, revertMigrations, schemaCheck } from './index.ts';

class Broken extends Notes {
  override readonly name = 'Broken1763600000101';
  override async up(runner: Parameters<Notes['up']>[0]): Promise<void> {
    await runner.query('create table half_done (id int)');
    await runner.query('select 1 / 0');
  }
}

class Later extends Notes {
  override readonly name = 'Later1790000000200';
  override async up(runner: Parameters<Notes['up']>[0]): Promise<void> {
    await runner.query('alter table note add column tagline text');
  }
}

const names = noteMigrations.map((migration) => new migration().name);

describe('migrating', () => {
  let fixture: TestDatabase;
  let empty: TestDatabase;
  beforeAll(async () => {
    fixture = await testDatabase({ name: 'postgres', migrations: noteMigrations });
    empty = await testDatabase({ name: 'postgres-empty', migrations: [] });
  });
  afterAll(() => Promise.all([fixture.drop(), empty.drop()]));

  test('by two at once runs each migration once', async () => {
    const ran = await Promise.all([
      migrate({ url: empty.ownerUrl, migrations: noteMigrations }),
      migrate({ url: empty.ownerUrl, migrations: noteMigrations }),
    ]);
    expect(ran.toSorted((a, b) => a.length - b.length)).toEqual([[], names]);
  });

  test('goes down and up again', async () => {
    const options = { url: fixture.ownerUrl, migrations: noteMigrations };
    expect(await migrate(options)).toEqual([]);
    await revertMigrations({ ...options, count: 1 });
    expect(await migrate(options)).toEqual(['Notes1790000000100']);
    await revertMigrations(options);
    const left = await fixture.database.dataSource.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    expect(left).toEqual([{ relname: 'schema_migration' }]);
    expect(await migrate(options)).toEqual(names);
    const scope = { organisationId: newUuid() };
    await fixture.database.transaction(scope, (tx) => writeNote(tx, 'a'));
    expect(await fixture.database.read(scope, readNotes)).toEqual(['a']);
  });

  test('is waited for by a version whose schema is not there yet, and not by one that is older than the schema', async () => {
    const level = await testDatabase({ name: 'postgres-level', migrations: noteMigrations });
    const { ownerUrl: url, database } = level;
    const coming = schemaCheck(database, [...noteMigrations, Later]);
    try {
      await expect(coming()).rejects.toThrow('not migrated yet: Later1790000000200');
      await expect(schemaCheck(database, noteMigrations)()).resolves.toBeUndefined();
      await migrate({ url, migrations: [...noteMigrations, Later] });
      await expect(coming()).resolves.toBeUndefined();
      await expect(schemaCheck(database, noteMigrations)()).resolves.toBeUndefined();
    } finally {
      await level.drop();
    }
  });

  test('leaves nothing of a migration that fails, and stays unlocked', async () => {
    const broken = migrate({ url: fixture.ownerUrl, migrations: [...noteMigrations, Broken] });
    await expect(broken).rejects.toMatchObject({ code: '22012' });
    const [row] = (await fixture.database.dataSource.query(
      `select to_regclass('half_done') as found`,
    )) as unknown[];
    expect(row).toEqual({ found: null });
    expect(await migrate({ url: fixture.ownerUrl, migrations: noteMigrations })).toEqual([]);
  });

  test('gives up waiting for another migrator when the time is up', async () => {
    const other = new pg.Client({ connectionString: fixture.ownerUrl });
    await other.connect();
    await other.query('select pg_advisory_lock(6277833)');
    const late = migrate({ url: fixture.ownerUrl, migrations: noteMigrations, lockTimeoutMs: 50 });
    await expect(late).rejects.toMatchObject({ code: '55P03' });
    await other.end();
  });

  test('is not for the application role', async () => {
    const work = migrate({ url: fixture.url, migrations: [...noteMigrations, Broken] });
    await expect(work).rejects.toMatchObject({ code: '42501' });
  });
});

describe('provisioning', () => {
  const database = `provision_${newUuid().slice(-12)}`;
  const admin = `${database}_admin`;
  const passwordFor = (role: string) => `p@ss:'/?#${role}`;
  let adminUrl = '';
  beforeAll(async () => {
    adminUrl = (await testServers()).postgresUrl;
  });
  afterAll(() =>
    asSuperuser(async (client) => {
      await client.query(`drop database if exists ${database} with (force)`);
      await client.query(`drop database if exists ${database}_2 with (force)`);
      for (const name of [database, `${database}_2`]) {
        await client.query(`drop role if exists ${name}_owner`);
        await client.query(`drop role if exists ${name}_app`);
      }
      await client.query(`drop owned by ${admin} cascade`);
      await client.query(`drop role if exists ${admin}`);
    }),
  );

  async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    await work(client).finally(() => client.end());
  }

  test('can be done again and by several at once, and its roles work', async () => {
    const provision = () => provisionDatabase({ adminUrl, database, passwordFor });
    const [{ ownerUrl, appUrl }] = await Promise.all([provision(), provision(), provision()]);
    for (let round = 0; round < 5; round++)
      await Promise.all([provision(), provision(), provision(), provision()]);
    await migrate({ url: ownerUrl, migrations: noteMigrations });
    await provision();
    const opened = await openDatabase({ url: appUrl, applicationName: 'provision', entities: [] });
    const scope = { organisationId: newUuid() };
    await opened.transaction(scope, (tx) => writeNote(tx, 'a'));
    expect(await opened.read(scope, readNotes)).toEqual(['a']);
    await opened.close();
  });

  test('changes a password that is to be another', async () => {
    const { appUrl } = await provisionDatabase({ adminUrl, database, passwordFor: () => 'changed' });
    const opened = await openDatabase({ url: appUrl, applicationName: 'provision', entities: [] });
    await opened.ping();
    await opened.close();
    const old = new URL(appUrl);
    old.password = 'not it';
    const refused = openDatabase({ url: old.toString(), applicationName: 'provision', entities: [] });
    await expect(refused).rejects.toMatchObject({ code: '28P01' });
  });

  test('does with an admin that is no superuser', async () => {
    await asSuperuser(async (client) => {
      await client.query(`create role ${admin} login createdb createrole password 'admin'`);
      await client.query(`grant marquee_system to ${admin} with admin option`);
    });
    const url = new URL(adminUrl);
    url.username = admin;
    url.password = 'admin';
    const provision = () =>
      provisionDatabase({ adminUrl: url.toString(), database: `${database}_2`, passwordFor });
    const { ownerUrl } = await provision();
    expect(await migrate({ url: ownerUrl, migrations: noteMigrations })).toEqual(names);
    expect(await provision()).toMatchObject({ ownerUrl });
  });

  test('keeps the application of one service out of the database of another', async () => {
    const { appUrl } = await provisionDatabase({ adminUrl, database, passwordFor });
    const other = new URL(appUrl);
    other.pathname = `/${database}_2`;
    const refused = openDatabase({ url: other.toString(), applicationName: 'provision', entities: [] });
    await expect(refused).rejects.toMatchObject({ code: '42501' });
  });
});
