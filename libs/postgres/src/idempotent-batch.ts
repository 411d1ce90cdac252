import { accept, type IdempotencyConflict, type Outcome } from '@marquee/kernel';
import { fromStored, idempotencyConflict, requestHash, toStored } from './idempotency.ts';
import type { Transaction } from './transaction.ts';

/**
 * What `idempotent` does for one request, in pieces for a transaction that does the work of many: the transaction looks
 * what has been answered already (`findOutcomes`), and inserts into `idempotency_key` what it answers, `on conflict do
 * nothing`, in the order of subject and key. A row that it could not insert means that another transaction has used the
 * key since the look: roll back and begin anew.
 */
export type KeyedRequest = {
  readonly subject: string;
  /** 1 to 200 characters. */
  readonly key: string;
  /** Of the request without its key, by `requestHash`. */
  readonly hash: string;
};

/** What was answered before, by the place in `asked`; a key that was never used has no entry. */
export async function findOutcomes<T>(
  tx: Transaction,
  operation: string,
  asked: readonly KeyedRequest[],
): Promise<ReadonlyMap<number, Outcome<T, IdempotencyConflict>>> {
  const wanted = JSON.stringify(asked.map(({ subject, key }, place) => ({ place, subject, key })));
  const rows = await tx.rows<{ place: number; request_hash: string; outcome: string }>(
    `select place, request_hash, outcome::text
     from jsonb_to_recordset($3::jsonb) as asked (place integer, subject text, key text)
     join idempotency_key k on k.organisation_id = $1 and k.operation = $2
       and k.subject = asked.subject and k.key = asked.key`,
    [tx.organisationId, operation, wanted],
    { name: 'find-outcomes' },
  );
  return new Map(
    rows.map((row) => [
      row.place,
      row.request_hash === asked[row.place]!.hash
        ? accept(fromStored<T>(row.outcome))
        : idempotencyConflict(),
    ]),
  );
}

/** The JSON that `idempotency_key.outcome` keeps of a value. */
export const storedOutcome = toStored;
export { idempotencyConflict, requestHash };
