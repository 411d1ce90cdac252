import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Offers to those who wait, and tickets that their holders sell on. An offer is a hold: its places, its expiry and its
 * way to an order are a hold's, so nothing is counted twice. A listing's place stays its seller's until it is paid;
 * `resale_reservation` says which listings a hold (and the order that it becomes) is to get.
 */
const tables = `
create table waitlist_offer (
  organisation_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  hold_id uuid not null,
  status text not null check (status in ('OFFERED', 'CLAIMED', 'EXPIRED', 'REVOKED')),
  offered_at timestamptz not null default now(),
  expires_at timestamptz not null,
  settled_at timestamptz,
  primary key (organisation_id, id),
  constraint waitlist_offer_once_a_hold unique (organisation_id, hold_id),
  foreign key (organisation_id, entry_id) references waitlist_entry (organisation_id, id),
  foreign key (organisation_id, hold_id) references hold (organisation_id, id)
);
create unique index waitlist_offer_one_pending on waitlist_offer (organisation_id, entry_id) where status = 'OFFERED';
create index waitlist_offer_expiry on waitlist_offer (expires_at) where status = 'OFFERED';
create index waitlist_entry_of_guest on waitlist_entry (organisation_id, guest_id, place);
-- The fewest places that anyone in a line wants: asked before every hold.
create index waitlist_entry_least on waitlist_entry (organisation_id, occurrence_id, ticket_type_id, quantity)
  where status = 'WAITING';

create table resale_listing (
  organisation_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  occurrence_id uuid not null,
  ticket_type_id uuid not null,
  seat_id uuid,
  seller_guest_id uuid not null,
  listed_by text not null,
  -- What the seller paid for it: no more can be asked.
  price_minor bigint not null check (price_minor >= 0),
  currency text not null,
  status text not null check (status in ('LISTED', 'SOLD', 'UNLISTED')),
  -- The hold that last reserved it; it counts while that hold, or the order it became, is alive.
  reserved_by uuid,
  sold_order_id uuid,
  place bigint generated always as identity,
  listed_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id),
  check ((sold_order_id is not null) = (status = 'SOLD'))
);
create unique index resale_listing_one_open on resale_listing (organisation_id, ticket_id) where status = 'LISTED';
create index resale_listing_open on resale_listing (organisation_id, occurrence_id, ticket_type_id, place)
  where status = 'LISTED';

create table resale_reservation (
  organisation_id uuid not null,
  hold_id uuid not null,
  listing_id uuid not null,
  primary key (organisation_id, hold_id, listing_id),
  foreign key (organisation_id, listing_id) references resale_listing (organisation_id, id),
  foreign key (organisation_id, hold_id) references hold (organisation_id, id)
);
`;

const names = ['waitlist_offer', 'resale_listing', 'resale_reservation'];

export class Resale1763800700002 implements MigrationInterface {
  readonly name = 'Resale1763800700002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `drop table ${names.toReversed().join(', ')}; drop index waitlist_entry_of_guest; drop index waitlist_entry_least`,
    );
  }
}
