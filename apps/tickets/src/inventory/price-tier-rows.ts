import type { Transaction } from '@marquee/postgres';
import type { PriceTier } from './price-tier.ts';

type TierRow = {
  readonly id: string;
  readonly ticket_type_id: string;
  readonly occurrence_id: string | null;
  readonly name: string;
  readonly price_minor: string;
  readonly currency: string;
  readonly starts_at: Date | null;
  readonly ends_at: Date | null;
  readonly quota_id: string | null;
  readonly amount: number | null;
  readonly has_bucket: boolean;
  readonly available: number;
  readonly expired: number;
};

/** A type as it is seen through an occurrence; null: through none, then the whole amount is left. */
export type TierKey = { readonly ticketTypeId: string; readonly occurrenceId: string | null };

/** A tier, and what is left of it for one occurrence; `available` says nothing where it is not limited. */
export type TierView = PriceTier &
  TierKey & {
    readonly amount: number | null;
    readonly hasBucket: boolean;
    readonly available: number;
    /** Claimed by what expired, and not in `available`. */
    readonly expired: number;
  };

/** As it is shown; `seen`: through an occurrence, where what is left can be told. */
export type SeenTier = TierView & { readonly seen: boolean };

/** For many types seen through many occurrences in one statement. */
const tiersSql = `
  select p.id, p.ticket_type_id, asked.occurrence_id, p.name, p.price_minor, t.currency, p.starts_at, p.ends_at,
         p.quota_id, q.size as amount, b.quota_id is not null as has_bucket,
         coalesce(b.size - b.held - b.sold, q.size, 0) as available, coalesce((
            select sum(c.quantity) from quota_claim c where c.occurrence_id = asked.occurrence_id
              and c.quota_id = p.quota_id and c.expires_at <= now()), 0)::integer as expired
  from unnest($1::uuid[], $2::uuid[]) as asked (occurrence_id, ticket_type_id)
  join price_tier p on p.ticket_type_id = asked.ticket_type_id and p.retired_at is null
  join ticket_type t on t.id = p.ticket_type_id
  left join quota q on q.id = p.quota_id
  left join quota_bucket b on b.occurrence_id = asked.occurrence_id and b.quota_id = p.quota_id
  order by p.ticket_type_id, p.place`;

export async function findTiers(tx: Transaction, asked: readonly TierKey[]): Promise<TierView[]> {
  const rows = await tx.rows<TierRow>(
    tiersSql,
    [asked.map(({ occurrenceId }) => occurrenceId), asked.map(({ ticketTypeId }) => ticketTypeId)],
    { name: 'find-tiers' },
  );
  return rows.map((row) => ({
    id: row.id,
    ticketTypeId: row.ticket_type_id,
    occurrenceId: row.occurrence_id,
    name: row.name,
    price: { amountMinor: BigInt(row.price_minor), currency: row.currency },
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    quotaId: row.quota_id,
    amount: row.amount,
    hasBucket: row.has_bucket,
    available: row.available,
    expired: row.expired,
  }));
}
