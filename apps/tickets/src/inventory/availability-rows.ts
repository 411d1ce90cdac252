import type { Transaction } from '@marquee/postgres';
import type { QuotaLeft } from './availability.ts';
import type { TicketType, TicketTypeView } from './ticket-type.ts';

export type TicketTypeRow = {
  readonly id: string;
  readonly event_id: string;
  readonly name: string;
  readonly price_minor: string;
  readonly currency: string;
  readonly max_per_order: number;
  readonly section_name: string | null;
  readonly seated: boolean;
};

export function readTicketTypeRow(row: TicketTypeRow): TicketType {
  return {
    id: row.id,
    eventId: row.event_id,
    name: row.name,
    price: { amountMinor: BigInt(row.price_minor), currency: row.currency },
    maxPerOrder: row.max_per_order,
    sectionName: row.section_name,
    seated: row.seated,
  };
}

/** What is for sale at one occurrence and what is left of it. */
export type OnSale = {
  readonly onSale: boolean;
  readonly types: readonly { readonly type: TicketTypeView; readonly quotas: readonly QuotaLeft[] }[];
};

/**
 * For many occurrences at once, in one statement whatever their number: `availability` and `ticketTypes` of a page of
 * 50 occurrences cost this and nothing else. Hidden types are not listed. What expired is counted as free before any sweeper has seen it.
 */
const onSaleSql = `
  select o.id as occurrence_id,
         o.status = 'SCHEDULED' and o.event_status = 'PUBLISHED' and o.ends_at > now() as on_sale,
         t.id, t.event_id, t.name, t.price_minor, t.currency, t.max_per_order, t.section_name, t.seated,
         q.id as quota_id, coalesce(b.size, q.size) as size,
         greatest(0, coalesce(b.size - b.held - b.sold, q.size) + coalesce(expired.quantity, 0))::integer as available,
         (select min(e.quantity) from waitlist_entry e where e.occurrence_id = o.id and e.ticket_type_id = t.id
            and e.status = 'WAITING') as least_wanted
  from occurrence o
  left join (ticket_type t
    join ticket_type_quota tq on tq.ticket_type_id = t.id
    join quota q on q.id = tq.quota_id) on t.event_id = o.event_id
      and not exists (select from sale_terms s where s.ticket_type_id = t.id and s.hidden)
  left join quota_bucket b on b.occurrence_id = o.id and b.quota_id = q.id
  left join lateral (
    select sum(c.quantity) as quantity from quota_claim c
    where c.occurrence_id = o.id and c.quota_id = q.id and c.expires_at <= now()) expired on b.held > 0
  where o.id = any($1)
  order by t.created_at, t.id`;

type OnSaleRow = Omit<TicketTypeRow, 'id'> & {
  readonly occurrence_id: string;
  readonly on_sale: boolean;
  readonly id: string | null;
  readonly quota_id: string;
  readonly size: number;
  readonly available: number;
  readonly least_wanted: number | null;
};

export async function findOnSale(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<ReadonlyMap<string, OnSale>> {
  const rows = await tx.rows<OnSaleRow>(onSaleSql, [occurrenceIds], { name: 'find-on-sale' });
  const found = new Map<
    string,
    { onSale: boolean; types: { type: TicketTypeView; quotas: QuotaLeft[] }[] }
  >();
  for (const row of rows) {
    const { occurrence_id: occurrenceId, id } = row;
    const entry = found.get(occurrenceId) ?? { onSale: row.on_sale, types: [] };
    found.set(occurrenceId, entry);
    if (id === null) continue;
    const quota = { quotaId: row.quota_id, size: row.size, available: row.available };
    const known = entry.types.find(({ type }) => type.id === id);
    if (known) known.quotas.push(quota);
    else entry.types.push({ type: { ...readTicketTypeRow({ ...row, id }), occurrenceId }, quotas: [quota] });
  }
  const leastWanted = new Map(rows.map((row) => [`${row.occurrence_id} ${row.id}`, row.least_wanted]));
  for (const [occurrenceId, { types }] of found) {
    for (const entry of types) {
      const least = leastWanted.get(`${occurrenceId} ${entry.type.id}`) ?? null;
      // What suffices for someone on the waitlist is kept for them, and so cannot be had.
      if (least !== null && entry.quotas.every(({ available }) => available >= least))
        entry.quotas = entry.quotas.map((quota) => ({ ...quota, available: 0 }));
    }
  }
  return found;
}

export async function findTicketTypes(tx: Transaction, ids: readonly string[]): Promise<TicketType[]> {
  const rows = await tx.rows<TicketTypeRow>('select * from ticket_type where id = any($1)', [ids]);
  return rows.map(readTicketTypeRow);
}

export async function findTicketTypesOfEvents(
  tx: Transaction,
  eventIds: readonly string[],
): Promise<TicketType[]> {
  const rows = await tx.rows<TicketTypeRow>(
    'select * from ticket_type where event_id = any($1) order by created_at, id',
    [eventIds],
  );
  return rows.map(readTicketTypeRow);
}

export type SeatStatusRow = {
  readonly occurrenceId: string;
  readonly seatId: string;
  readonly status: 'AVAILABLE' | 'HELD' | 'BLOCKED' | 'SOLD';
};

/**
 * Every seat of the newest map of each occurrence's space, and seats of an earlier map that are still held or sold.
 * One index scan of the seats and one of the claims an occurrence, joined by hash.
 */
const seatStatusesSql = `
with claim as (
  select occurrence_id, seat_id, case when expires_at is null then 'SOLD' when expires_at = 'infinity' then 'BLOCKED' else 'HELD' end as status
  from seat_claim where occurrence_id = any($1) and (expires_at is null or expires_at > now())
), seat as (
  select occurrence.id as occurrence_id, space_seat.id as seat_id
  from occurrence join space_map using (organisation_id, space_id)
    join space_seat using (organisation_id, space_id, version)
  where occurrence.id = any($1)
)
select occurrence_id, seat_id, coalesce(status, 'AVAILABLE') as status
from seat full join claim using (occurrence_id, seat_id)`;

export async function findSeatStatuses(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<SeatStatusRow[]> {
  const rows = await tx.rows<{ occurrence_id: string; seat_id: string; status: SeatStatusRow['status'] }>(
    seatStatusesSql,
    [occurrenceIds],
  );
  return rows.map((row) => ({ occurrenceId: row.occurrence_id, seatId: row.seat_id, status: row.status }));
}
