import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnlyTable, tenantTable } from '@marquee/postgres';

/**
 * What the sealing pass writes beside the log. `event_chain`: each event's place and hash in its tenant's chain, and
 * enough of its name to say what is missing once it is. `event_chain_node`: roots of Merkle subtrees of 256, 65,536, …
 * events, so that a proof reads hundreds of rows and not all. `event_chain_tip`: where a tenant's chain ends.
 * `event_chain_head`: what was signed.
 */
export class EventChain implements MigrationInterface {
  readonly name = 'EventChain1763600000010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table event_chain (
        organisation_id uuid not null,
        -- from 0: the leaf's index in the tree
        sequence bigint not null check (sequence >= 0),
        position bigint not null unique,
        event_id uuid not null,
        stream_id text not null,
        version integer not null,
        hash bytea not null check (length(hash) = 32),
        primary key (organisation_id, sequence)
      );
      ${tenantTable('event_chain')}
      ${appendOnlyTable('event_chain')}

      create table event_chain_node (
        organisation_id uuid not null,
        level smallint not null check (level > 0 and level % 8 = 0),
        index bigint not null,
        hash bytea not null check (length(hash) = 32),
        primary key (organisation_id, level, index)
      );
      ${tenantTable('event_chain_node')}
      ${appendOnlyTable('event_chain_node')}

      create table event_chain_tip (
        organisation_id uuid primary key,
        size bigint not null check (size > 0),
        hash bytea not null,
        -- roots of the perfect subtrees at the right edge, largest first
        frontier bytea[] not null,
        -- of the newest sealed event; the greatest of all tenants is where the next pass begins
        tx xid8 not null,
        position bigint not null,
        signed_size bigint not null default 0
      );
      create index event_chain_tip_unsigned on event_chain_tip (organisation_id) where signed_size < size;
      ${tenantTable('event_chain_tip')}

      create table event_chain_head (
        organisation_id uuid not null,
        size bigint not null check (size > 0),
        key_id text not null,
        log text not null,
        root text not null,
        signed_at timestamptz(3) not null,
        signature text not null,
        primary key (organisation_id, size, key_id)
      );
      ${tenantTable('event_chain_head')}
      ${appendOnlyTable('event_chain_head')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table event_chain_head, event_chain_tip, event_chain_node, event_chain');
  }
}
