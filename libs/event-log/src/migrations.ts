import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnlyTable, tenantTable, type MigrationClass } from '@marquee/postgres';
import { SubjectKeys } from './encryption/migration.ts';
import { EventChain } from './integrity/migration.ts';
import { LeanIndexes, LeanStreams } from './lean-indexes.ts';
import { EventProjections } from './projections/migration.ts';

class EventLog implements MigrationInterface {
  readonly name = 'EventLog1763600000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table event_stream (
        organisation_id uuid not null,
        stream_id text not null check (length(stream_id) between 1 and 200),
        -- of the newest event
        version integer not null check (version > 0),
        last_tx xid8 not null,
        primary key (organisation_id, stream_id)
      );
      ${tenantTable('event_stream')}

      create table event_log (
        global_position bigint generated always as identity primary key,
        event_id uuid not null unique,
        organisation_id uuid not null,
        stream_id text not null,
        version integer not null,
        type text not null,
        data jsonb not null,
        -- Milliseconds, as the event carries it: what is shown as .123 must be found by a search up to .123.
        -- The wall clock, not now(): taken while the stream is locked, it never runs against the versions.
        occurred_at timestamptz(3) not null default date_trunc('milliseconds', clock_timestamp()),
        correlation_id text not null,
        actor text not null,
        traceparent text,
        -- The reader's first sort key: the writing transaction, or a later one that wrote this stream before it.
        tx xid8 not null default pg_current_xact_id(),
        unique (organisation_id, stream_id, version)
      );
      create index event_log_order on event_log (tx, global_position);
      ${tenantTable('event_log')}
      ${appendOnlyTable('event_log')}

      create function event_log_refuse(stream_id text, expected integer, actual integer) returns integer
      language plpgsql as $$
      begin
        raise exception 'stream % is at version %, not at %', stream_id, actual, expected
          using errcode = 'MQ409', detail = actual::text;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function event_log_refuse; drop table event_log; drop table event_stream');
  }
}

/**
 * What the feeds of a category, of types and of a correlation find their events by. The category is a stored column and
 * not an index on an expression: under row-level security only leak-proof conditions reach an index, and `left` is none.
 */
class EventLogFeeds implements MigrationInterface {
  readonly name = 'EventLogFeeds1763600000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- order-0197…: all but the hyphen and the 36 characters of the uuid
      alter table event_log add column category text not null generated always as (left(stream_id, -37)) stored;
      create index event_log_category on event_log (category, tx, global_position);
      create index event_log_type on event_log (type, tx, global_position);
      create index event_log_correlation on event_log (correlation_id);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index event_log_correlation, event_log_type, event_log_category;
      alter table event_log drop column category`);
  }
}

class EventSnapshots implements MigrationInterface {
  readonly name = 'EventSnapshots1763600000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table event_snapshot (
        organisation_id uuid not null,
        stream_id text not null,
        -- of the state's shape
        schema_version integer not null check (schema_version > 0),
        -- of the last event in the state, and when that happened
        version integer not null check (version > 0),
        occurred_at timestamptz(3) not null,
        -- the full snapshot that this one is the difference from; null: this one is full
        base_version integer check (base_version < version),
        -- zstd of the state as JSON
        state bytea not null,
        state_bytes integer not null,
        -- SHA-256 of the JSON and its place
        checksum bytea not null,
        taken_at timestamptz not null default clock_timestamp(),
        primary key (organisation_id, stream_id, schema_version, version)
      );
      -- it is compressed already
      alter table event_snapshot alter column state set storage external;
      ${tenantTable('event_snapshot')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table event_snapshot');
  }
}

/** The log's tables, for a service's list of migrations. */
export const eventLogMigrations: readonly MigrationClass[] = [
  EventLog,
  EventLogFeeds,
  EventSnapshots,
  EventChain,
  SubjectKeys,
  LeanIndexes,
  EventProjections,
  LeanStreams,
];
