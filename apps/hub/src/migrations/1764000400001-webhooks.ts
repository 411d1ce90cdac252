import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `role` and `scopes` are those of who made the endpoint: its payloads are rendered with them. The breaker's state is
 * here so that all workers share it and a restart keeps it; `next_slot_at` is when a rate limit lets the next few go.
 */
const endpoint = `
  create table webhook_endpoint (
    organisation_id uuid not null,
    id uuid not null,
    url text not null check (char_length(url) <= 2000),
    event_types text[] not null check (cardinality(event_types) between 1 and 100),
    pinned_version integer not null,
    filter jsonb,
    selection text,
    ordered boolean not null,
    rate_per_second integer check (rate_per_second between 1 and 1000),
    status text not null default 'ACTIVE' check (status in ('ACTIVE', 'PAUSED', 'DISABLED', 'DELETED')),
    disabled_because text,
    role text not null,
    scopes text[] not null,
    public_key text not null,
    created_by text not null,
    created_at timestamptz(3) not null default now(),
    changed_at timestamptz(3) not null default now(),
    breaker text not null default 'CLOSED' check (breaker in ('CLOSED', 'OPEN')),
    blocked_until timestamptz,
    next_slot_at timestamptz not null default now(),
    failing_since timestamptz,
    exhausted integer not null default 0,
    primary key (organisation_id, id)
  );
  create index webhook_endpoint_active on webhook_endpoint (organisation_id, id) where status = 'ACTIVE';

  -- HMAC secrets (v1) and the seed of the Ed25519 key (v1a), wrapped by the key-encryption key.
  create table webhook_secret (
    organisation_id uuid not null,
    id uuid not null,
    endpoint_id uuid not null,
    kind text not null check (kind in ('v1', 'v1a')),
    key_encryption_key_id text not null,
    wrapped bytea not null,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, endpoint_id) references webhook_endpoint (organisation_id, id) on delete cascade
  );
  create index webhook_secret_of on webhook_secret (organisation_id, endpoint_id);
`;

/**
 * An event that somebody subscribed to, as the text that is sent; and what a selection made of it, once for all who
 * asked for the same with the same scopes. Text, not jsonb: what is signed again must be the same bytes.
 */
const event = `
  create table webhook_event (
    organisation_id uuid not null,
    id uuid not null,
    type text not null,
    occurred_at timestamptz(3) not null,
    envelope text not null,
    primary key (organisation_id, id)
  );
  create table webhook_payload (
    organisation_id uuid not null,
    event_id uuid not null,
    digest bytea not null,
    body text not null,
    primary key (organisation_id, event_id, digest),
    foreign key (organisation_id, event_id) references webhook_event (organisation_id, id) on delete cascade
  );
`;

/**
 * The truth about a delivery. Whoever claims it moves `next_attempt_at` beyond the longest attempt: one that dies is
 * followed by another without anybody noticing. `seq` is the order of endpoints that want one.
 */
const delivery = `
  create table webhook_delivery (
    organisation_id uuid not null,
    id uuid not null,
    seq bigint generated always as identity,
    endpoint_id uuid not null,
    event_id uuid not null,
    event_type text not null,
    occurred_at timestamptz(3) not null,
    status text not null default 'PENDING' check (status in ('PENDING', 'DELIVERED', 'EXHAUSTED')),
    attempts integer not null default 0,
    tries integer not null default 0,
    next_attempt_at timestamptz not null default now(),
    claim uuid,
    created_at timestamptz(3) not null default now(),
    done_at timestamptz,
    primary key (organisation_id, id),
    constraint webhook_delivery_once unique (organisation_id, event_id, endpoint_id),
    foreign key (organisation_id, endpoint_id) references webhook_endpoint (organisation_id, id) on delete cascade,
    foreign key (organisation_id, event_id) references webhook_event (organisation_id, id) on delete cascade
  );
  create index webhook_delivery_due on webhook_delivery (organisation_id, endpoint_id, next_attempt_at)
    where status = 'PENDING';
  create index webhook_delivery_queue on webhook_delivery (organisation_id, endpoint_id, seq) where status = 'PENDING';
  create index webhook_delivery_log on webhook_delivery (organisation_id, endpoint_id, created_at desc, id desc);

  create table webhook_attempt (
    organisation_id uuid not null,
    delivery_id uuid not null,
    number integer not null,
    started_at timestamptz(3) not null,
    duration_ms integer not null,
    status_code integer,
    error text,
    response text check (octet_length(response) <= 65536),
    primary key (organisation_id, delivery_id, number),
    foreign key (organisation_id, delivery_id) references webhook_delivery (organisation_id, id) on delete cascade
  );
`;

const tables = [
  'webhook_endpoint',
  'webhook_secret',
  'webhook_event',
  'webhook_payload',
  'webhook_delivery',
  'webhook_attempt',
];

export class Webhooks1764000400001 implements MigrationInterface {
  readonly name = 'Webhooks1764000400001';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const sql of [endpoint, event, delivery]) await queryRunner.query(sql);
    for (const table of tables) await queryRunner.query(tenantTable(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${tables.toReversed().join(', ')}`);
  }
}
