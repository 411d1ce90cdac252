import type { Connection, KeysetPage, Transaction } from '@marquee/postgres';

/** The sum of a day. */
export type ApiUsage = {
  readonly day: Date;
  readonly keyId: string;
  readonly operation: string;
  readonly requests: string;
};

export type UsageFilter = {
  readonly from: Date | null;
  /** Not that day itself. */
  readonly to: Date | null;
  readonly keyId: string | null;
};

/** A page, and what it is a page of. */
export type ApiUsagePage = Connection<ApiUsage> & { readonly filter: UsageFilter };

const fits = `($1::timestamptz is null or day >= ($1 at time zone 'UTC')::date)
  and ($2::timestamptz is null or day < ($2 at time zone 'UTC')::date) and ($3::uuid is null or key_id = $3)`;

/** The newest day first. */
export async function usagePage(
  tx: Transaction,
  { from, to, keyId }: UsageFilter,
  { first, after }: KeysetPage,
): Promise<ApiUsage[]> {
  const [day, afterKey, operation] = after ?? [null, null, null];
  return tx.rows(
    `select day::timestamp at time zone 'UTC' as day, key_id as "keyId", operation, requests from usage_day
      where ${fits} and ($4::timestamptz is null
        or (day, key_id, operation) < (($4 at time zone 'UTC')::date, $5::uuid, $6::text))
      order by usage_day.day desc, key_id desc, operation desc limit $7`,
    [from, to, keyId, day, afterKey, operation, first + 1],
  );
}

export async function usageTotal(tx: Transaction, { from, to, keyId }: UsageFilter): Promise<string> {
  const [sum] = await tx.rows<{ requests: string }>(
    `select coalesce(sum(requests), 0) as requests from usage_day where ${fits}`,
    [from, to, keyId],
  );
  return sum!.requests;
}
