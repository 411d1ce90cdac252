import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The highest serial seen of each marketplace's index, by its key; of the platform and no organisation. */
const table = `
  create table marketplace_serial (
    public_key_digest text primary key,
    serial bigint not null,
    seen_at timestamptz(3) not null default now()
  )`;

export class MarketplaceSerial1764001400002 implements MigrationInterface {
  readonly name = 'MarketplaceSerial1764001400002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table marketplace_serial');
  }
}
