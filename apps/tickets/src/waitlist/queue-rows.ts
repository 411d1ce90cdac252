import type { Transaction } from '@marquee/postgres';
import { findForSale } from '../resale/listing-rows.ts';

/** The line for one ticket type at one occurrence, and what could be given to it now. */
export type Queue = {
  readonly ticketTypeId: string;
  /** Entries that wait. */
  readonly waiting: number;
  /** Places that they want together. */
  readonly wanted: number;
  /** The fewest that any of them wants; null where nobody waits. */
  readonly leastWanted: number | null;
  /** Places that nobody holds, of the scarcest quota. */
  readonly free: number;
  /** Tickets that their holders sell on and nobody is just buying. */
  readonly listed: number;
  /** Offers that are open. */
  readonly offered: number;
};

/**
 * Free places of a type: of its scarcest quota, what neither is sold nor held; what expired counts as free. One row for
 * each of the occurrence's types (or for one).
 */
const queuesSql = `
  select t.id as ticket_type_id, q.waiting, q.wanted, q.least_wanted, q.offered,
    greatest(0, (select min(coalesce(b.size - b.held - b.sold, quota.size) + coalesce((
        select sum(c.quantity) from quota_claim c
        where c.occurrence_id = o.id and c.quota_id = quota.id and c.expires_at <= now()), 0))
      from ticket_type_quota tq join quota on quota.id = tq.quota_id
      left join quota_bucket b on b.occurrence_id = o.id and b.quota_id = quota.id
      where tq.ticket_type_id = t.id))::integer as free
  from occurrence o join ticket_type t on t.event_id = o.event_id
  cross join lateral (
    select count(*) filter (where e.status = 'WAITING')::integer as waiting,
      coalesce(sum(e.quantity) filter (where e.status = 'WAITING'), 0)::integer as wanted,
      min(e.quantity) filter (where e.status = 'WAITING') as least_wanted,
      count(*) filter (where e.status = 'OFFERED' and exists (
        select from waitlist_offer f where f.entry_id = e.id and f.status = 'OFFERED' and f.expires_at > now()
        ))::integer as offered
    from waitlist_entry e
    where e.occurrence_id = o.id and e.ticket_type_id = t.id and e.status in ('WAITING', 'OFFERED')) q
  where o.id = $1 and ($2::uuid is null or t.id = $2) order by t.created_at, t.id`;

type QueueRow = {
  readonly ticket_type_id: string;
  readonly waiting: number;
  readonly wanted: number;
  readonly least_wanted: number | null;
  readonly free: number;
  readonly offered: number;
};

export async function findQueues(
  tx: Transaction,
  occurrenceId: string,
  ticketTypeId: string | null = null,
): Promise<Queue[]> {
  const rows = await tx.rows<QueueRow>(queuesSql, [occurrenceId, ticketTypeId]);
  const listed = await findForSale(tx, occurrenceId, ticketTypeId, 1_000);
  return rows.map((row) => ({
    ticketTypeId: row.ticket_type_id,
    waiting: row.waiting,
    wanted: row.wanted,
    leastWanted: row.least_wanted,
    free: row.free,
    listed: listed.filter((listing) => listing.ticketTypeId === row.ticket_type_id).length,
    offered: row.offered,
  }));
}

const nobody = { waiting: 0, wanted: 0, leastWanted: null, free: 0, listed: 0, offered: 0 };

export async function findQueue(tx: Transaction, occurrenceId: string, ticketTypeId: string): Promise<Queue> {
  return (await findQueues(tx, occurrenceId, ticketTypeId))[0] ?? { ticketTypeId, ...nobody };
}
