import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { newUuid } from '@marquee/kernel';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { noteMigrations, readNotes, writeNote } from './fixtures/note.ts';
import { systemScope, tenantTable, type Database } from './index.ts';

let fixture: TestDatabase;
let database: Database;
const ours = { organisationId: newUuid() };
const theirs = { organisationId: newUuid() };

beforeAll(async () => {
  fixture = await testDatabase({ name: 'postgres', migrations: noteMigrations, connection: { poolSize: 1 } });
  database = fixture.database;
});
afterAll(() => fixture.drop());
beforeEach(() => database.transaction(systemScope, (tx) => tx.execute('delete from note')));

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('a tenant', () => {
  test('sees its own rows and no others', async () => {
    await database.transaction(ours, (tx) => writeNote(tx, 'ours'));
    await database.transaction(theirs, (tx) => writeNote(tx, 'theirs'));
    expect(await database.read(ours, readNotes)).toEqual(['ours']);
    expect(await database.read(theirs, readNotes)).toEqual(['theirs']);
    expect(await database.read(systemScope, readNotes)).toEqual(['ours', 'theirs']);
  });

  test('cannot change or remove another’s row', async () => {
    await database.transaction(ours, (tx) => writeNote(tx, 'ours'));
    const touched = await database.transaction(theirs, async (tx) => [
      await tx.execute(`update note set text = 'stolen'`),
      await tx.execute('delete from note'),
    ]);
    expect(touched).toEqual([0, 0]);
    expect(await database.read(ours, readNotes)).toEqual(['ours']);
  });

  test('cannot write a row for another, nor give its own away', async () => {
    const insert = database.transaction(ours, (tx) =>
      tx.execute('insert into note (id, organisation_id, text) values ($1, $2, $3)', [
        newUuid(),
        theirs.organisationId,
        'gift',
      ]),
    );
    await expect(insert).rejects.toMatchObject({ code: '42501' });
    const give = database.transaction(ours, async (tx) => {
      await writeNote(tx);
      await tx.execute('update note set organisation_id = $1', [theirs.organisationId]);
    });
    await expect(give).rejects.toMatchObject({ code: '42501' });
  });

  test('must be a uuid: nothing else reaches the statement', async () => {
    const work = database.transaction({ organisationId: `' or true --` }, readNotes);
    await expect(work).rejects.toThrow('names no organisation');
  });

  test('is forgotten when its transaction ends, committed or not', async () => {
    await database.transaction(ours, (tx) => writeNote(tx, 'ours'));
    await database
      .transaction(ours, async (tx) => {
        await writeNote(tx, 'undone');
        throw new Error('no');
      })
      .catch(() => undefined);
    // The pool has one connection: this is the same one, outside any transaction.
    expect(await database.dataSource.query('select * from note')).toEqual([]);
    expect(await database.dataSource.query('select current_user as role')).toEqual([
      { role: expect.stringMatching(/_app$/) },
    ]);
  });
});

describe('without a tenant', () => {
  test('the application sees nothing and writes nothing', async () => {
    await database.transaction(ours, (tx) => writeNote(tx));
    await withClient(fixture.url, async (client) => {
      expect((await client.query('select * from note')).rowCount).toBe(0);
      expect((await client.query('delete from note')).rowCount).toBe(0);
      const insert = client.query('insert into note (id, organisation_id, text) values ($1, $2, $3)', [
        newUuid(),
        ours.organisationId,
        'x',
      ]);
      await expect(insert).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('not even the owner of the tables does: row-level security is forced', async () => {
    await database.transaction(ours, (tx) => writeNote(tx));
    await withClient(fixture.ownerUrl, async (client) => {
      expect((await client.query('select * from note')).rowCount).toBe(0);
    });
  });

  test('every tenant is seen only by a transaction that takes the system role on by name', async () => {
    await database.transaction(ours, (tx) => writeNote(tx));
    await withClient(fixture.url, async (client) => {
      expect((await client.query('select * from note')).rowCount).toBe(0); // membership alone gives nothing
      await client.query('begin; set local role marquee_system');
      expect((await client.query('select * from note')).rowCount).toBe(1);
    });
  });
});

describe('the application role', () => {
  test.each([
    'create table mine (id int)',
    'create schema mine',
    'create temporary table mine (id int)',
    'alter table note disable row level security',
    'alter table note no force row level security',
    'drop policy tenant on note',
    'drop table note',
    'create index on note (text)',
    'truncate note',
    `alter role marquee_system login`,
    'create role mine',
    'set row_security = off; select * from note',
  ])('may not: %s', async (sql) => {
    await withClient(fixture.url, async (client) => {
      const code = await client.query(sql).then(
        () => null,
        (error: { code: string }) => error.code,
      );
      expect(code).toBe('42501');
    });
  });
});

test('a table’s name goes into SQL only when it is plain', () => {
  expect(() => tenantTable('note; drop table note')).toThrow('not a plain SQL identifier');
});
