import { appendOnlyTable, tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `guest_fold` is what search and sorting see of a name: lower case and without accents. The builtin collation makes
 * it the same under every operating system and database locale. What is indexed of it is cut, because NFKD may lengthen
 * a name eighteenfold, past what an index row may hold.
 *
 * `email_key` decides who is the same guest: a local part may be case-sensitive (RFC 5321), but no provider in use is,
 * and people do not type theirs the same twice.
 */
const createGuest = `
  create function guest_fold(value text) returns text
    language sql immutable strict parallel safe
    return regexp_replace(lower(normalize(value, NFKD) collate "pg_c_utf8"), '[\\u0300-\\u036f]', '', 'g');

  create table guest (
    organisation_id uuid not null,
    id uuid not null,
    email text not null check (octet_length(email) <= 254),
    email_key text collate "C" not null generated always as (lower(email collate "C")) stored,
    name text not null check (char_length(name) between 1 and 200),
    sort_name text collate "C" not null generated always as (left(guest_fold(name), 100)) stored,
    search_text text not null
      generated always as (left(guest_fold(name), 200) || E'\\n' || lower(email collate "C")) stored,
    locale text not null default 'en',
    phone text,
    preferences jsonb not null default '[]' check (jsonb_typeof(preferences) = 'array'),
    registered_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    constraint guest_email_key unique (organisation_id, email_key)
  );
  -- With the searched text inside, a search reads the index alone until it knows the page.
  create index guest_by_name on guest (organisation_id, sort_name, id) include (search_text);
`;

const createConsent = `
  -- Milliseconds, as a cursor holds them.
  create table consent_record (
    organisation_id uuid not null,
    id uuid not null,
    guest_id uuid not null,
    purpose text not null check (char_length(purpose) between 1 and 100),
    granted boolean not null,
    source text check (char_length(source) <= 200),
    recorded_at timestamptz(3) not null default now(),
    recorded_by text not null,
    primary key (organisation_id, id),
    foreign key (organisation_id, guest_id) references guest (organisation_id, id)
  );
  create index consent_record_by_guest on consent_record (organisation_id, guest_id, recorded_at desc, id desc);
`;

export class GuestsAndConsent1763700000000 implements MigrationInterface {
  readonly name = 'GuestsAndConsent1763700000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(createGuest);
    await queryRunner.query(tenantTable('guest'));
    await queryRunner.query(createConsent);
    await queryRunner.query(tenantTable('consent_record'));
    await queryRunner.query(appendOnlyTable('consent_record'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table consent_record;
      drop table guest;
      drop function guest_fold(text);
    `);
  }
}
