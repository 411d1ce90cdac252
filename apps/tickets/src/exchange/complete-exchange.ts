import type { StreamAppend } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { QuotaChange } from '../inventory/capacity.ts';
import { lessenClaims } from '../inventory/lessen-claims.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import { findAnswersOfOrders, keepAnswers } from '../questions/question-rows.ts';
import { findValue, lockExchangeable, moveTicket, type Exchangeable } from './exchanged-ticket.ts';

/** An exchange that is just being paid: its ticket has given up its old place, and these counters are to be moved. */
export type PaidExchange = Exchangeable & { readonly changes: readonly QuotaChange[] };

/**
 * For an order whose payment is being confirmed, and that is locked with that of its ticket. 'none': it is an order like
 * any other. 'gone': its ticket was scanned, given away, refunded or exchanged meanwhile; then the money goes back.
 */
export async function beginPaidExchange(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
): Promise<PaidExchange | 'none' | 'gone'> {
  const [row] = await tx.rows<{ ticket_id: string; place: number }>(
    'select ticket_id, place from exchange_order where order_id = $1',
    [order.id],
  );
  if (!row) return 'none';
  const mine = ({ ticket }: Exchangeable['holder']) => ticket.guestId === order.guestId;
  const found = await lockExchangeable(tx, row.ticket_id, mine);
  if (!found.ok || found.value.held.exchanges + 1 !== row.place) return 'gone';
  const { ticket } = found.value.holder;
  await lockSeats(tx, [ticket, targetOf(lines)]);
  return { ...found.value, changes: await lessenClaims(tx, ticket.orderId, [ticket]) };
}

function targetOf(lines: readonly OrderLine[]) {
  const [line] = lines;
  assert(line, 'the order of an exchange has a line');
  const { occurrenceId, ticketTypeId, seatIds } = line;
  return { occurrenceId, ticketTypeId, seatId: seatIds[0] ?? null };
}

/** Both seats in the order of capacity.ts, before either changes hands. */
async function lockSeats(
  tx: Transaction,
  places: readonly { readonly occurrenceId: string; readonly seatId: string | null }[],
): Promise<void> {
  const seated = places.filter(({ seatId }) => seatId !== null);
  if (seated.length < 2) return;
  await tx.rows(
    `select c.seat_id from seat_claim c join unnest($1::uuid[], $2::uuid[]) as s(occurrence_id, seat_id)
       on s.occurrence_id = c.occurrence_id and s.seat_id = c.seat_id
     order by c.occurrence_id, c.seat_id for update of c`,
    [seated.map(({ occurrenceId }) => occurrenceId), seated.map(({ seatId }) => seatId)],
  );
}

/** The place that the order has bought becomes the ticket's, and so its own order's, with what was answered for it. */
export async function completePaidExchange(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
  exchange: PaidExchange,
): Promise<StreamAppend> {
  const { ticket } = exchange.holder;
  const { line } = exchange.held;
  await tx.execute(
    `with seated as (update seat_claim set owner_id = $2 where owner_id = $1),
     given as (delete from quota_claim where owner_id = $1 returning quota_id, occurrence_id, quantity)
     insert into quota_claim as own (organisation_id, owner_id, quota_id, occurrence_id, quantity)
     select $3, $2, quota_id, occurrence_id, quantity from given
     on conflict (organisation_id, owner_id, quota_id, occurrence_id)
       do update set quantity = own.quantity + excluded.quantity`,
    [order.id, ticket.orderId, tx.organisationId],
  );
  const answers = await findAnswersOfOrders(tx, [order.id]);
  await keepAnswers(
    tx,
    ticket.orderId,
    answers.map((answer) => ({ ...answer, lineId: line.id, place: line.place })),
  );
  const { valueMinor } = await findValue(tx, exchange);
  return moveTicket(tx, exchange, targetOf(lines), {
    priceMinor: lines[0]!.unitPrice.amountMinor,
    valueMinor: valueMinor + order.total.amountMinor,
    refundIds: [],
  });
}
