import { Type } from 'typebox';
import { count, instant, money, nullable, text, uuid } from './schemas.ts';

const line = Type.Object({ ticketTypeId: uuid, quantity: count, seatIds: Type.Array(uuid, { maxItems: 100 }) });
const lines = Type.Array(line, { maxItems: 50 });
/** What a projection needs to move capacity between "available", "held" and "sold". */
const capacity = { occurrenceId: uuid, quantity: count };

export const ticketsEvents = {
  'tickets.ticket-type-created.v1': Type.Object({
    ticketTypeId: uuid,
    eventId: uuid,
    name: text(100),
    price: money,
    quotaSize: count,
    maxPerOrder: count,
    sectionName: nullable(text(100)),
  }),
  /** held += quantity */
  'tickets.hold-placed.v1': Type.Object({ holdId: uuid, ...capacity, lines, total: money, expiresAt: instant }),
  /** held -= quantity */
  'tickets.hold-released.v1': Type.Object({ holdId: uuid, ...capacity }),
  /** held -= quantity */
  'tickets.hold-expired.v1': Type.Object({ holdId: uuid, ...capacity }),
  /** The hold became this order; its capacity stays held until the order is paid, expires or is cancelled. */
  'tickets.order-placed.v1': Type.Object({
    orderId: uuid,
    number: text(20),
    holdId: uuid,
    guestId: uuid,
    ...capacity,
    lines,
    total: money,
    expiresAt: instant,
  }),
  /** held -= heldQuantity (0 where the capacity was taken anew after expiry), sold += quantity, revenue += total */
  'tickets.order-paid.v1': Type.Object({
    orderId: uuid,
    number: text(20),
    guestId: uuid,
    ...capacity,
    heldQuantity: count,
    lines,
    total: money,
  }),
  /** held -= quantity */
  'tickets.order-expired.v1': Type.Object({ orderId: uuid, ...capacity }),
  /** held -= quantity */
  'tickets.order-cancelled.v1': Type.Object({ orderId: uuid, ...capacity, reason: nullable(text(500)) }),
  /** revenue -= amount */
  'tickets.order-refunded.v1': Type.Object({
    orderId: uuid,
    occurrenceId: uuid,
    refundId: uuid,
    amount: money,
    status: Type.Union([Type.Literal('PARTIALLY_REFUNDED'), Type.Literal('REFUNDED')]),
    reason: nullable(text(500)),
  }),
  'tickets.payment-started.v1': Type.Object({ paymentId: uuid, orderId: uuid, provider: text(50), amount: money }),
  'tickets.payment-confirmed.v1': Type.Object({ paymentId: uuid, orderId: uuid, amount: money }),
  'tickets.payment-failed.v1': Type.Object({ paymentId: uuid, orderId: uuid, reason: text(500) }),
  /**
   * The provider said yes when the places were gone (the order had expired or its occurrence was cancelled): the money
   * goes back by itself. Neither sold nor revenue change: the order was never paid.
   */
  'tickets.payment-returned.v1': Type.Object({
    paymentId: uuid,
    orderId: uuid,
    refundId: uuid,
    amount: money,
    reason: text(500),
  }),
  /** The money has arrived where it came from. Nothing that is counted changes: order-refunded did that. */
  'tickets.refund-settled.v1': Type.Object({ refundId: uuid, orderId: uuid, amount: money }),
  /** The provider refused to give it back. revenue += revenueRestored (zero for a returned payment) */
  'tickets.refund-failed.v1': Type.Object({
    refundId: uuid,
    orderId: uuid,
    occurrenceId: uuid,
    amount: money,
    revenueRestored: money,
    reason: text(500),
  }),
  'tickets.ticket-issued.v1': Type.Object({
    ticketId: uuid,
    orderId: uuid,
    occurrenceId: uuid,
    ticketTypeId: uuid,
    guestId: uuid,
    seatId: nullable(uuid),
  }),
  /** sold -= 1 */
  'tickets.ticket-cancelled.v1': Type.Object({ ticketId: uuid, orderId: uuid, occurrenceId: uuid, reason: nullable(text(500)) }),
  'tickets.transfer-offered.v1': Type.Object({
    transferId: uuid,
    ticketId: uuid,
    occurrenceId: uuid,
    toEmail: text(254),
    expiresAt: instant,
  }),
  'tickets.transfer-accepted.v1': Type.Object({ transferId: uuid, ticketId: uuid, occurrenceId: uuid, guestId: uuid }),
  /** The offer ended without a new holder; the ticket stays with the old one (or was cancelled meanwhile). */
  'tickets.transfer-closed.v1': Type.Object({
    transferId: uuid,
    ticketId: uuid,
    occurrenceId: uuid,
    status: Type.Union([Type.Literal('DECLINED'), Type.Literal('EXPIRED'), Type.Literal('RECALLED')]),
  }),
  'tickets.waitlist-joined.v1': Type.Object({
    entryId: uuid,
    occurrenceId: uuid,
    ticketTypeId: uuid,
    guestId: uuid,
    quantity: count,
  }),
  /** checkedIn += 1 where the result is ACCEPTED */
  'tickets.ticket-scanned.v1': Type.Object({
    scanId: uuid,
    occurrenceId: uuid,
    ticketId: nullable(uuid),
    result: Type.Union([Type.Literal('ACCEPTED'), Type.Literal('REJECTED')]),
    reason: nullable(text(50)),
    scannedAt: instant,
  }),
};
