import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = `check (role in ('OWNER', 'ORGANISER', 'FINANCE', 'BOX_OFFICE', 'SCANNER', 'GUEST'))`;

const tables = `
  -- The tenant itself is one of its own rows: its id is its organisation_id.
  create table organisation (
    organisation_id uuid primary key,
    name text not null check (char_length(name) between 1 and 200),
    -- Roles that must sign in with a second factor.
    second_factor_roles text[] not null default '{}',
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now()
  );

  create table membership (
    organisation_id uuid not null references organisation (organisation_id) on delete cascade,
    id uuid not null,
    account_id uuid not null references account (id),
    role text not null ${role},
    -- Null: all that the role may do.
    scopes text[],
    -- Null: every event.
    event_ids uuid[] check (cardinality(event_ids) between 1 and 100),
    joined_at timestamptz(3) not null default now(),
    primary key (organisation_id, id),
    constraint membership_account unique (organisation_id, account_id)
  );
  create index membership_by_account on membership (account_id);
  create index membership_by_time on membership (organisation_id, joined_at, id);

  create table invitation (
    organisation_id uuid not null references organisation (organisation_id) on delete cascade,
    id uuid not null,
    email text not null check (octet_length(email) <= 254),
    role text not null ${role},
    scopes text[],
    event_ids uuid[] check (cardinality(event_ids) between 1 and 100),
    -- SHA-256 of the token in the mail.
    digest bytea not null unique,
    invited_by text not null,
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    accepted_at timestamptz(3),
    revoked_at timestamptz(3),
    primary key (organisation_id, id)
  );
  create index invitation_by_time on invitation (organisation_id, created_at desc, id desc);

  -- One organisation's part of somebody's being signed in: what a family of tokens stands on.
  create table session (
    organisation_id uuid not null references organisation (organisation_id) on delete cascade,
    id uuid not null,
    account_id uuid not null references account (id),
    -- The grant of the issuer, whose tokens end with it.
    grant_id text not null unique,
    client_id text not null,
    -- How the person proved who it is, as RFC 8176 names it: pwd, otp, hwk, mail, fed.
    methods text[] not null,
    address text,
    agent text,
    created_at timestamptz(3) not null default now(),
    last_used_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    revoked_because text,
    primary key (organisation_id, id)
  );
  create index session_by_account on session (account_id, created_at desc, id desc);

  create table api_key (
    organisation_id uuid not null references organisation (organisation_id) on delete cascade,
    id uuid not null,
    name text not null check (char_length(name) between 1 and 100),
    role text not null ${role},
    scopes text[] not null,
    event_ids uuid[] check (cardinality(event_ids) between 1 and 100),
    -- Addresses and networks (CIDR) that may use it; null: any.
    networks text[] check (cardinality(networks) between 1 and 50),
    created_by text not null,
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3),
    revoked_at timestamptz(3),
    last_used_at timestamptz(3),
    primary key (organisation_id, id)
  );
  create index api_key_by_time on api_key (organisation_id, created_at desc, id desc);

  -- A key has one secret, or two while it is rotated.
  create table api_key_secret (
    organisation_id uuid not null,
    key_id uuid not null,
    -- HMAC-SHA256 under the service's pepper.
    digest bytea primary key,
    prefix text not null,
    last_four text not null,
    created_at timestamptz(3) not null default now(),
    -- Set by a rotation: until when the old secret still works.
    expires_at timestamptz(3),
    foreign key (organisation_id, key_id) references api_key (organisation_id, id) on delete cascade
  );
  create index api_key_secret_by_key on api_key_secret (organisation_id, key_id);

  -- What gateways must stop honouring before it expires by itself. Kept as long as a token may live.
  create table revocation (
    organisation_id uuid not null,
    position bigint generated always as identity,
    kind text not null check (kind in ('session', 'account')),
    -- A session's id, or an account's within the organisation.
    subject uuid not null,
    revoked_at timestamptz(3) not null default now(),
    primary key (position)
  );
  create index revocation_by_time on revocation (revoked_at);
`;

const names = [
  'organisation',
  'membership',
  'invitation',
  'session',
  'api_key',
  'api_key_secret',
  'revocation',
];

export class Organisations1763900700002 implements MigrationInterface {
  readonly name = 'Organisations1763900700002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables);
    for (const name of names) await queryRunner.query(tenantTable(name));
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
