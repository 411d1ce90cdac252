import { privacyQuestionsOf, type ErasureReport } from '@marquee/contracts';
import { tenantTable, type Database, type MigrationClass, type Transaction } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Messaging } from './types.ts';

class ErasureReports implements MigrationInterface {
  readonly name = 'ErasureReports1764000600001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table erasure_report (
        organisation_id uuid not null,
        subject uuid not null,
        -- What went and what stays, in numbers: nothing of the person.
        report jsonb not null,
        erased_at timestamptz(3) not null default clock_timestamp(),
        primary key (organisation_id, subject)
      );
      ${tenantTable('erasure_report')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table erasure_report');
  }
}

/** For the list of migrations of a service that keeps copies of what is personal. */
export const privacyMigrations: readonly MigrationClass[] = [ErasureReports];

/** Who asks, on behalf of the person or of the organisation. */
const askers = 'guests';

/** Keeps what an erasure did here, in its transaction; the first time counts. */
export async function noteErasure(
  tx: Transaction,
  subject: string,
  report: Omit<ErasureReport, 'erasedAt'>,
): Promise<void> {
  await tx.execute(
    `insert into erasure_report (organisation_id, subject, report) values ($1, $2, $3) on conflict do nothing`,
    [tx.organisationId, subject, JSON.stringify(report)],
  );
}

/** What was noted of the erasure of a person; null where nothing was erased here (yet). */
export async function findErasure(tx: Transaction, subject: string): Promise<ErasureReport | null> {
  const [row] = await tx.rows<{ report: Omit<ErasureReport, 'erasedAt'>; erasedAt: Date }>(
    'select report, erased_at as "erasedAt" from erasure_report where subject = $1',
    [subject],
  );
  return row ? { ...row.report, erasedAt: row.erasedAt.toISOString() } : null;
}

/**
 * Answers what the privacy of a person asks of a service: what it has of her (`collect`, as it would be shown to her) and,
 * after an erasure, what of it is gone.
 */
export function answerPrivacy(
  messaging: Pick<Messaging, 'answer'>,
  {
    service,
    database,
    collect,
  }: {
    readonly service: string;
    readonly database: Database;
    readonly collect: (tx: Transaction, guestId: string) => Promise<Readonly<Record<string, unknown>>>;
  },
): void {
  const { erasure, personal } = privacyQuestionsOf(service);
  const read = <A>(asker: string, organisationId: string, work: (tx: Transaction) => Promise<A>) => {
    if (asker !== askers) throw new Error(`what is personal in ${service} is not for ${asker}`);
    return database.read({ organisationId }, work);
  };
  messaging.answer(erasure, ({ guestId }, { organisationId, asker }) =>
    read(asker, organisationId, async (tx) => ({ report: await findErasure(tx, guestId) })),
  );
  messaging.answer(personal, ({ guestId }, { organisationId, asker }) =>
    read(asker, organisationId, async (tx) => ({ data: await collect(tx, guestId) })),
  );
}
