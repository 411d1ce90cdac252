import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { ConsentAnswer, ConsentRecord } from './consent.ts';

const columns = `c.id, c.guest_id as "guestId", c.purpose, c.granted, c.source, c.recorded_at as "recordedAt"`;

/**
 * The caller holds the guest's lock. `clock_timestamp()`, because the transaction's own time may be older than a record
 * that it waited for; and later than that record by at least the millisecond that tells them apart.
 */
export async function insertConsent(
  tx: Transaction,
  consent: ConsentAnswer & { readonly id: string; readonly recordedBy: string },
): Promise<void> {
  await tx.execute(
    `insert into consent_record (organisation_id, id, guest_id, purpose, granted, source, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6,
             greatest(clock_timestamp(), (select max(recorded_at) + interval '1 ms' from consent_record where guest_id = $3)),
             $7)`,
    [
      tx.organisationId,
      consent.id,
      consent.guestId,
      consent.purpose,
      consent.granted,
      consent.source,
      consent.recordedBy,
    ],
  );
}

export async function countConsents(tx: Transaction, guestId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    'select count(*)::int as count from consent_record where guest_id = $1',
    [guestId],
  );
  return row!.count;
}

/** The record that holds now for each purpose of each guest. */
export async function currentConsents(
  tx: Transaction,
  guestIds: readonly string[],
): Promise<ConsentRecord[]> {
  return tx.rows<ConsentRecord>(
    `select distinct on (c.guest_id, c.purpose) ${columns} from consent_record c
      where c.guest_id = any($1::uuid[])
      order by c.guest_id, c.purpose, c.recorded_at desc, c.id desc`,
    [guestIds],
  );
}

export type ListedConsent = ConsentRecord & { readonly parentId: string };

/** For each guest a page of its records, newest first, and one more where there is one. One statement for all. */
export async function consentHistories(
  tx: Transaction,
  guestIds: readonly string[],
  { first, after }: KeysetPage,
): Promise<ListedConsent[]> {
  const [recordedAt, id] = after ?? [null, null];
  return tx.rows<ListedConsent>(
    `select h.*, h."guestId" as "parentId" from unnest($1::uuid[]) as g (id), lateral (
       select ${columns} from consent_record c
        where c.guest_id = g.id
          and ($2::timestamptz is null or (c.recorded_at, c.id) < ($2, $3::uuid))
        order by c.recorded_at desc, c.id desc limit $4) h
      order by h."guestId", h."recordedAt" desc, h.id desc`,
    [guestIds, recordedAt, id, first + 1],
  );
}

/** Records with the address of their guest, which decides who may read them. */
export async function consentsById(
  tx: Transaction,
  ids: readonly string[],
): Promise<(ConsentRecord & { readonly email: string })[]> {
  return tx.rows(
    `select ${columns}, g.email from consent_record c
       join guest g on g.organisation_id = c.organisation_id and g.id = c.guest_id
      where c.id = any($1::uuid[])`,
    [ids],
  );
}
