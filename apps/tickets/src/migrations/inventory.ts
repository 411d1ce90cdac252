import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is sold and what is taken of it. A quota is apart from the ticket types that draw on it, so that several types
 * can share one. `quota_bucket` is the judge of contention: one row for each (occurrence, quota) whose counters move in
 * guarded updates; the CHECK is the second net. `quota_claim` and `seat_claim` say who has taken what: an expiry while
 * held, none once sold. The counters are always the sums of the claims.
 */
const tables = `
create table ticket_type (
  organisation_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  name text not null,
  price_minor bigint not null check (price_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  max_per_order integer not null check (max_per_order between 1 and 100),
  section_name text,
  seated boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  constraint ticket_type_name unique (organisation_id, event_id, name),
  check (section_name is not null or not seated)
);

create table quota (
  organisation_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  name text not null,
  size integer not null check (size >= 0),
  primary key (organisation_id, id)
);
create index quota_of_event on quota (organisation_id, event_id);

create table ticket_type_quota (
  organisation_id uuid not null,
  ticket_type_id uuid not null,
  quota_id uuid not null,
  primary key (organisation_id, ticket_type_id, quota_id),
  foreign key (organisation_id, ticket_type_id) references ticket_type (organisation_id, id),
  foreign key (organisation_id, quota_id) references quota (organisation_id, id)
);
create index ticket_type_quota_of_quota on ticket_type_quota (organisation_id, quota_id);

-- fillfactor: the counters change with every sale, and a page with room keeps those updates heap-only.
create table quota_bucket (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  quota_id uuid not null,
  size integer not null,
  held integer not null default 0 check (held >= 0),
  sold integer not null default 0 check (sold >= 0),
  primary key (organisation_id, occurrence_id, quota_id),
  foreign key (organisation_id, quota_id) references quota (organisation_id, id),
  constraint quota_bucket_not_oversold check (held + sold <= size)
) with (fillfactor = 50);

-- owner_id: a hold, and from check-out on its order.
create table quota_claim (
  organisation_id uuid not null,
  owner_id uuid not null,
  quota_id uuid not null,
  occurrence_id uuid not null,
  quantity integer not null check (quantity > 0),
  expires_at timestamptz,
  primary key (organisation_id, owner_id, quota_id)
);
create index quota_claim_held on quota_claim (organisation_id, occurrence_id, expires_at) where expires_at is not null;

create table seat_claim (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  seat_id uuid not null,
  owner_id uuid not null,
  expires_at timestamptz,
  primary key (organisation_id, occurrence_id, seat_id)
);
create index seat_claim_of_owner on seat_claim (organisation_id, owner_id);
create index seat_claim_expiry on seat_claim (expires_at) where expires_at is not null;
`;

const names = ['ticket_type', 'quota', 'ticket_type_quota', 'quota_bucket', 'quota_claim', 'seat_claim'];

export class Inventory1763700000002 implements MigrationInterface {
  readonly name = 'Inventory1763700000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.toReversed().join(', ')}`);
  }
}
