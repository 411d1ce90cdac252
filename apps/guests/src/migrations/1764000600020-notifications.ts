import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What guests are to hear of, and who goes where: ids alone. */
export class Notifications1764000600020 implements MigrationInterface {
  readonly name = 'Notifications1764000600020';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table notification (
        organisation_id uuid not null,
        id uuid not null,
        guest_id uuid not null,
        kind text not null,
        -- What it is about: an order, a ticket, an entry of a waitlist, an occurrence.
        subject_id uuid not null,
        occurred_at timestamptz(3) not null,
        primary key (organisation_id, id),
        constraint notification_once unique (organisation_id, guest_id, kind, subject_id)
      );
      create index notification_newest on notification (organisation_id, guest_id, occurred_at desc, id desc);
      ${tenantTable('notification')}

      create table attendance (
        organisation_id uuid not null,
        occurrence_id uuid not null,
        guest_id uuid not null,
        primary key (organisation_id, occurrence_id, guest_id)
      );
      create index attendance_of_guest on attendance (organisation_id, guest_id);
      ${tenantTable('attendance')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table attendance, notification');
  }
}
