import { appendOnlyTable, tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tickets and what happens to them after the sale. A ticket is admitted at most once and a seat has at most one live
 * ticket: both by unique index, whatever the code does. Scans are only ever added.
 */
const tables = `
create table ticket (
  organisation_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  order_line_id uuid not null,
  occurrence_id uuid not null,
  ticket_type_id uuid not null,
  guest_id uuid not null,
  seat_id uuid,
  status text not null check (status in ('VALID', 'TRANSFER_PENDING', 'CANCELLED', 'REVOKED')),
  -- Raised by a transfer: credentials of an earlier epoch are worthless.
  credential_epoch integer not null default 1 check (credential_epoch > 0),
  issued_at timestamptz not null default now(),
  cancelled_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id),
  check ((cancelled_at is not null) = (status in ('CANCELLED', 'REVOKED')))
);
create unique index ticket_one_a_seat on ticket (organisation_id, occurrence_id, seat_id)
  where seat_id is not null and status in ('VALID', 'TRANSFER_PENDING');
create index ticket_of_order on ticket (organisation_id, order_id);
create index ticket_of_guest on ticket (organisation_id, guest_id, issued_at desc, id desc);
create index ticket_of_occurrence on ticket (organisation_id, occurrence_id, status);

create table scan (
  organisation_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  ticket_id uuid,
  nonce text not null,
  -- SHA-256 of occurrence and credential: a nonce used again for another reading is refused.
  request_hash text not null,
  result text not null check (result in ('ACCEPTED', 'REJECTED')),
  reason text check (reason in ('ALREADY_ADMITTED', 'UNKNOWN', 'REVOKED', 'WRONG_OCCURRENCE', 'BAD_SIGNATURE')),
  scanned_at timestamptz not null,
  received_at timestamptz not null default now(),
  device_id text not null,
  scanned_by text not null,
  primary key (organisation_id, id),
  constraint scan_nonce unique (organisation_id, nonce),
  check ((reason is null) = (result = 'ACCEPTED')),
  check (ticket_id is not null or result = 'REJECTED')
);
create unique index scan_admits_once on scan (organisation_id, ticket_id) where result = 'ACCEPTED';
create index scan_of_occurrence on scan (organisation_id, occurrence_id, scanned_at);

create table transfer (
  organisation_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  from_guest_id uuid not null,
  offered_by text not null,
  to_email text not null,
  to_guest_id uuid,
  status text not null check (status in ('OFFERED', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'RECALLED')),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id)
);
create unique index transfer_one_offer on transfer (organisation_id, ticket_id) where status = 'OFFERED';
create index transfer_expiry on transfer (expires_at) where status = 'OFFERED';

create table waitlist_entry (
  organisation_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  ticket_type_id uuid not null,
  guest_id uuid not null,
  joined_by text not null,
  quantity integer not null check (quantity > 0),
  status text not null check (status in ('WAITING', 'OFFERED', 'CLAIMED', 'OFFER_EXPIRED', 'REVOKED', 'CANCELLED')),
  -- The order of arrival, fair also between entries of one millisecond.
  place bigint generated always as identity,
  joined_at timestamptz not null default now(),
  primary key (organisation_id, id),
  foreign key (organisation_id, ticket_type_id) references ticket_type (organisation_id, id)
);
create unique index waitlist_entry_once on waitlist_entry (organisation_id, occurrence_id, ticket_type_id, guest_id)
  where status in ('WAITING', 'OFFERED');
create index waitlist_entry_queue on waitlist_entry (organisation_id, occurrence_id, ticket_type_id, place)
  where status = 'WAITING';

-- What is left to do for a cancelled occurrence; worked off in steps that can be taken again.
create table occurrence_cancellation (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  requested_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (organisation_id, occurrence_id)
);
create index occurrence_cancellation_open on occurrence_cancellation (requested_at) where completed_at is null;
`;

const names = ['ticket', 'scan', 'transfer', 'waitlist_entry', 'occurrence_cancellation'];

export class Admission1763700000004 implements MigrationInterface {
  readonly name = 'Admission1763700000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query([tables, ...names.map(tenantTable), appendOnlyTable('scan')].join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.toReversed().join(', ')}`);
  }
}
