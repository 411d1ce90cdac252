import type { Transaction } from '@marquee/postgres';
import { adoptCancellations, cancellationSaga } from '../occurrences/cancellation-saga.ts';
import { paymentSaga } from '../payments/payment-saga.ts';
import { adoptPayments, adoptWebhooks } from '../payments/tell-payment.ts';
import { adoptRefunds, refundSaga } from '../refunds/refund-saga.ts';
import type { Services } from '../services.ts';

const batchSize = 500;

type Orphaned = { readonly organisationId: string; readonly id: string };

/**
 * Organisations with something open that no saga follows: processes of a version that had none wrote it, before this
 * one started or beside it, while one replaces the other.
 */
export async function findOrphaned(tx: Transaction): Promise<Orphaned[]> {
  return tx.rows<Orphaned>(
    `select distinct organisation_id as "organisationId", organisation_id as id from (
       select organisation_id from payment p where status in ('CREATED', 'PENDING', 'AUTHORIZED') and not exists (
         select from saga s where s.organisation_id = p.organisation_id and s.name = $1 and s.key = p.id::text)
       union all
       select organisation_id from refund r where status in ('CREATED', 'TRANSIT') and not exists (
         select from saga s where s.organisation_id = r.organisation_id and s.name = $2 and s.key = r.id::text)
       union all
       select organisation_id from occurrence_cancellation c where completed_at is null and not exists (
         select from saga s where s.organisation_id = c.organisation_id and s.name = $3
           and s.key = c.occurrence_id::text)
       union all
       select organisation_id from payment_webhook where processed_at is null and handed_over_at is null
     ) as orphaned limit 100`,
    [paymentSaga.name, refundSaga.name, cancellationSaga.name],
  );
}

/** Gives a saga to each. Answers how many there were. */
export async function adopt(
  { database, wakeSagas }: Services,
  scope: { readonly organisationId: string },
): Promise<number> {
  return database.transaction(scope, async (tx) => {
    tx.afterCommit(wakeSagas);
    return (
      (await adoptPayments(tx, batchSize)) +
      (await adoptRefunds(tx, batchSize)) +
      (await adoptWebhooks(tx, batchSize)) +
      (await adoptCancellations(tx, batchSize))
    );
  });
}
