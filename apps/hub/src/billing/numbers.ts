import type { Transaction } from '@marquee/postgres';

/**
 * The next number of a series, such as `API-2027-000042`: they count from 1 each year, over all organisations. Whoever
 * takes one holds the series until the commit and gives the number back with a rollback, so that none is missing.
 */
export async function nextNumber(tx: Transaction, series: string, now: Date): Promise<string> {
  const name = `${series}-${now.getUTCFullYear()}`;
  const [row] = await tx.rows<{ last: number }>(
    `insert into billing_series as s (series, last) values ($1, 1)
     on conflict (series) do update set last = s.last + 1 returning last`,
    [name],
  );
  return `${name}-${String(row!.last).padStart(6, '0')}`;
}
