import { tenantCheckedByRow, tenantCheckedOnce } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `overtaken` ends a batch of holds in which less could be had than it was judged by: in the statement itself, so that the
 * commit can be sent with it, and no lock waits for the service to look at an answer.
 */
const overtaken = `
create function overtaken(reason text) returns integer language plpgsql as $$
begin
  raise exception '%', reason using errcode = 'MQ410';
end $$;`;

/** What every hold of a rush writes. */
const tables = ['hold', 'quota_claim', 'seat_claim'];

export class Rush1763900500003 implements MigrationInterface {
  readonly name = 'Rush1763900500003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables.map(tenantCheckedOnce).join('\n') + overtaken);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`${tables.map(tenantCheckedByRow).join('\n')} drop function overtaken;`);
  }
}
