import type { MigrationInterface, QueryRunner } from 'typeorm';
import { globalTable } from './1763900700001-accounts.ts';

const tables = `
  -- What the issuer (oidc-provider) keeps: codes, grants, refresh tokens, interactions, browser sessions.
  create table issuer_record (
    model text not null,
    id text not null,
    payload jsonb not null,
    grant_id text,
    uid text,
    user_code text,
    consumed_at timestamptz,
    expires_at timestamptz,
    primary key (model, id)
  );
  create index issuer_record_by_grant on issuer_record (grant_id) where grant_id is not null;
  create index issuer_record_by_uid on issuer_record (model, uid) where uid is not null;
  create index issuer_record_by_expiry on issuer_record (expires_at);

  -- Published from the moment it is made, signing from signs_from, gone after retires_at.
  create table signing_key (
    kid text primary key,
    -- The private key as a JWK, sealed with the service's secret.
    private_key bytea not null,
    public_key jsonb not null,
    created_at timestamptz(3) not null default now(),
    signs_from timestamptz(3) not null,
    retires_at timestamptz(3)
  );
`;

export class Issuer1763900700003 implements MigrationInterface {
  readonly name = 'Issuer1763900700003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables);
    await queryRunner.query(globalTable('issuer_record'));
    await queryRunner.query(globalTable('signing_key'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table signing_key; drop table issuer_record;');
  }
}
