import { actors, guestActor, instant, type LogEntry } from './log.ts';
import { offersLog } from './offers.ts';
import { demoGate } from './rows-check-in.ts';
import { sellingRulesLog } from './selling-rules.ts';
import type { SeedHold, SeedLine, SeedOrder, SeedScan, SeedTicketType, World } from './types.ts';

/** What the ticket service's log holds of the world. */
export function ticketsLog(world: World): LogEntry[] {
  const orderOfHold = new Map(world.orders.map((order) => [order.hold.id, order]));
  return [
    ...world.ticketTypes.map(ticketTypeCreated),
    ...offersLog(world),
    ...sellingRulesLog(world),
    ...world.holds.flatMap((hold) => holdHistory(hold, orderOfHold.get(hold.id))),
    ...world.orders.flatMap(orderHistory),
    ...world.scans.map(ticketScanned),
  ];
}

function ticketTypeCreated(type: SeedTicketType): LogEntry {
  return {
    type: 'tickets.ticket-type-created.v1',
    organisationId: type.organisationId,
    streamId: `ticket-type-${type.id}`,
    atMs: type.createdMs,
    actor: actors.organiser,
    correlationId: type.id,
    data: {
      ticketTypeId: type.id,
      eventId: type.event.id,
      name: type.name,
      price: { amountMinor: String(type.amountMinor), currency: type.currency },
      quotaSize: type.quotaSize,
      maxPerOrder: type.maxPerOrder,
      sectionName: type.section?.name ?? null,
    },
  };
}

function linesData(lines: readonly SeedLine[]) {
  return lines.map((line) => ({
    ticketTypeId: line.ticketType.id,
    quantity: line.quantity,
    seatIds: line.seats.map((seat) => seat.id),
  }));
}

function holdHistory(hold: SeedHold, order: SeedOrder | undefined): LogEntry[] {
  const base = {
    organisationId: hold.organisationId,
    streamId: `hold-${hold.id}`,
    correlationId: order?.id ?? hold.id,
  };
  const shopper = order ? guestActor(order.guest) : actors.shopper;
  const capacity = { holdId: hold.id, occurrenceId: hold.occurrence.id, quantity: hold.quantity };
  const total = { amountMinor: String(hold.totalMinor), currency: hold.currency };
  const placed: LogEntry = {
    ...base,
    type: 'tickets.hold-placed.v1',
    atMs: hold.placedMs,
    actor: shopper,
    data: { ...capacity, lines: linesData(hold.lines), total, expiresAt: instant(hold.expiresMs) },
  };
  if (hold.endedMs === null || hold.status === 'CONVERTED') return [placed];
  const expired = hold.status === 'EXPIRED';
  const ended: LogEntry = {
    ...base,
    type: expired ? 'tickets.hold-expired.v1' : 'tickets.hold-released.v1',
    atMs: hold.endedMs,
    actor: expired ? actors.system : shopper,
    data: capacity,
  };
  return [placed, ended];
}

/** An order's payments and refunds are in the order's own stream; each ticket has one of its own. */
function orderHistory(order: SeedOrder): LogEntry[] {
  const { hold } = order;
  const base = {
    organisationId: order.organisationId,
    streamId: `order-${order.id}`,
    actor: guestActor(order.guest),
    correlationId: order.id,
  };
  const capacity = { orderId: order.id, occurrenceId: hold.occurrence.id, quantity: hold.quantity };
  const facts = {
    ...capacity,
    number: order.number,
    guestId: order.guest.id,
    lines: linesData(hold.lines),
    total: { amountMinor: String(hold.totalMinor), currency: hold.currency },
  };
  const placed: LogEntry = {
    ...base,
    type: 'tickets.order-placed.v1',
    atMs: order.placedMs,
    data: { ...facts, holdId: hold.id, expiresAt: instant(order.expiresMs) },
  };
  return [
    placed,
    ...paymentHistory(order, base),
    ...(order.paidMs === null
      ? []
      : paidHistory(order, base, { ...facts, heldQuantity: hold.quantity }, order.paidMs)),
    ...closedHistory(order, base, capacity),
    ...refundHistory(order, base),
  ];
}

