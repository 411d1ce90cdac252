import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Devices that read tickets, with or without network. `changed` is the transaction that wrote a row last: a device that
 * has seen everything up to a snapshot asks for what was written by transactions that were still open then, or came later.
 */
const tables = `
create table check_in_device (
  organisation_id uuid not null,
  id uuid not null,
  name text not null,
  gate text not null,
  list_ids uuid[] not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'ACTIVE', 'REVOKED')),
  -- Ed25519, base64url of 32 bytes.
  public_key text,
  -- SHA-256 of the code; gone once it was used.
  code_hash text,
  code_expires_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  enrolled_at timestamptz,
  revoked_at timestamptz,
  last_seen_at timestamptz,
  -- How far the device's clock was behind the service's when it last synced.
  clock_behind_ms bigint,
  primary key (organisation_id, id),
  check ((public_key is not null) = (enrolled_at is not null)),
  check (status <> 'ACTIVE' or public_key is not null)
);
create unique index check_in_device_code on check_in_device (code_hash) where code_hash is not null;
create index check_in_device_newest on check_in_device (organisation_id, created_at desc, id desc);

-- A batch on its way in, chunk by chunk. Its clock is the device's when the first chunk came.
create table check_in_upload (
  organisation_id uuid not null,
  device_id uuid not null,
  id uuid not null,
  length integer not null check (length > 0),
  body bytea not null default '',
  clock_behind_ms bigint not null,
  begun_at timestamptz not null default clock_timestamp(),
  completed_at timestamptz,
  primary key (organisation_id, device_id, id),
  foreign key (organisation_id, device_id) references check_in_device (organisation_id, id)
);

alter table ticket add column changed xid8 not null default pg_current_xact_id();
alter table admission add column changed xid8 not null default pg_current_xact_id();
create function mark_changed() returns trigger language plpgsql as $$
  begin new.changed := pg_current_xact_id(); return new; end $$;
create trigger ticket_changed before update on ticket for each row execute function mark_changed();
create trigger admission_changed before update on admission for each row execute function mark_changed();
`;
const names = ['check_in_device', 'check_in_upload'];

export class DoorDevices1763900300002 implements MigrationInterface {
  readonly name = 'DoorDevices1763900300002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger ticket_changed on ticket;
      drop trigger admission_changed on admission;
      drop function mark_changed;
      alter table ticket drop column changed;
      alter table admission drop column changed;
      drop table ${names.toReversed().join(', ')}`);
  }
}
