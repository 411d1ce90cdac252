import type { Transaction } from '@marquee/postgres';
import { readOccurrenceRow } from '../occurrences/replicas.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { PriceTier } from '../inventory/price-tier.ts';
import { findTiers } from '../inventory/price-tier-rows.ts';
import { readTerms, termsColumns, type TermsRow } from '../pricing/sale-terms-rows.ts';
import type { Sellable } from './hold.ts';
import type { SeatLook } from './judge-hold.ts';

export type SellableNow = {
  readonly occurrence: Occurrence;
  readonly now: Date;
  readonly types: ReadonlyMap<string, Sellable>;
  /** By quota: what is left as the statement saw it, expired holds counted as free. A view, not a judgement. */
  readonly left: Map<string, number>;
  /** By quota: how many of those left are still claimed by what expired, and must be taken back first. */
  readonly expired: ReadonlyMap<string, number>;
  readonly quotasWithoutBucket: readonly string[];
};

type Row = Parameters<typeof readOccurrenceRow>[0] &
  TermsRow & {
    readonly now: Date;
    readonly type_id: string | null;
    readonly type_name: string;
    readonly price_minor: string;
    readonly currency: string;
    readonly max_per_order: number;
    readonly seated: boolean;
    readonly section_name: string | null;
    readonly quota_id: string;
    readonly has_bucket: boolean;
    readonly available: number;
    readonly expired: number;
    readonly tiered: boolean;
    readonly least_wanted: number | null;
  };

/** All that is needed to judge a hold, in one statement: index look-ups alone. Null where the occurrence is unknown. */
const sellableSql = `
  select o.*, now() as now, t.id as type_id, t.name as type_name, t.price_minor, t.currency, t.max_per_order, t.seated,
         t.section_name, ${termsColumns}, q.id as quota_id, b.quota_id is not null as has_bucket,
         coalesce(b.size - b.held - b.sold, q.size) as available, coalesce((
            select sum(c.quantity) from quota_claim c
            where c.occurrence_id = o.id and c.quota_id = q.id and c.expires_at <= now()), 0)::integer as expired,
         exists (select from price_tier p where p.ticket_type_id = t.id and p.retired_at is null) as tiered, (
            select min(e.quantity) from waitlist_entry e where e.occurrence_id = o.id and e.ticket_type_id = t.id
              and e.status = 'WAITING') as least_wanted
  from occurrence o
  left join (ticket_type t
    join ticket_type_quota tq on tq.ticket_type_id = t.id
    join quota q on q.id = tq.quota_id) on t.event_id = o.event_id and t.id = any($2)
  left join sale_terms s on s.ticket_type_id = t.id
  left join quota_bucket b on b.occurrence_id = o.id and b.quota_id = q.id
  where o.id = $1`;

/**
 * Shares the ticket types until the commit: who changes their prices or quotas waits, and who takes places after that
 * sees the change. The weakest lock there is, so that buyers do not keep each other waiting.
 */
export async function shareTypes(tx: Transaction, ticketTypeIds: readonly string[]): Promise<void> {
  await tx.rows('select id from ticket_type where id = any($1) order by id for key share', [ticketTypeIds], {
    name: 'share-types',
  });
}

export async function findSellable(
  tx: Transaction,
  occurrenceId: string,
  ticketTypeIds: readonly string[],
): Promise<SellableNow | null> {
  const rows = await tx.rows<Row>(sellableSql, [occurrenceId, ticketTypeIds], { name: 'find-sellable' });
  const [first] = rows;
  if (!first) return null;
  const types = new Map<string, MutableSellable>();
  const left = new Map<string, number>();
  const expired = new Map<string, number>();
  const quotasWithoutBucket: string[] = [];
  for (const row of rows) {
    if (row.type_id === null) continue;
    const type = types.get(row.type_id) ?? readSellable(row, row.type_id);
    type.quotaIds.push(row.quota_id);
    types.set(row.type_id, type);
    left.set(row.quota_id, row.available + row.expired);
    expired.set(row.quota_id, row.expired);
    if (!row.has_bucket) quotasWithoutBucket.push(row.quota_id);
  }
  const tiered = [...new Set(rows.flatMap((row) => (row.type_id && row.tiered ? [row.type_id] : [])))];
  const asked = tiered.map((ticketTypeId) => ({ ticketTypeId, occurrenceId }));
  for (const tier of asked.length > 0 ? await findTiers(tx, asked) : []) {
    types.get(tier.ticketTypeId)?.tiers.push(tier);
    if (tier.quotaId === null) continue;
    left.set(tier.quotaId, tier.available + tier.expired);
    expired.set(tier.quotaId, tier.expired);
    if (!tier.hasBucket) quotasWithoutBucket.push(tier.quotaId);
  }
  return { occurrence: readOccurrenceRow(first), now: first.now, types, left, expired, quotasWithoutBucket };
}

type MutableSellable = Sellable & { readonly quotaIds: string[]; readonly tiers: PriceTier[] };

function readSellable(row: Row, id: string): MutableSellable {
  return {
    id,
    name: row.type_name,
    price: { amountMinor: BigInt(row.price_minor), currency: row.currency },
    maxPerOrder: row.max_per_order,
    seated: row.seated,
    sectionName: row.section_name,
    leastWanted: row.least_wanted,
    terms: readTerms(row),
    quotaIds: [],
    tiers: [],
  };
}

/**
 * A look-up for each seat asked for, whatever the planner knows of the tables: planned on an empty `space_seat`, as in a
 * new organisation, a join went through all seats of the space (110 ms for 200 of 5,000 seats, now 2 ms).
 */
const lookAtSeatsSql = `
  select s.id, s.section_name, s.companion_of, c.taken
  from unnest($2::uuid[]) as wanted (id)
  cross join lateral (
    select seat.id, seat.space_id, seat.section_name, seat.companion_of, seat.version from space_seat seat
    where seat.organisation_id = $3 and seat.id = wanted.id offset 0) s
  join occurrence o on o.organisation_id = $3 and o.id = $1
  join space_map m on m.organisation_id = $3 and m.space_id = o.space_id and m.space_id = s.space_id and m.version = s.version
  cross join lateral (
    select exists (
      select from seat_claim claim
      where claim.organisation_id = $3 and claim.occurrence_id = $1 and claim.seat_id = wanted.id
        and (claim.expires_at is null or claim.expires_at > now()) offset 0) as taken) c`;

/** The seats among these that are in the newest map of the space, each with its section and whether someone has it. */
export async function lookAtSeats(
  tx: Transaction,
  occurrenceId: string,
  seatIds: readonly string[],
): Promise<Map<string, SeatLook>> {
  if (seatIds.length === 0) return new Map();
  const rows = await tx.rows<{
    id: string;
    section_name: string;
    companion_of: string | null;
    taken: boolean;
  }>(lookAtSeatsSql, [occurrenceId, `{${seatIds.join()}}`, tx.organisationId], { name: 'look-at-seats' });
  return new Map(
    rows.map((row) => [
      row.id,
      { sectionName: row.section_name, taken: row.taken, companionOf: row.companion_of },
    ]),
  );
}
