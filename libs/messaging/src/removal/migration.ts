import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `removed_organisation`: whose rows are to go, and which went. `erase_organisation_rows` may delete what the service
 * itself may not (tables that are only ever added to), and does so for who is in that table alone.
 */
export class OrganisationRemoval implements MigrationInterface {
  readonly name = 'OrganisationRemoval1764001200010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table removed_organisation (
        organisation_id uuid primary key,
        removal_id uuid not null,
        -- how many rows went, by table
        rows jsonb not null default '{}',
        erased_at timestamptz(3),
        looked_at timestamptz(3)
      );
      ${tenantTable('removed_organisation')}

      create function erase_organisation_rows(tenant_table regclass, most integer) returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare
        tenant uuid := nullif(current_setting('marquee.organisation_id', true), '')::uuid;
        gone integer;
      begin
        if not exists (select from removed_organisation r where r.organisation_id = tenant) then
          raise exception 'rows are erased of organisations that were removed alone';
        end if;
        -- what was deleted and could have come back goes too
        perform set_config('marquee.deleted', 'shown', true);
        execute format('delete from %1$s where ctid = any (array(
          select ctid from %1$s where organisation_id = $1 limit $2))', tenant_table) using tenant, most;
        get diagnostics gone = row_count;
        return gone;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function erase_organisation_rows; drop table removed_organisation');
  }
}

/** The stream of the service forgets an organisation, too, once every service has erased it. */
export class ForgottenOrganisations implements MigrationInterface {
  readonly name = 'ForgottenOrganisations1764001600010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table removed_organisation
        add column forgetting_since timestamptz(3),
        add column forgotten_at timestamptz(3),
        add column stream_looked_at timestamptz(3)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table removed_organisation
        drop column forgetting_since, drop column forgotten_at, drop column stream_looked_at`);
  }
}
