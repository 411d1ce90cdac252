import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Prices by time and by amount sold, and places that the organiser keeps. A tier of limited amount has a quota of its
 * own, so that the last early-bird ticket is judged by the same guarded counter as the last ticket. A block claims quotas
 * and seats as a hold does, until infinity: it counts as held.
 */
const tables = `
create table price_tier (
  organisation_id uuid not null,
  id uuid not null,
  ticket_type_id uuid not null,
  -- From 0: the first tier that is open and has something left is the price.
  place integer not null,
  name text not null,
  price_minor bigint not null check (price_minor >= 0),
  starts_at timestamptz,
  ends_at timestamptz check (ends_at > starts_at),
  quota_id uuid,
  -- Taken off the list; the row stays for what was sold by it.
  retired_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, ticket_type_id) references ticket_type (organisation_id, id),
  foreign key (organisation_id, quota_id) references quota (organisation_id, id)
);
create index price_tier_of_type on price_tier (organisation_id, ticket_type_id, place) where retired_at is null;

create table place_block (
  organisation_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  status text not null check (status in ('ACTIVE', 'RELEASED')),
  -- As those of a hold.
  lines jsonb not null,
  quantity integer not null check (quantity > 0),
  reason text not null,
  blocked_by text not null,
  created_at timestamptz not null default now(),
  released_at timestamptz,
  primary key (organisation_id, id),
  check ((released_at is null) = (status = 'ACTIVE'))
);
create index place_block_of_occurrence on place_block (organisation_id, occurrence_id, created_at);
`;

const names = ['price_tier', 'place_block'];

export class InventoryFeatures1763800400001 implements MigrationInterface {
  readonly name = 'InventoryFeatures1763800400001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.toReversed().join(', ')}`);
  }
}
