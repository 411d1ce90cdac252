import { newUuid } from '@marquee/kernel';
import {
  platformMigrations,
  systemScope,
  tenantTable,
  type Database,
  type MigrationClass,
  type Transaction,
} from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendEvents, defineProjection, eventLogMigrations, streamId, type Projection } from '../index.ts';

/** How many holds were released in each organisation, and of how many tickets. Adding twice or not at all shows. */
class Counted implements MigrationInterface {
  readonly name = 'Counted1763800100099';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table counted (
        organisation_id uuid not null,
        generation integer not null,
        holds integer not null,
        tickets integer not null,
        primary key (organisation_id, generation)
      );
      ${tenantTable('counted')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table counted');
  }
}

const countedMigrations: readonly MigrationClass[] = [...platformMigrations, ...eventLogMigrations, Counted];

export function countedWorld(): Promise<TestDatabase> {
  return testDatabase({ name: 'projections', migrations: countedMigrations });
}

export type Counting = Projection<'tickets.hold-released.v1'>;

export function counting(change: Partial<Counting> = {}): Counting {
  return defineProjection({
    name: 'counted',
    version: 1,
    mode: 'async',
    types: ['tickets.hold-released.v1'],
    tables: ['counted'],
    apply: count,
    ...change,
  });
}

export const count: Counting['apply'] = async (tx, events, generation) => {
  const tickets = events.reduce((sum, { data }) => sum + data.quantity, 0);
  await tx.execute(
    `insert into counted (organisation_id, generation, holds, tickets) values ($1, $2, $3, $4)
     on conflict (organisation_id, generation) do update
     set holds = counted.holds + excluded.holds, tickets = counted.tickets + excluded.tickets`,
    [tx.organisationId, generation, events.length, tickets],
  );
};

/** Appends one release of a hold of so many tickets. */
export async function release(tx: Transaction, quantity: number) {
  const holdId = newUuid();
  return appendEvents(tx, {
    streamId: streamId('hold', holdId),
    events: [{ type: 'tickets.hold-released.v1', data: { holdId, occurrenceId: newUuid(), quantity } }],
  });
}

/** What readers of the live generation are told, of one organisation. */
export async function live(
  database: Database,
  organisationId: string,
): Promise<{ holds: number; tickets: number }> {
  const [row] = await database.read({ organisationId }, (tx) =>
    tx.rows<{ holds: number; tickets: number }>(
      `select holds, tickets from counted where generation = event_projection_live('counted')`,
    ),
  );
  return row ?? { holds: 0, tickets: 0 };
}

/** What the log holds of one organisation. */
export async function logged(
  database: Database,
  organisationId: string,
): Promise<{ holds: number; tickets: number }> {
  const [row] = await database.read(systemScope, (tx) =>
    tx.rows<{ holds: number; tickets: number }>(
      `select count(*)::integer as holds, coalesce(sum((data->>'quantity')::integer), 0)::integer as tickets
       from event_log where organisation_id = $1`,
      [organisationId],
    ),
  );
  return row!;
}
