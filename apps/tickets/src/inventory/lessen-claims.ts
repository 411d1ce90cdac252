import type { Transaction } from '@marquee/postgres';
import type { QuotaChange } from './capacity.ts';

type Given = {
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly seatId: string | null;
};

/**
 * An order that this transaction has locked gives up the places of some of its sold tickets; answers the counters to
 * move. What was taken of a price tier stays taken: a ticket that comes back is sold again at the price of its day.
 */
export async function lessenClaims(
  tx: Transaction,
  orderId: string,
  tickets: readonly Given[],
): Promise<QuotaChange[]> {
  const places = JSON.stringify(
    tickets.map(({ occurrenceId, ticketTypeId, seatId }) => ({
      occurrence_id: occurrenceId,
      ticket_type_id: ticketTypeId,
      seat_id: seatId,
    })),
  );
  await tx.execute(
    `delete from seat_claim where owner_id = $1 and (occurrence_id, seat_id) in (
       select c.occurrence_id, c.seat_id from seat_claim c
       join jsonb_to_recordset($2) as t(occurrence_id uuid, seat_id uuid)
         on t.occurrence_id = c.occurrence_id and t.seat_id = c.seat_id
       where c.owner_id = $1 order by c.occurrence_id, c.seat_id for update of c)`,
    [orderId, places],
  );
  const rows = await tx.rows<{ quota_id: string; occurrence_id: string; quantity: number }>(
    `with giving as (
       select t.occurrence_id, tq.quota_id, count(*)::integer as quantity
       from jsonb_to_recordset($2) as t(occurrence_id uuid, ticket_type_id uuid)
       join ticket_type_quota tq on tq.ticket_type_id = t.ticket_type_id group by 1, 2),
     emptied as (
       delete from quota_claim c using giving g where c.owner_id = $1 and c.quota_id = g.quota_id
         and c.occurrence_id = g.occurrence_id and c.quantity = g.quantity
       returning c.quota_id, c.occurrence_id, g.quantity),
     lessened as (
       update quota_claim c set quantity = c.quantity - g.quantity from giving g where c.owner_id = $1
         and c.quota_id = g.quota_id and c.occurrence_id = g.occurrence_id and c.quantity > g.quantity
       returning c.quota_id, c.occurrence_id, g.quantity)
     select * from emptied union all select * from lessened`,
    [orderId, places],
  );
  return rows.map(({ quota_id: quotaId, occurrence_id: occurrenceId, quantity }) => ({
    quotaId,
    occurrenceId,
    held: 0,
    sold: -quantity,
  }));
}