type Base = Pick<LogEntry, 'organisationId' | 'streamId' | 'actor' | 'correlationId'>;

function paymentHistory(order: SeedOrder, base: Base): LogEntry[] {
  return order.payments.flatMap((payment): LogEntry[] => {
    const ids = { paymentId: payment.id, orderId: order.id };
    const amount = { amountMinor: String(payment.amountMinor), currency: order.hold.currency };
    return [
      {
        ...base,
        type: 'tickets.payment-started.v1',
        atMs: payment.startedMs,
        data: { ...ids, provider: 'sandbox', amount },
      },
      payment.status === 'CONFIRMED'
        ? { ...base, type: 'tickets.payment-confirmed.v1', atMs: payment.endedMs, data: { ...ids, amount } }
        : {
            ...base,
            type: 'tickets.payment-failed.v1',
            atMs: payment.endedMs,
            data: { ...ids, reason: 'The card was declined.' },
          },
    ];
  });
}

type PaidData = Extract<LogEntry, { type: 'tickets.order-paid.v1' }>['data'];

function paidHistory(order: SeedOrder, base: Base, data: PaidData, paidMs: number): LogEntry[] {
  return [
    { ...base, type: 'tickets.order-paid.v1', atMs: paidMs, data },
    ...order.tickets.map((ticket): LogEntry => ({
      ...base,
      streamId: `ticket-${ticket.id}`,
      type: 'tickets.ticket-issued.v1',
      atMs: paidMs,
      data: {
        ticketId: ticket.id,
        orderId: order.id,
        occurrenceId: order.hold.occurrence.id,
        ticketTypeId: ticket.ticketType.id,
        guestId: order.guest.id,
        seatId: ticket.seat?.id ?? null,
      },
    })),
  ];
}

function closedHistory(
  order: SeedOrder,
  base: Base,
  capacity: { readonly orderId: string; readonly occurrenceId: string; readonly quantity: number },
): LogEntry[] {
  if (order.closedMs === null) return [];
  return order.status === 'EXPIRED'
    ? [
        {
          ...base,
          actor: actors.system,
          type: 'tickets.order-expired.v1',
          atMs: order.closedMs,
          data: capacity,
        },
      ]
    : [
        {
          ...base,
          type: 'tickets.order-cancelled.v1',
          atMs: order.closedMs,
          data: { ...capacity, reason: 'Changed plans.' },
        },
      ];
}

function refundHistory(order: SeedOrder, base: Base): LogEntry[] {
  const occurrenceId = order.hold.occurrence.id;
  const byOrganiser = { ...base, actor: actors.organiser };
  return order.refunds.flatMap((refund): LogEntry[] => {
    const at = { ...byOrganiser, atMs: refund.atMs };
    const money = {
      orderId: order.id,
      refundId: refund.id,
      amount: { amountMinor: String(refund.amountMinor), currency: order.hold.currency },
    };
    const status = order.status === 'REFUNDED' ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    return [
      ...refund.ticketIds.map((ticketId): LogEntry => ({
        ...at,
        streamId: `ticket-${ticketId}`,
        type: 'tickets.ticket-cancelled.v1',
        data: { ticketId, orderId: order.id, occurrenceId, reason: refund.reason },
      })),
      {
        ...at,
        type: 'tickets.order-refunded.v1',
        data: { ...money, occurrenceId, status, reason: refund.reason },
      },
      { ...at, actor: actors.system, type: 'tickets.refund-settled.v1', data: money },
    ];
  });
}

function ticketScanned(scan: SeedScan): LogEntry {
  return {
    type: 'tickets.ticket-scanned.v1',
    organisationId: scan.organisationId,
    streamId: `ticket-${scan.ticket.id}`,
    atMs: scan.scannedMs,
    actor: actors.scanner,
    correlationId: scan.id,
    data: {
      scanId: scan.id,
      occurrenceId: scan.order.hold.occurrence.id,
      ticketId: scan.ticket.id,
      result: scan.result,
      reason: scan.reason,
      scannedAt: instant(scan.scannedMs),
      listId: scan.order.hold.occurrence.id,
      direction: 'IN',
      gate: demoGate,
      checkedIn: scan.result === 'ACCEPTED' ? 1 : 0,
    },
  };
}
