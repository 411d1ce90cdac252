import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { noteMigrations, noteSchema, readNotes, writeNote } from './fixtures/note.ts';
import { asTenants, systemScope, type Database, type Transaction } from './index.ts';

let fixture: TestDatabase;
let database: Database;
const [one, other] = [newUuid(), newUuid()];
const scope = { organisationId: one };
const pipelined = { pipelined: true };

beforeAll(async () => {
  fixture = await testDatabase({ name: 'postgres', migrations: noteMigrations, entities: [noteSchema] });
  database = fixture.database;
});
afterAll(() => fixture.drop());
beforeEach(() => database.transaction(systemScope, (tx) => tx.execute('delete from note')));

const closeWithNote = (tx: Transaction, text: string) =>
  tx.closeWith('insert into note (id, organisation_id, text) values ($1, $2, $3)', [
    newUuid(),
    tx.organisationId,
    text,
  ]);
const flushes = (tx: Transaction) =>
  tx.rows<{ setting: string }>(`select current_setting('synchronous_commit') as setting`);

describe('a pipelined transaction', () => {
  test('keeps what nobody waited for, and what closes it, in the scope of each tenant', async () => {
    await database.transaction(
      scope,
      async (tx) => {
        closeWithNote(tx, 'closing');
        void writeNote(tx, 'first');
        await asTenants(tx, [one, other], async (own) => {
          await own.repository(noteSchema).insert({
            id: newUuid(),
            organisationId: own.organisationId,
            text: own.organisationId,
            writtenOn: null,
          });
        });
      },
      pipelined,
    );
    expect(await database.read(scope, readNotes)).toEqual([one, 'closing', 'first'].toSorted());
    expect(await database.read({ organisationId: other }, readNotes)).toEqual([other]);
  });

  test('keeps nothing when a statement fails that nobody waited for', async () => {
    const failing = database.transaction(
      scope,
      async (tx) => {
        void writeNote(tx, 'kept');
        writeNote(tx, 'kept').catch(() => undefined);
      },
      pipelined,
    );
    await expect(failing).rejects.toThrow('could not commit');
    expect(await database.read(scope, readNotes)).toEqual([]);
  });

  test('keeps nothing when its work throws, and the connection is fit for the next', async () => {
    for (let round = 0; round < 12; round++) {
      const failing = database.transaction(
        scope,
        async (tx) => {
          await writeNote(tx, 'gone');
          throw new TypeError('no');
        },
        pipelined,
      );
      await expect(failing).rejects.toThrow(TypeError);
      expect(await database.read(scope, readNotes)).toEqual([]);
    }
  });

  test('in a scope that is none never runs', async () => {
    const nobody = database.transaction({ organisationId: 'x' }, async () => undefined, pipelined);
    await expect(nobody).rejects.toThrow('names no organisation');
    expect(await database.read(scope, readNotes)).toEqual([]);
  });
});

describe.each([{ pipelined: false }, pipelined])('a transaction with %p', (options) => {
  test('commits nothing when what closes it fails, and says why', async () => {
    await database.transaction(scope, async (tx) => closeWithNote(tx, 'there'), options);
    const failing = database.transaction(
      scope,
      async (tx) => {
        closeWithNote(tx, 'there');
        await writeNote(tx, 'work');
      },
      options,
    );
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await database.read(scope, readNotes)).toEqual(['there']);
  });

  test('waits for the disk unless it says otherwise, and then where something in it must', async () => {
    const [usual] = await database.read(scope, flushes);
    expect(usual).not.toEqual({ setting: 'off' });
    await database.transaction(
      scope,
      async (tx) => {
        expect(await flushes(tx)).toEqual([{ setting: 'off' }]);
        tx.mustReachDisk();
        expect(await flushes(tx)).toEqual([usual]);
      },
      { ...options, unflushed: true },
    );
    expect(await database.read(scope, flushes)).toEqual([usual]);
  });
});
