import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OrderLinks1764001200001 implements MigrationInterface {
  readonly name = 'OrderLinks1764001200001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- By which somebody without an account comes to an order. The link itself is signed and not kept.
      create table order_link (
        organisation_id uuid not null,
        id uuid not null,
        order_id uuid not null,
        order_number text not null,
        guest_id uuid not null,
        created_at timestamptz(3) not null default now(),
        -- The mail that it left by; null until then.
        mail_id uuid,
        revoked_at timestamptz(3),
        primary key (organisation_id, id)
      );
      create index order_link_by_order on order_link (organisation_id, order_id);
      create index order_link_by_guest on order_link (organisation_id, guest_id);
      create index order_link_to_mail on order_link (created_at) where mail_id is null and revoked_at is null;
      ${tenantTable('order_link')}

      -- Sent once nobody waits for a mail of their own doing.
      alter table mail add column in_bulk boolean not null default false;
      -- What it signs: access tokens (their keys are published), or links to orders.
      alter table signing_key add column purpose text not null default 'access'
        check (purpose in ('access', 'order-link'));`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table signing_key drop column purpose;
      alter table mail drop column in_bulk;
      drop table order_link;`);
  }
}
