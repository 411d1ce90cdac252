import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import {
  appendOnlyTable,
  deletableTable,
  platformMigrations,
  systemScope,
  tenantTable,
  withDeleted,
  type Database,
} from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { messagingMigrations } from '../migrations.ts';
import { eraseRemoved, noteRemoved, readRemovalReport } from './erase-organisation.ts';
import { readCopyPage, type CopyCursor, type CopyPage } from './tenant-data.ts';

/** A hall is named by its seats and can be deleted; receipts are only ever added to; counters have no key. */
class Halls implements MigrationInterface {
  readonly name = 'Halls1764001200999';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table hall (organisation_id uuid not null, id uuid primary key, name text not null, digest bytea not null);
      ${tenantTable('hall')} ${deletableTable('hall')}
      create table receipt (organisation_id uuid not null, id uuid primary key);
      ${tenantTable('receipt')} ${appendOnlyTable('receipt')}
      create table counter (organisation_id uuid not null, n integer);
      ${tenantTable('counter')}
      create table seat (
        organisation_id uuid not null,
        hall_id uuid not null references hall (id),
        number integer not null,
        primary key (hall_id, number)
      );
      ${tenantTable('seat')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table seat; drop table counter; drop table receipt; drop table hall');
  }
}

let db: TestDatabase;
let database: Database;
beforeAll(async () => {
  const migrations = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations, Halls];
  db = await testDatabase({ name: 'removal', migrations, entities: [] });
  database = db.database;
});
afterAll(() => db?.drop());

const seats = 1_200;
/** Two halls, one of them deleted, with more seats than a page or a transaction takes; a receipt, a log, and a key. */
async function givenOrganisation() {
  const organisationId = newUuid();
  await database.transaction({ organisationId }, async (tx) => {
    const halls = [newUuid(), newUuid()];
    for (const hall of halls)
      await tx.execute(
        `insert into hall (organisation_id, id, name, digest) values ($1, $2, 'Great', '\\xfeed')`,
        [organisationId, hall],
      );
    await tx.execute('insert into seat select $1, $2, n from generate_series(1, $3::int) n', [
      organisationId,
      halls[0],
      seats,
    ]);
    await tx.execute('insert into receipt values ($1, $2)', [organisationId, newUuid()]);
    await tx.execute('insert into counter select $1, n from generate_series(1, $2::int) n', [
      organisationId,
      seats,
    ]);
    await tx.execute(`insert into event_subject_key values ($1, 'ada', $2, 'kek', '\\x00')`, [
      organisationId,
      newUuid(),
    ]);
    await appendEvents(tx, {
      streamId: streamId('api-key', newUuid()),
      events: [{ type: 'identity.api-key-revoked.v1', data: { apiKeyId: newUuid() } }],
    });
    await withDeleted(tx, () => tx.execute('update hall set deleted_at = now() where id = $1', [halls[1]]));
  });
  return organisationId;
}

async function countsOf(organisationId: string): Promise<Record<string, number>> {
  return database.transaction(systemScope, async (tx) => {
    await tx.execute(`select set_config('marquee.deleted', 'shown', true)`);
    const counts: Record<string, number> = {};
    for (const table of ['hall', 'seat', 'receipt', 'event_log', 'event_subject_key']) {
      const rows = await tx.rows(`select from ${table} where organisation_id = $1`, [organisationId]);
      counts[table] = rows.length;
    }
    return counts;
  });
}

const remove = (organisationId: string) =>
  database.transaction({ organisationId }, (tx) => noteRemoved(tx, newUuid()));
const never = { keep: [], isStopped: () => false };
const reportOf = (organisationId: string) => database.read({ organisationId }, readRemovalReport);

test('a copy is of every row of the organisation, also of what it deleted, without what is enciphered', async () => {
  const [organisationId] = [await givenOrganisation(), await givenOrganisation()];
  const copied: Record<string, unknown[]> = {};
  for (let after: CopyCursor | null = null, more = true; more;) {
    const from: CopyCursor | null = after;
    const page: CopyPage = await database.read({ organisationId }, (tx) => readCopyPage(tx, from, []));
    if (page.table) (copied[page.table] ??= []).push(...page.rows.map((row) => JSON.parse(row) as unknown));
    after = page.next;
    more = after !== null;
  }
  expect(Object.keys(copied)).toEqual(['counter', 'hall', 'receipt', 'seat']);
  expect(copied['hall']).toHaveLength(2);
  expect(copied['hall']![0]).toEqual(
    expect.objectContaining({ organisation_id: organisationId, name: 'Great' }),
  );
  expect(copied['hall']![0]).not.toHaveProperty('digest');
  const numbers = copied['seat']!.map((row) => (row as { number: number }).number);
  const counted = copied['counter']!.map((row) => (row as { n: number }).n);
  expect([new Set(numbers).size, new Set(counted).size, counted.length]).toEqual([seats, seats, seats]);
});

describe('an organisation that is removed', () => {
  test('leaves nothing but its log, whose keys are gone, and nobody else loses a row', async () => {
    const [organisationId, other] = [await givenOrganisation(), await givenOrganisation()];
    const before = await countsOf(other);
    await remove(organisationId);
    expect(await reportOf(organisationId)).toBeNull();
    // Twice: whoever comes late finds nothing to do.
    for (let time = 0; time < 2; time++) await eraseRemoved(database, never);
    expect(await countsOf(organisationId)).toEqual({
      hall: 0,
      seat: 0,
      receipt: 0,
      event_log: 1,
      event_subject_key: 1,
    });
    const [key] = await database.read({ organisationId }, (tx) =>
      tx.rows('select wrapped from event_subject_key'),
    );
    expect(key).toEqual({ wrapped: null });
    expect((await reportOf(organisationId))!.rows).toEqual({
      counter: seats,
      hall: 2,
      seat: seats,
      receipt: 1,
    });
    expect(await countsOf(other)).toEqual(before);
    expect(before).toMatchObject({ hall: 2, seat: seats, receipt: 1 });
  });

  test('is erased to the end by whoever goes on where another died, and all of it is counted', async () => {
    const organisationId = await givenOrganisation();
    await remove(organisationId);
    let batches = 0;
    await eraseRemoved(database, { keep: [], isStopped: () => ++batches > 3 });
    expect(await reportOf(organisationId)).toBeNull();
    await eraseRemoved(database, never);
    expect((await reportOf(organisationId))!.rows).toEqual({
      counter: seats,
      hall: 2,
      seat: seats,
      receipt: 1,
    });
  });

  test('loses also what news that were on their way brought back', async () => {
    const organisationId = await givenOrganisation();
    await remove(organisationId);
    await eraseRemoved(database, never);
    await database.transaction({ organisationId }, async (tx) => {
      await tx.execute('insert into receipt values ($1, $2)', [organisationId, newUuid()]);
      await tx.execute(`update removed_organisation set looked_at = now() - interval '2 hours'`);
    });
    await eraseRemoved(database, never);
    expect(await countsOf(organisationId)).toMatchObject({ receipt: 0 });
    expect((await reportOf(organisationId))!.rows).toMatchObject({ receipt: 2 });
  });
});

test('of an organisation that stays the service itself can erase nothing that is only added to', async () => {
  const organisationId = await givenOrganisation();
  const erase = database.transaction({ organisationId }, (tx) =>
    tx.rows(`select erase_organisation_rows('receipt', 10)`),
  );
  await expect(erase).rejects.toThrow('removed alone');
  expect(await countsOf(organisationId)).toMatchObject({ receipt: 1 });
});
