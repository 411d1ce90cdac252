import type { DomainEvent } from '@marquee/contracts';
import { readStream, streamId } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import { readMoneyData } from '../money-data.ts';
import { foldOrder, type Order, type OrderFact, type OrderStatus, type OrderView } from './order.ts';
import { findOrders, orderColumns, readOrderRow, type OrderRow } from './order-rows.ts';

/** An order now, or as it stood at `asOf`, read from its events; null where it was not placed by then. */
export async function findOrderAsOf(
  tx: Transaction,
  id: string,
  asOf: Date | null,
): Promise<OrderView | null> {
  const [order] = await findOrders(tx, [id]);
  if (!order) return null;
  if (asOf === null) return { ...order, asOf };
  const events = await readStream(tx, streamId('order', id), { asOf });
  const state = foldOrder(events.flatMap(toFact));
  if (!state) return null;
  const { currency } = order.total;
  const waits = ['DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT'].includes(state.status);
  const runOut =
    waits && state.paidMinor === 0n && (state.until ?? firstUntil(events) ?? order.expiresAt) <= asOf;
  return {
    ...order,
    status: runOut ? 'EXPIRED' : state.status,
    paidAt: state.paidAt,
    paid: { amountMinor: state.paidMinor, currency },
    refunded: { amountMinor: state.refundedMinor, currency },
    asOf,
  };
}

function firstUntil(events: readonly DomainEvent[]): Date | null {
  const placed = events.find((event) => event.type === 'tickets.order-placed.v1');
  return placed ? new Date(placed.data.expiresAt) : null;
}

function toFact(event: DomainEvent): OrderFact[] {
  switch (event.type) {
    case 'tickets.order-placed.v1':
      return [{ kind: 'placed', ...(event.data.status && { status: event.data.status }) }];
    case 'tickets.order-submitted.v1':
      return [{ kind: 'waits', status: event.data.status, until: new Date(event.data.expiresAt) }];
    case 'tickets.order-approved.v1':
      return [{ kind: 'waits', status: 'PENDING_PAYMENT', until: new Date(event.data.expiresAt) }];
    case 'tickets.instalment-paid.v1':
      return [
        {
          kind: 'instalment-paid',
          amount: readMoneyData(event.data.amount),
          payBy: new Date(event.data.payBy),
        },
      ];
    case 'tickets.order-paid.v1':
      return [{ kind: 'paid', at: new Date(event.occurredAt), amount: readMoneyData(event.data.total) }];
    case 'tickets.order-refunded.v1':
      return [{ kind: 'refunded', amount: readMoneyData(event.data.amount), status: event.data.status }];
    case 'tickets.refund-failed.v1':
      return [{ kind: 'refund-failed', amount: readMoneyData(event.data.revenueRestored) }];
    case 'tickets.order-expired.v1':
      return [{ kind: 'expired' }];
    case 'tickets.order-cancelled.v1':
      return [{ kind: 'cancelled' }];
    default:
      return [];
  }
}

export type HistoryEntry = { readonly type: string; readonly occurredAt: string; readonly actor: string };

/** What happened to the order up to `asOf`, oldest first. */
export async function readHistory(
  tx: Transaction,
  orderId: string,
  asOf: Date | null,
): Promise<HistoryEntry[]> {
  const events = await readStream(tx, streamId('order', orderId), asOf ? { asOf } : {});
  return events.map(({ type, occurredAt, actor }) => ({ type, occurredAt, actor }));
}

export type OrderQuery = {
  readonly first: number;
  readonly after: readonly string[] | null;
  readonly occurrenceId: string | null;
  readonly status: OrderStatus | null;
  readonly number: string | null;
  readonly guestEmail: string | null;
};

/** A page of the organisation's orders, newest first, and one more so that the caller knows whether more follow. */
export async function findOrderPage(tx: Transaction, query: OrderQuery): Promise<Order[]> {
  const rows = await tx.rows<OrderRow>(
    `select * from (
       select ${orderColumns} from ticket_order o
       where ($1::timestamptz is null or (o.created_at, o.id) < ($1, $2::uuid))
         and ($3::uuid is null or exists (
           select from order_part p where p.order_id = o.id and p.occurrence_id = $3))
         and ($4::text is null or o.number = upper($4))
         and ($5::text is null or o.guest_id in (select id from guest where lower(email) = lower($5)))) as o
     where $6::text is null or status = $6
     order by created_at desc, id desc limit $7`,
    [
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.occurrenceId,
      query.number,
      query.guestEmail,
      query.status,
      query.first + 1,
    ],
  );
  return rows.map(readOrderRow);
}
