import { quantityOf } from './inventory.ts';
import { actors, guestActor, instant } from './log.ts';
import type { TableRows } from './rows.ts';
import { checkInRows } from './rows-check-in.ts';
import { offersRows } from './offers.ts';
import { inventoryRows } from './rows-inventory.ts';
import { replicaRows } from './rows-replicas.ts';
import { sellingRulesRows } from './selling-rules.ts';
import type { SeedLine, SeedOrder, World } from './types.ts';

/** Rows of the ticket service: its replicas of others' facts, what is sold, and what became of it. */
export function ticketsRows(world: World): TableRows[] {
  return [
    ...replicaRows(world),
    ...inventoryRows(world),
    ...offersRows(world),
    ...sellingRulesRows(world),
    ...salesRows(world),
    ...admissionRows(world),
  ];
}

function lineFacts(line: SeedLine) {
  return {
    ticketTypeId: line.ticketType.id,
    quantity: line.quantity,
    unitPriceMinor: String(line.ticketType.amountMinor),
    seatIds: line.seats.map((seat) => seat.id),
  };
}

function salesRows(world: World): TableRows[] {
  const orderOfHold = new Map(world.orders.map((order) => [order.hold.id, order]));
  return [
    {
      table: 'hold',
      rows: world.holds.map((hold) => {
        const order = orderOfHold.get(hold.id);
        return {
          organisation_id: hold.organisationId,
          id: hold.id,
          occurrence_id: hold.occurrence.id,
          status: hold.status,
          lines: hold.lines.map(lineFacts),
          quantity: hold.quantity,
          total_minor: hold.totalMinor,
          currency: hold.currency,
          placed_by: order ? guestActor(order.guest) : actors.shopper,
          expires_at: instant(hold.expiresMs),
          created_at: instant(hold.placedMs),
        };
      }),
    },
    { table: 'ticket_order', rows: world.orders.map(orderRow) },
    {
      table: 'order_part',
      rows: world.orders.map((order) => ({
        organisation_id: order.organisationId,
        hold_id: order.hold.id,
        order_id: order.id,
        place: 0,
        occurrence_id: order.hold.occurrence.id,
        quantity: quantityOf(order.hold.lines),
        total_minor: order.hold.totalMinor,
        refunded_minor: refundedOf(order),
      })),
    },
    {
      table: 'order_line',
      rows: world.orders.flatMap((order) =>
        order.hold.lines.map((line, place) => ({
          organisation_id: order.organisationId,
          id: line.id,
          order_id: order.id,
          hold_id: order.hold.id,
          occurrence_id: order.hold.occurrence.id,
          place,
          ticket_type_id: line.ticketType.id,
          quantity: line.quantity,
          unit_price_minor: line.ticketType.amountMinor,
          seat_ids: line.seats.map((seat) => seat.id),
        })),
      ),
    },
    ...moneyRows(world),
  ];
}

function refundedOf(order: SeedOrder): number {
  return order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
}

function orderRow(order: SeedOrder) {
  return {
    organisation_id: order.organisationId,
    id: order.id,
    number: order.number,
    hold_id: order.hold.id,
    occurrence_id: order.hold.occurrence.id,
    guest_id: order.guest.id,
    placed_by: guestActor(order.guest),
    status: order.status,
    quantity: quantityOf(order.hold.lines),
    total_minor: order.hold.totalMinor,
    currency: order.hold.currency,
    paid_minor: order.paidMs === null ? 0 : order.hold.totalMinor,
    refunded_minor: refundedOf(order),
    expires_at: instant(order.expiresMs),
    created_at: instant(order.placedMs),
    paid_at: order.paidMs === null ? null : instant(order.paidMs),
  };
}

/** Payments and refunds, and what the sandbox provider remembers of them: seeded orders can be refunded for real. */
function moneyRows(world: World): TableRows[] {
  const payments = world.orders.flatMap((order) => order.payments.map((payment) => ({ order, payment })));
  const refunds = world.orders.flatMap((order) => order.refunds.map((refund) => ({ order, refund })));
  const paymentOf = (order: SeedOrder) =>
    order.payments.find((payment) => payment.status === 'CONFIRMED')?.id;
  return [
    {
      table: 'payment',
      rows: payments.map(({ order, payment }) => ({
        organisation_id: order.organisationId,
        id: payment.id,
        order_id: order.id,
        provider: 'sandbox',
        status: payment.status,
        amount_minor: payment.amountMinor,
        currency: order.hold.currency,
        idempotency_key: `demo-${payment.id}`,
        request_hash: 'demo',
        failure_reason: payment.status === 'FAILED' ? 'The card was declined.' : null,
        created_at: instant(payment.startedMs),
        settled_at: instant(payment.endedMs),
      })),
    },
    {
      table: 'refund',
      rows: refunds.map(({ order, refund }) => ({
        organisation_id: order.organisationId,
        id: refund.id,
        order_id: order.id,
        payment_id: paymentOf(order),
        status: 'DONE',
        amount_minor: refund.amountMinor,
        currency: order.hold.currency,
        reason: refund.reason,
        shares: [
          {
            holdId: order.hold.id,
            occurrenceId: order.hold.occurrence.id,
            amountMinor: String(refund.amountMinor),
          },
        ],
        created_at: instant(refund.atMs),
        settled_at: instant(refund.atMs),
      })),
    },
    {
      table: 'sandbox_charge',
      rows: payments.map(({ order, payment }) => ({
        organisation_id: order.organisationId,
        payment_id: payment.id,
        amount_minor: payment.amountMinor,
        currency: order.hold.currency,
        approved: payment.status === 'CONFIRMED',
        answers_at: instant(payment.endedMs),
      })),
    },
    {
      table: 'sandbox_refund',
      rows: refunds.map(({ order, refund }) => ({
        organisation_id: order.organisationId,
        refund_id: refund.id,
        payment_id: paymentOf(order),
        amount_minor: refund.amountMinor,
      })),
    },
  ];
}

function admissionRows(world: World): TableRows[] {
  return [
    {
      table: 'ticket',
      rows: world.orders.flatMap((order) =>
        order.tickets.map((ticket) => ({
          organisation_id: order.organisationId,
          id: ticket.id,
          order_id: order.id,
          order_line_id: ticket.line.id,
          occurrence_id: order.hold.occurrence.id,
          ticket_type_id: ticket.ticketType.id,
          guest_id: order.guest.id,
          seat_id: ticket.seat?.id ?? null,
          status: ticket.status,
          issued_at: instant(ticket.issuedMs),
          cancelled_at: ticket.cancelledMs === null ? null : instant(ticket.cancelledMs),
        })),
      ),
    },
    ...checkInRows(world),
    {
      table: 'occurrence_cancellation',
      replica: true,
      rows: world.occurrences.flatMap(({ organisationId, id, cancelledMs }) =>
        cancelledMs === null
          ? []
          : [
              {
                organisation_id: organisationId,
                occurrence_id: id,
                requested_at: instant(cancelledMs),
                completed_at: instant(cancelledMs + 3_600_000),
              },
            ],
      ),
    },
  ];
}
