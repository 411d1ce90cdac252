import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What else is to be known of a seat, as its newest version has it. Earlier versions' documents just do not say. */
const up = `
alter table seat
  add column companion_of uuid,
  add column restricted_view boolean not null default false,
  add column aisle_after boolean not null default false;
`;

export class SeatTraits1763900400001 implements MigrationInterface {
  readonly name = 'SeatTraits1763900400001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(up);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'alter table seat drop column companion_of, drop column restricted_view, drop column aisle_after',
    );
  }
}
