import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, type Database } from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import fc from 'fast-check';
import { eventLogMigrations } from '../index.ts';
import { occurredAt, snapshotHelpers } from './snapshots.test-support.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'event-log',
    migrations: [...platformMigrations, ...eventLogMigrations],
  });
  database = fixture.database;
});
afterAll(() => fixture.drop());

const { rowsOf, write, read, newStream, large } = snapshotHelpers(() => database, newUuid());

describe('a large state', () => {
  test('is kept as the difference from the last full snapshot, and read back the same', async () => {
    const stream = newStream();
    const state = large();
    await write(stream, 1, state);
    await write(stream, 2, [...state, 'one more']);
    await write(stream, 3, state.toSpliced(100, 1, 'another'));
    const rows = await rowsOf(stream);
    expect(rows).toMatchObject([
      { version: 1, base_version: null },
      { version: 3, base_version: 1 },
    ]);
    expect(rows[1]!.bytes * 50).toBeLessThan(rows[0]!.bytes);
    expect(await read(stream)).toEqual({ version: 3, occurredAt, state: state.toSpliced(100, 1, 'another') });
  });

  test('that has little left of the old one becomes full again', async () => {
    const stream = newStream();
    await write(stream, 1, large());
    const state = large();
    await write(stream, 2, state);
    expect(await rowsOf(stream)).toMatchObject([{ version: 2, base_version: null }]);
    expect(await read(stream)).toMatchObject({ state });
  });

  test('of any content is read back as it was, through any chain of changes', async () => {
    const change = fc.record({
      at: fc.nat({ max: 2_999 }),
      remove: fc.integer({ min: 0, max: 2_000 }),
      insert: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        const stream = newStream();
        let state = large();
        await write(stream, 1, state);
        for (const [index, { at, remove, insert }] of changes.entries()) {
          state = state.toSpliced(at, remove, ...insert);
          await write(stream, index + 2, state);
          expect(await read(stream)).toEqual({ version: index + 2, occurredAt, state });
        }
        expect((await rowsOf(stream)).length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 15 },
    );
  });

  test('of many megabytes is told against its base to the last byte', async () => {
    const stream = newStream();
    const state = Array.from({ length: 100_000 }, (_, n) => `${n}-${randomBytes(20).toString('base64')}`);
    await write(stream, 1, state);
    await write(stream, 2, state.with(0, 'first').with(99_999, 'last'));
    const [base, delta] = await rowsOf(stream);
    expect(delta!.bytes * 100).toBeLessThan(base!.bytes);
    expect(await read(stream)).toMatchObject({ version: 2 });
  });

  test('written by many at once leaves one that can be read', async () => {
    const stream = newStream();
    const state = large();
    await write(stream, 1, state);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => write(stream, n + 2, n % 3 ? [...state, `${n}`] : large())),
    );
    expect(await read(stream)).toMatchObject({ version: 13 });
  });
});
