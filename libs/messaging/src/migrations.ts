import { systemRole, tenantTable, type MigrationClass } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ForgottenOrganisations, OrganisationRemoval } from './removal/migration.ts';

/**
 * `messaging_checkpoint`: how far a subscription (or, as `$relay`, the relay) has come in a source's log.
 * `messaging_inbox`: what workers have handled and their floor has not passed. Neither holds a tenant's data.
 * `dead_letter`: events given up, whole, so that nothing is lost.
 */
class Messaging implements MigrationInterface {
  readonly name = 'Messaging1763600000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table messaging_checkpoint (
        subscription text not null,
        source text not null,
        log_tx numeric(20) not null,
        log_position numeric(20) not null,
        stream_sequence bigint not null,
        updated_at timestamptz not null default now(),
        primary key (subscription, source)
      ) with (fillfactor = 50);
      create table messaging_inbox (
        subscription text not null,
        event_id uuid not null,
        source text not null,
        log_tx numeric(20) not null,
        log_position numeric(20) not null,
        handled_at timestamptz not null default now(),
        primary key (subscription, event_id)
      );
      create index messaging_inbox_position on messaging_inbox (subscription, source, log_tx, log_position);
      create table dead_letter (
        organisation_id uuid not null,
        subscription text not null,
        -- the event's id, or <stream>:<sequence> of a message that is no event
        message_id text not null,
        source text not null,
        subject text not null,
        payload text not null,
        error text not null,
        tries integer not null,
        failed_at timestamptz not null default now(),
        primary key (subscription, message_id)
      );
      create index dead_letter_organisation on dead_letter (organisation_id, failed_at);
      ${tenantTable('dead_letter')}
      grant select, insert, update, delete on messaging_checkpoint, messaging_inbox, dead_letter to ${systemRole};`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table dead_letter, messaging_inbox, messaging_checkpoint');
  }
}

/** How the statement that moves a checkpoint keeps its transaction from committing. */
class RefuseStaleCheckpoints implements MigrationInterface {
  readonly name = 'RefuseStaleCheckpoints1763900100001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function messaging_refuse_stale(subscription text) returns integer
      language plpgsql as $$
      begin
        raise exception 'another process moved the checkpoint of %', subscription using errcode = 'MQ410';
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function messaging_refuse_stale');
  }
}

/** Tables of the relay and of the subscriptions, for every service that has either. */
export const messagingMigrations: readonly MigrationClass[] = [
  Messaging,
  RefuseStaleCheckpoints,
  OrganisationRemoval,
  ForgottenOrganisations,
];
