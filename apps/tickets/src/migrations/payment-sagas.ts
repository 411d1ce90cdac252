import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhooks are handed over to the payment's saga in the transaction that keeps them. Those without a time were kept by
 * an earlier version; `src/upkeep/adopt.ts` hands them over.
 */
export class PaymentSagas1763900200002 implements MigrationInterface {
  readonly name = 'PaymentSagas1763900200002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table payment_webhook add column handed_over_at timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table payment_webhook drop column handed_over_at');
  }
}
