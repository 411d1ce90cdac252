import type { Transaction } from '@marquee/postgres';
import type { Order, OrderLine, OrderStatus, TaxRateFacts } from './order.ts';

export type OrderRow = {
  readonly id: string;
  readonly number: string;
  readonly hold_id: string;
  readonly occurrence_id: string;
  readonly guest_id: string;
  readonly placed_by: string;
  readonly status: OrderStatus;
  readonly quantity: number;
  readonly total_minor: string;
  readonly currency: string;
  readonly paid_minor: string;
  readonly charged_back_minor: string;
  readonly refunded_minor: string;
  readonly expires_at: Date;
  readonly created_at: Date;
  readonly paid_at: Date | null;
};

export function readOrderRow(row: OrderRow): Order {
  const amount = (minor: string) => ({ amountMinor: BigInt(minor), currency: row.currency });
  return {
    id: row.id,
    number: row.number,
    holdId: row.hold_id,
    occurrenceId: row.occurrence_id,
    guestId: row.guest_id,
    placedBy: row.placed_by,
    status: row.status,
    quantity: row.quantity,
    total: amount(row.total_minor),
    // What banks took back is not there to be refunded.
    paid: amount(`${BigInt(row.paid_minor) - BigInt(row.charged_back_minor)}`),
    refunded: amount(row.refunded_minor),
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    paidAt: row.paid_at,
  };
}

/** The order, locked until the transaction ends, and the database's time. */
export async function lockOrder(
  tx: Transaction,
  id: string,
): Promise<{ readonly order: Order; readonly guestEmail: string | null; readonly now: Date } | null> {
  const [row] = await tx.rows<OrderRow & { readonly now: Date; readonly guest_email: string | null }>(
    `select o.*, now() as now, (select email from guest g where g.id = o.guest_id) as guest_email
     from ticket_order o where o.id = $1 for update of o`,
    [id],
  );
  return row ? { order: readOrderRow(row), guestEmail: row.guest_email, now: row.now } : null;
}

/**
 * For reading: an unpaid order whose time is over is shown as expired, whether or not it was tidied up already. One whose
 * deposit is paid never expires: it is paid up or cancelled.
 */
export const orderColumns = `o.id, o.number, o.hold_id, o.occurrence_id, o.guest_id, o.placed_by,
  case when o.status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') and o.expires_at <= now()
      and o.paid_minor = 0 then 'EXPIRED'
    else o.status end as status,
  o.quantity, o.total_minor, o.currency, o.paid_minor, o.charged_back_minor, o.refunded_minor, o.expires_at,
  o.created_at, o.paid_at`;

export async function findOrders(tx: Transaction, ids: readonly string[]): Promise<Order[]> {
  const rows = await tx.rows<OrderRow>(`select ${orderColumns} from ticket_order o where o.id = any($1)`, [
    ids,
  ]);
  return rows.map(readOrderRow);
}

type LineRow = {
  readonly id: string;
  readonly order_id: string;
  readonly hold_id: string;
  readonly occurrence_id: string;
  readonly ticket_type_id: string;
  readonly quantity: number;
  readonly unit_price_minor: string;
  readonly currency: string;
  readonly seat_ids: readonly string[];
  readonly discount_minor: string;
  readonly tax_minor: string;
  readonly net_minor: string;
  readonly tax_rate: TaxRateFacts | null;
};

/** The lines of many orders, each order's in the sequence asked for. */
export async function findLines(tx: Transaction, orderIds: readonly string[]): Promise<OrderLine[]> {
  const rows = await tx.rows<LineRow>(
    `select l.id, l.order_id, l.hold_id, l.occurrence_id, l.ticket_type_id, l.quantity, l.unit_price_minor, o.currency,
            l.seat_ids, l.discount_minor, l.tax_minor, l.tax_rate,
            coalesce(l.net_minor, l.quantity * l.unit_price_minor) as net_minor
     from order_line l join ticket_order o on o.id = l.order_id
     where l.order_id = any($1) order by l.order_id, l.place`,
    [orderIds],
  );
  return rows.map((row) => ({
    id: row.id,
    orderId: row.order_id,
    holdId: row.hold_id,
    occurrenceId: row.occurrence_id,
    ticketTypeId: row.ticket_type_id,
    quantity: row.quantity,
    unitPrice: { amountMinor: BigInt(row.unit_price_minor), currency: row.currency },
    seatIds: row.seat_ids,
    discount: { amountMinor: BigInt(row.discount_minor), currency: row.currency },
    net: { amountMinor: BigInt(row.net_minor), currency: row.currency },
    tax: { amountMinor: BigInt(row.tax_minor), currency: row.currency },
    taxRate: row.tax_rate,
  }));
}
