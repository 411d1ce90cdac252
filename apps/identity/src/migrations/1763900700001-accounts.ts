import { systemRole } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People belong to no organisation, so their tables have no tenant; they are closed to every tenant's transaction, and
 * only one in the system scope sees them. What a member may see of a colleague is read there, by the ids of members.
 */
export function globalTable(table: string): string {
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy system on ${table} to ${systemRole} using (true) with check (true);`;
}

const tables = `
  create table account (
    id uuid primary key,
    email text not null check (octet_length(email) <= 254),
    email_key text collate "C" not null generated always as (lower(email collate "C")) stored,
    name text not null check (char_length(name) between 1 and 200),
    email_verified_at timestamptz,
    -- PHC string of argon2id; null for who signs in by other means.
    password_hash text,
    created_at timestamptz(3) not null default now(),
    constraint account_email_key unique (email_key)
  );

  create table passkey (
    id text primary key check (char_length(id) <= 1400),
    account_id uuid not null references account (id) on delete cascade,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null default '{}',
    name text not null check (char_length(name) between 1 and 100),
    created_at timestamptz(3) not null default now(),
    last_used_at timestamptz(3)
  );
  create index passkey_by_account on passkey (account_id);

  create table authenticator (
    account_id uuid primary key references account (id) on delete cascade,
    -- Sealed with the service's secret.
    secret bytea not null,
    confirmed_at timestamptz(3),
    -- The last time step that was used: a code counts once.
    last_step bigint not null default 0
  );

  create table recovery_code (
    account_id uuid not null references account (id) on delete cascade,
    digest bytea not null,
    used_at timestamptz(3),
    primary key (account_id, digest)
  );

  -- Who an external issuer says somebody is.
  create table external_identity (
    issuer text not null,
    subject text not null,
    account_id uuid not null references account (id) on delete cascade,
    linked_at timestamptz(3) not null default now(),
    primary key (issuer, subject)
  );

  -- Links by mail and challenges: good once, for a while.
  create table one_time_secret (
    digest bytea primary key,
    purpose text not null,
    data jsonb not null,
    expires_at timestamptz not null
  );
  create index one_time_secret_by_expiry on one_time_secret (expires_at);

  -- Attempts by what they count against: an address, a network, an account.
  create table attempt (
    subject text not null,
    window_starts timestamptz not null,
    count integer not null,
    primary key (subject, window_starts)
  );

  create table mail (
    id uuid primary key,
    recipient text not null,
    subject text not null,
    body text not null,
    created_at timestamptz(3) not null default now(),
    sent_at timestamptz(3),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null default now()
  );
  create index mail_unsent on mail (next_attempt_at) where sent_at is null;
`;

const names = [
  'account',
  'passkey',
  'authenticator',
  'recovery_code',
  'external_identity',
  'one_time_secret',
  'attempt',
  'mail',
];

export class Accounts1763900700001 implements MigrationInterface {
  readonly name = 'Accounts1763900700001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables);
    for (const name of names) await queryRunner.query(globalTable(name));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      names
        .toReversed()
        .map((name) => `drop table ${name};`)
        .join('\n'),
    );
  }
}
