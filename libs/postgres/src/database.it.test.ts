import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { accept, newUuid, refuse } from '@marquee/kernel';
import { runWithCorrelation } from '@marquee/telemetry';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import { noteMigrations, noteSchema, readNotes, writeNote } from './fixtures/note.ts';
import {
  isConnectionFailure,
  isStatementTimeout,
  isUniqueViolation,
  openDatabase,
  systemScope,
  type Database,
  type Transaction,
} from './index.ts';

let fixture: TestDatabase;
let database: Database;
const scope = { organisationId: newUuid() };

beforeAll(async () => {
  fixture = await testDatabase({ name: 'postgres', migrations: noteMigrations, entities: [noteSchema] });
  database = fixture.database;
});
afterAll(() => fixture.drop());
beforeEach(() => database.transaction(systemScope, (tx) => tx.execute('delete from note')));

describe('a transaction', () => {
  test('keeps everything or, when the work throws, nothing', async () => {
    await database.transaction(scope, async (tx) => {
      await writeNote(tx, 'one');
      await writeNote(tx, 'two');
    });
    const failing = database.transaction(scope, async (tx) => {
      await writeNote(tx, 'three');
      throw new TypeError('no');
    });
    await expect(failing).rejects.toThrow(TypeError);
    expect(await database.read(scope, readNotes)).toEqual(['one', 'two']);
  });

  test('of a decision keeps what was accepted and undoes what was refused', async () => {
    const decide = (yes: boolean) =>
      database.decide(scope, async (tx) => {
        await writeNote(tx, yes ? 'accepted' : 'refused');
        return yes ? accept('done') : refuse({ kind: 'NotFound', message: 'no' });
      });
    expect(await decide(true)).toEqual({ ok: true, value: 'done' });
    expect(await decide(false)).toMatchObject({ ok: false, refusal: { kind: 'NotFound' } });
    expect(await database.read(scope, readNotes)).toEqual(['accepted']);
  });

  test('that only reads is refused a write by the database', async () => {
    await expect(database.read(scope, (tx) => writeNote(tx))).rejects.toMatchObject({ code: '25006' });
  });

  test('answers rows for every kind of statement and counts what it touched', async () => {
    await database.transaction(scope, async (tx) => {
      const insert = `insert into note (id, organisation_id, text) values ($1, $2, 'a') returning text`;
      expect(await tx.rows(insert, [newUuid(), tx.organisationId])).toEqual([{ text: 'a' }]);
      expect(await tx.rows(`update note set text = 'b' returning text`)).toEqual([{ text: 'b' }]);
      expect(await tx.rows(`delete from note returning text`)).toEqual([{ text: 'b' }]);
      expect(await tx.execute('delete from note')).toBe(0);
    });
  });

  test('runs statements in the order of the calls, also when they are not awaited one by one', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    const counts = await database.transaction(scope, (tx) =>
      Promise.all([
        writeNote(tx).then(() => 'written'),
        tx.repository(noteSchema).count(),
        writeNote(tx).then(() => 'written'),
        tx.rows('select from note').then((rows) => rows.length),
      ]),
    );
    expect(counts).toEqual(['written', 1, 'written', 2]);
    expect(warn).not.toHaveBeenCalled(); // pg warns of overlapping calls on one client
    warn.mockRestore();
  });

  test('takes repositories of TypeORM in, without a transaction of their own', async () => {
    const statements: string[] = [];
    const stop = database.observe((statement) => statements.push(statement));
    const note = {
      id: newUuid(),
      organisationId: scope.organisationId,
      text: 'plain',
      writtenOn: '2027-03-20',
    };
    const found = await database.transaction(scope, async (tx) => {
      const notes = tx.repository(noteSchema);
      await notes.insert(note);
      await notes.save({ ...note, text: 'changed' });
      return notes.find();
    });
    stop();
    expect(found).toEqual([{ ...note, text: 'changed' }]);
    expect(statements.filter((statement) => /transaction|savepoint|commit/i.test(statement))).toEqual([]);
    const failing = database.transaction(scope, async (tx) => {
      await tx.repository(noteSchema).delete({ id: note.id });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.read(scope, readNotes)).toEqual(['changed']);
  });

  test('does not pretend to commit when a failed statement was swallowed', async () => {
    const work = database.transaction(scope, async (tx) => {
      await writeNote(tx, 'lost');
      await tx.rows('select 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('could not commit');
  });

  test('refuses a statement that comes after its end', async () => {
    let escaped: Transaction | undefined;
    await database.transaction(scope, async (tx) => void (escaped = tx));
    await expect(escaped!.rows('select 1')).rejects.toThrow('has ended');
    const repository = await database.transaction(scope, async (tx) => tx.repository(noteSchema));
    await expect(async () => repository.find()).rejects.toThrow('has ended');
  });

  test('calls what waits for its commit after it and never on a rollback', async () => {
    const calls: string[] = [];
    await database.transaction(scope, async (tx) => {
      tx.afterCommit(() => calls.push('committed'));
      calls.push('working');
    });
    await database.decide(scope, async (tx) => {
      tx.afterCommit(() => calls.push('never'));
      return refuse({ kind: 'NotFound', message: 'no' });
    });
    expect(calls).toEqual(['working', 'committed']);
  });

  test('has succeeded even when what waits for its commit fails', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    const answer = await database.transaction(scope, async (tx) => {
      tx.afterCommit(() => {
        throw new Error('relay is out');
      });
      return 'kept';
    });
    expect(answer).toBe('kept');
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('relay is out'));
    warn.mockRestore();
  });

  test('can ask for a stricter isolation', async () => {
    const isolation = await database.transaction(
      scope,
      (tx) => tx.rows(`select current_setting('transaction_isolation') as level`),
      { isolation: 'serializable' },
    );
    expect(isolation).toEqual([{ level: 'serializable' }]);
  });

  test('tells violations apart', async () => {
    const work = database.transaction(scope, async (tx) => {
      await writeNote(tx, 'twice');
      await writeNote(tx, 'twice');
    });
    const error: unknown = await work.catch((failure: unknown) => failure);
    expect(isUniqueViolation(error, 'note_text_key')).toBe(true);
    expect(isUniqueViolation(error, 'note_pkey')).toBe(false);
  });
});

test('closing waits for transactions under way and takes no more', async () => {
  const own = await openDatabase({ url: fixture.url, applicationName: 'closing', entities: [] });
  let goOn = () => {};
  const told = new Promise<void>((resolve) => (goOn = resolve));
  const underWay = own.transaction(scope, async (tx) => {
    await told;
    return writeNote(tx, 'in time');
  });
  const closing = own.close();
  await expect(own.read(scope, readNotes)).rejects.toThrow('was closed');
  await expect(own.ping()).rejects.toThrow('was closed');
  goOn();
  await closing;
  expect(await underWay).toBe('in time');
  expect(await database.read(scope, readNotes)).toEqual(['in time']);
});

describe('statements', () => {
  const ownQuery = (name?: string) =>
    database.read(scope, async (tx) => {
      const [row] = await tx.rows<{ query: string; prepared: string[] }>(
        `select query, array(select name from pg_prepared_statements) as prepared
         from pg_stat_activity where pid = pg_backend_pid()`,
        [],
        name ? { name } : {},
      );
      return row!;
    });

  test('carry the correlation id to the server, unless they are prepared', async () => {
    await runWithCorrelation({ correlationId: "c-1'*/", actor: 'user:ada' }, async () => {
      expect((await ownQuery()).query).toMatch(/ \/\*correlation_id='c-1%27\*%2F'\*\/$/);
      const named = await ownQuery('own-query');
      expect(named.query).not.toContain('correlation_id');
      expect(named.prepared).toContain('own-query');
    });
  });

  test('are heard by an observer, without the framing, until it stops', async () => {
    const heard: string[] = [];
    const stop = database.observe((statement) => heard.push(statement));
    await database.read(scope, (tx) => tx.rows('select 1'));
    stop();
    await database.read(scope, (tx) => tx.rows('select 2'));
    expect(heard).toEqual(['select 1']);
  });

  test('give dates without a zone as they are written', async () => {
    const [row] = await database.read(scope, (tx) =>
      tx.rows(`select date '2027-03-20' as day, timestamp '2027-03-20 19:00' as wall, 9007199254740993::bigint as big,
        timestamptz '2027-03-20 19:00+01' as instant`),
    );
    expect(row).toMatchObject({ day: '2027-03-20', wall: '2027-03-20 19:00:00', big: '9007199254740993' });
    expect((row as { instant: Date }).instant.toISOString()).toBe('2027-03-20T18:00:00.000Z');
  });
});

describe('time', () => {
  async function withDatabase(
    connection: Partial<Parameters<typeof openDatabase>[0]>,
    work: (database: Database) => Promise<void>,
  ): Promise<void> {
    const own = await openDatabase({
      url: fixture.url,
      applicationName: 'time',
      entities: [],
      ...connection,
    });
    await work(own).finally(() => own.close());
  }

  test('ends a statement that takes too long, and the pool goes on', async () => {
    await withDatabase({ statementTimeoutMs: 1_000, poolSize: 1 }, async (own) => {
      const slow = own.read(scope, (tx) => tx.rows('select pg_sleep(10)'));
      expect(isStatementTimeout(await slow.catch((error: unknown) => error))).toBe(true);
      expect(await own.read(scope, readNotes)).toEqual([]);
    });
  });

  test('ends a transaction that takes too long, and the pool goes on', async () => {
    await withDatabase({ transactionTimeoutMs: 1_000, poolSize: 1 }, async (own) => {
      const slow = own.transaction(scope, (tx) => tx.rows('select pg_sleep(10)'));
      expect(isStatementTimeout(await slow.catch((error: unknown) => error))).toBe(true);
      await eventually(async () => expect(await own.read(scope, readNotes)).toEqual([]));
    });
  });

  test('ends the wait for a connection of a busy pool', async () => {
    await withDatabase({ connectTimeoutMs: 3_000, poolSize: 1 }, async (own) => {
      const nested = own.read(scope, () => own.read(scope, readNotes));
      expect(isConnectionFailure(await nested.catch((error: unknown) => error))).toBe(true);
      expect(await own.read(scope, readNotes)).toEqual([]);
    });
  });
});
