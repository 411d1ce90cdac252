import type { AnswerOf, questions } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';
import { dueMinor } from './platform-invoice.ts';

/** What the organisation owes the platform, by currency. */
export async function readDues(tx: Transaction): Promise<AnswerOf<typeof questions.organisationDues>> {
  const dues = await tx.rows<{ currency: string; invoices: number; amountMinor: string }>(
    `select currency, count(*)::int as invoices, sum(${dueMinor})::text as "amountMinor"
     from platform_invoice where ${dueMinor} > 0 group by currency order by currency`,
  );
  return { dues };
}
