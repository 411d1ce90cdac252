import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accept, newUuid, refuse, type Outcome, type Refusal } from '@marquee/kernel';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import { noteMigrations, readNotes, writeNote } from './fixtures/note.ts';
import {
  forgetIdempotencyKeys,
  idempotent,
  sweepIdempotencyKeys,
  systemScope,
  type Database,
  type Transaction,
} from './index.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase({ name: 'postgres', migrations: noteMigrations });
  database = fixture.database;
});
afterAll(() => fixture.drop());

type Scope = { readonly organisationId: string };
const freshScope = (): Scope => ({ organisationId: newUuid() });

function once<T, R extends Refusal>(
  scope: Scope,
  request: { key?: string; subject?: string; operation?: string; request?: unknown },
  work: (tx: Transaction) => Promise<Outcome<T, R>>,
) {
  const full = { operation: 'writeNote', key: 'k', subject: 'ada', request: { text: 'a' }, ...request };
  return database.decide(scope, (tx) => idempotent(tx, full, () => work(tx)));
}
const write = async (tx: Transaction) => accept(await writeNote(tx));

describe('one key', () => {
  test('used 50 times at once has one effect and one answer', async () => {
    const scope = freshScope();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => once(scope, {}, write)));
    const notes = await database.read(scope, readNotes);
    expect(notes).toHaveLength(1);
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.value))).toEqual(new Set(notes));
  });

  test('with another request is refused, and the order of fields makes no other request', async () => {
    const scope = freshScope();
    await once(scope, { request: { text: 'a', price: { amount: 1n, at: new Date(0) } } }, write);
    const same = await once(scope, { request: { price: { at: new Date(0), amount: 1n }, text: 'a' } }, write);
    const other = await once(
      scope,
      { request: { text: 'a', price: { amount: 2n, at: new Date(0) } } },
      write,
    );
    expect(same.ok).toBe(true);
    expect(other).toMatchObject({ ok: false, refusal: { kind: 'IdempotencyConflict' } });
    expect(await database.read(scope, readNotes)).toHaveLength(1);
  });

  test('means another thing for another operation, subject or tenant', async () => {
    const [scope, other] = [freshScope(), freshScope()];
    await once(scope, {}, write);
    await once(scope, { operation: 'another' }, write);
    await once(scope, { subject: 'bob' }, write);
    await once(other, {}, write);
    expect(await database.read(scope, readNotes)).toHaveLength(3);
    expect(await database.read(other, readNotes)).toHaveLength(1);
  });

  test('gives back what was answered first, bigint, date and nothing included', async () => {
    const scope = freshScope();
    const value = {
      total: 9007199254740993n,
      at: new Date('2027-03-20T19:00:00Z'),
      none: null,
      list: [1n, 'a'],
    };
    const first = await once(scope, {}, async () => accept(value));
    const again = await once(scope, {}, async () => accept({ ...value, total: 0n }));
    expect(first).toEqual(accept(value));
    expect(again).toEqual(first);
    await once(scope, { key: 'nothing' }, async () => accept(undefined));
    expect(await once(scope, { key: 'nothing' }, async () => accept(1))).toEqual(accept(undefined));
  });

  test('can be used again after a refusal or a fault: neither is kept', async () => {
    const scope = freshScope();
    const refused = await once(scope, {}, async () => refuse({ kind: 'SoldOut', message: 'none left' }));
    expect(refused).toMatchObject({ ok: false, refusal: { kind: 'SoldOut' } });
    const fault = once(scope, {}, async () => {
      throw new Error('broken');
    });
    await expect(fault).rejects.toThrow('broken');
    expect((await once(scope, {}, write)).ok).toBe(true);
  });

  test('is free again after a refusal even where the caller commits', async () => {
    const scope = freshScope();
    const request = { operation: 'o', key: 'k', subject: 's', request: null };
    await database.transaction(scope, (tx) =>
      idempotent(tx, request, async () => refuse({ kind: 'SoldOut', message: 'none left' })),
    );
    expect(await database.transaction(scope, (tx) => idempotent(tx, request, () => write(tx)))).toMatchObject(
      {
        ok: true,
      },
    );
  });

  test('must be there, bounded, and of a tenant', async () => {
    await expect(once(freshScope(), { key: '' }, write)).rejects.toThrow('1 to 200');
    await expect(once(freshScope(), { key: 'k'.repeat(201) }, write)).rejects.toThrow('1 to 200');
    const system = database.transaction(systemScope, (tx) =>
      idempotent(tx, { operation: 'o', key: 'k', subject: 's', request: null }, () => write(tx)),
    );
    await expect(system).rejects.toThrow('belongs to a tenant');
  });
});

test('old keys are swept and young ones kept', async () => {
  const scope = freshScope();
  await once(scope, { key: 'old' }, write);
  await once(scope, { key: 'young' }, write);
  await database.transaction(scope, (tx) =>
    tx.execute(`update idempotency_key set created_at = now() - interval '3 days' where key = 'old'`),
  );
  const swept = await database.transaction(systemScope, (tx) => sweepIdempotencyKeys(tx, 48));
  expect(swept).toBe(1);
  expect(await database.read(scope, (tx) => tx.rows('select key from idempotency_key'))).toEqual([
    { key: 'young' },
  ]);
});

test('a service forgets what is older than a day by itself, and tells of what went wrong', async () => {
  const scope = freshScope();
  for (const key of ['old', 'young']) await once(scope, { key }, write);
  await database.transaction(scope, (tx) =>
    tx.execute(`update idempotency_key set created_at = now() - interval '25 hours' where key = 'old'`),
  );
  const errors: unknown[] = [];
  const forgetting = forgetIdempotencyKeys(database, { onError: (error) => errors.push(error) });
  await eventually(async () =>
    expect(await database.read(scope, (tx) => tx.rows('select key from idempotency_key'))).toEqual([
      { key: 'young' },
    ]),
  );
  await forgetting.stop();
  expect(errors).toEqual([]);

  const broken = { transaction: () => Promise.reject(new Error('away')) } as unknown as Database;
  await forgetIdempotencyKeys(broken, { onError: (error) => errors.push(error) }).stop();
  expect(errors).toEqual([new Error('away')]);
});
