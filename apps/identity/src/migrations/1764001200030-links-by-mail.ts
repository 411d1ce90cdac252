import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the link that a mail on its way is about. */
export class LinksByMail1764001200030 implements MigrationInterface {
  readonly name = 'LinksByMail1764001200030';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'create index order_link_by_mail on order_link (mail_id) where mail_id is not null',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index order_link_by_mail');
  }
}
