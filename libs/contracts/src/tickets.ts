import { Type } from 'typebox';
import { count, encrypted, event, instant, money, nullable, text, uuid } from './schemas.ts';
import { checkInEvents, listFacts } from './tickets-check-in.ts';
import { resaleEvents, waitingRoomEvents } from './tickets-rush.ts';
import { stockEvents } from './tickets-stock.ts';
import { ticketSalesEvents } from './ticket-sales.ts';

const line = Type.Object({
  ticketTypeId: uuid,
  quantity: count,
  seatIds: Type.Array(uuid, { maxItems: 100 }),
});
const lines = Type.Array(line, { maxItems: 50 });
/** What a projection needs to move capacity between "available", "held" and "sold". */
const capacity = { occurrenceId: uuid, quantity: count };

export const ticketsEvents = {
  ...stockEvents,
  ...checkInEvents,
  ...resaleEvents,
  ...waitingRoomEvents,
  'tickets.hold-placed.v1': event(
    'Places were taken for a while, so that a guest can check out. Counts: held += quantity.',
    { holdId: uuid, ...capacity, lines, total: money, expiresAt: instant },
  ),
  'tickets.hold-released.v1': event('A hold was given up before it ended. Counts: held -= quantity.', {
    holdId: uuid,
    ...capacity,
  }),
  'tickets.hold-expired.v1': event('A hold ended unused. Counts: held -= quantity.', {
    holdId: uuid,
    ...capacity,
  }),
  'tickets.order-placed.v1': event(
    'A hold became this order, or of a cart a part of it: told once for each hold, with its lines and what of the total falls to it. The capacity stays held until the order is paid, expires or is cancelled.',
    {
      orderId: uuid,
      number: text(20),
      holdId: uuid,
      guestId: uuid,
      ...capacity,
      lines,
      total: money,
      expiresAt: instant,
      /** PENDING_PAYMENT where it is absent. */
      status: Type.Optional(
        Type.Union([
          Type.Literal('DRAFT'),
          Type.Literal('PENDING_APPROVAL'),
          Type.Literal('PENDING_PAYMENT'),
        ]),
      ),
    },
  ),
  'tickets.order-paid.v1': event(
    'An order was paid; of a cart, told once for each of its holds with its lines and what of the total falls to it. Counts: held -= heldQuantity (0 where the capacity was taken anew after expiry), sold += quantity, revenue += total. Of an order that exchanges a ticket for a dearer one the quantity is 0: `ticket-exchanged` counts it.',
    {
      orderId: uuid,
      number: text(20),
      guestId: uuid,
      ...capacity,
      heldQuantity: count,
      lines,
      total: money,
    },
  ),
  'tickets.order-expired.v1': event(
    'An order was not paid in time; of a cart, told once for each of its holds. Counts: held -= quantity.',
    {
      orderId: uuid,
      ...capacity,
    },
  ),
  'tickets.order-cancelled.v1': event(
    'An order was cancelled before it was paid; of a cart, told once for each of its holds. Counts: held -= quantity.',
    { orderId: uuid, ...capacity, reason: nullable(text(500)) },
  ),
  'tickets.order-refunded.v1': event(
    'Money of an order is to go back to the guest; of a cart, told once for each hold with its share. Counts: revenue -= amount.',
    {
      orderId: uuid,
      occurrenceId: uuid,
      refundId: uuid,
      amount: money,
      status: Type.Union([Type.Literal('PARTIALLY_REFUNDED'), Type.Literal('REFUNDED')]),
      reason: nullable(text(500)),
    },
  ),
  ...ticketSalesEvents,
  'tickets.payment-started.v1': event('A payment of an order was begun with a provider.', {
    paymentId: uuid,
    orderId: uuid,
    provider: text(50),
    amount: money,
  }),
  'tickets.payment-confirmed.v1': event('The provider has the money of a payment.', {
    paymentId: uuid,
    orderId: uuid,
    amount: money,
  }),
  'tickets.payment-failed.v1': event('The provider refused a payment; the order may be paid by another.', {
    paymentId: uuid,
    orderId: uuid,
    reason: text(500),
  }),
  'tickets.payment-returned.v1': event(
    'Money of an order that was never paid (up) goes back by itself: the provider said yes when its places were gone, or it was paid in part and ended. Neither sold nor revenue change: the order was never paid.',
    {
      paymentId: uuid,
      orderId: uuid,
      refundId: uuid,
      amount: money,
      reason: text(500),
    },
  ),
  'tickets.payment-authorized.v1': event(
    'The provider has set the money of a payment aside; it is taken once the places are certain.',
    { paymentId: uuid, orderId: uuid, amount: money },
  ),
  'tickets.dispute-opened.v1': event(
    "The payer's bank wants a payment back. What of it counts is told by order-charged-back.",
    {
      disputeId: uuid,
      paymentId: uuid,
      orderId: uuid,
      occurrenceId: uuid,
      amount: money,
      reason: nullable(text(500)),
    },
  ),
  'tickets.dispute-closed.v1': event(
    'A dispute about a payment ended, for us (WON) or for the payer (LOST).',
    {
      disputeId: uuid,
      paymentId: uuid,
      orderId: uuid,
      occurrenceId: uuid,
      amount: money,
      outcome: Type.Union([Type.Literal('WON'), Type.Literal('LOST')]),
    },
  ),
  'tickets.order-charged-back.v1': event('Banks took money of an order back. Counts: revenue -= amount.', {
    orderId: uuid,
    occurrenceId: uuid,
    amount: money,
  }),
  'tickets.chargeback-reversed.v1': event(
    'Money of an order that was charged back is ours again, or was given back as a refund and counts as that. Counts: revenue += amount.',
    { orderId: uuid, occurrenceId: uuid, amount: money },
  ),
  'tickets.invoice-issued.v1': event(
    'An invoice, or the credit note of a refund, was issued. Numbers of a kind and year have no gap.',
    {
      invoiceId: uuid,
      orderId: uuid,
      kind: Type.Union([Type.Literal('INVOICE'), Type.Literal('CREDIT_NOTE')]),
      number: text(30),
      total: money,
    },
  ),
  'tickets.refund-settled.v1': event(
    'The money has arrived where it came from. Nothing that is counted changes: order-refunded did that.',
    { refundId: uuid, orderId: uuid, amount: money },
  ),
  'tickets.refund-failed.v1': event(
    'The provider refused to give money back. Counts: revenue += revenueRestored (zero for a returned payment).',
    {
      refundId: uuid,
      orderId: uuid,
      occurrenceId: uuid,
      amount: money,
      revenueRestored: money,
      reason: text(500),
    },
  ),
  'tickets.credential-policy-set.v1': event('Which forms of credential the doors of an event accept.', {
    eventId: uuid,
    policy: Type.Union([Type.Literal('ANY'), Type.Literal('STATIC'), Type.Literal('ROTATING')]),
  }),
  'tickets.ticket-issued.v1': event('A ticket of a paid order was issued to its guest.', {
    ticketId: uuid,
    orderId: uuid,
    occurrenceId: uuid,
    ticketTypeId: uuid,
    guestId: uuid,
    seatId: nullable(uuid),
  }),
  'tickets.ticket-extended.v1': event('Plugins added something to a ticket; what, its `additions` say.', {
    ticketId: uuid,
    orderId: uuid,
    occurrenceId: uuid,
    plugins: Type.Array(text(64), { maxItems: 100 }),
  }),
  'tickets.ticket-cancelled.v1': event('A ticket admits nobody any more. Counts: sold -= 1.', {
    ticketId: uuid,
    orderId: uuid,
    occurrenceId: uuid,
    reason: nullable(text(500)),
  }),
  'tickets.ticket-withdrawn.v1': event(
    'A ticket left an occurrence by an exchange; `ticket-exchanged` follows. Counts: sold -= 1. What was paid stays counted where it was paid for.',
    { exchangeId: uuid, ticketId: uuid, orderId: uuid, occurrenceId: uuid, ticketTypeId: uuid },
  ),
  'tickets.ticket-exchanged.v1': event(
    'A ticket is for this occurrence instead of another; credentials made before are worthless. Counts: sold += 1.',
    {
      exchangeId: uuid,
      ticketId: uuid,
      orderId: uuid,
      occurrenceId: uuid,
      ticketTypeId: uuid,
      seatId: nullable(uuid),
      fromOccurrenceId: uuid,
    },
  ),
  'tickets.ticket-revoked.v1': event(
    'A ticket opens no door while its payment is disputed; it keeps its place. Nothing that is counted changes.',
    { ticketId: uuid, orderId: uuid, occurrenceId: uuid, reason: nullable(text(500)) },
  ),
  'tickets.ticket-restored.v1': event('A revoked ticket opens doors again: the dispute was won.', {
    ticketId: uuid,
    orderId: uuid,
    occurrenceId: uuid,
  }),
  'tickets.transfer-offered.v1': event("A ticket's holder offered it to someone else.", {
    transferId: uuid,
    ticketId: uuid,
    occurrenceId: uuid,
    /** Each offer's own: the address may be anybody's. */
    toEmail: encrypted(text(254), { subject: 'transferId' }),
    expiresAt: instant,
  }),
  'tickets.transfer-accepted.v1': event('An offered ticket has a new holder.', {
    transferId: uuid,
    ticketId: uuid,
    occurrenceId: uuid,
    guestId: uuid,
  }),
  'tickets.transfer-closed.v1': event(
    'The offer ended without a new holder; the ticket stays with the old one (or was cancelled meanwhile).',
    {
      transferId: uuid,
      ticketId: uuid,
      occurrenceId: uuid,
      status: Type.Union([Type.Literal('DECLINED'), Type.Literal('EXPIRED'), Type.Literal('RECALLED')]),
    },
  ),
  'tickets.waitlist-joined.v1': event('A guest waits for places that are sold out.', {
    entryId: uuid,
    occurrenceId: uuid,
    ticketTypeId: uuid,
    guestId: uuid,
    quantity: count,
  }),
  'tickets.waitlist-offered.v1': event(
    'It is the turn of a guest who waits: places are held for them until then. The hold tells of the capacity.',
    {
      offerId: uuid,
      entryId: uuid,
      occurrenceId: uuid,
      ticketTypeId: uuid,
      guestId: uuid,
      quantity: count,
      holdId: uuid,
      expiresAt: instant,
    },
  ),
  'tickets.waitlist-closed.v1': event(
    'A guest waits no more: they took the offer up or let it pass, left, or the occurrence does not take place.',
    {
      entryId: uuid,
      occurrenceId: uuid,
      ticketTypeId: uuid,
      guestId: uuid,
      quantity: count,
      status: Type.Union([
        Type.Literal('CLAIMED'),
        Type.Literal('OFFER_EXPIRED'),
        Type.Literal('CANCELLED'),
        Type.Literal('REVOKED'),
      ]),
    },
  ),
  'tickets.cancellation-followed.v1': event(
    'All that a cancelled occurrence leaves to do is done: holds released, orders cancelled or put on their way back.',
    { occurrenceId: uuid, done: count },
  ),
  'tickets.ticket-scanned.v1': event(
    'A ticket was shown at the door. Counts: checkedIn += checkedIn; where that is absent, 1 where the result is ACCEPTED.',
    {
      scanId: uuid,
      occurrenceId: uuid,
      ticketId: nullable(uuid),
      result: Type.Union([Type.Literal('ACCEPTED'), Type.Literal('REJECTED')]),
      reason: nullable(text(50)),
      scannedAt: instant,
      ...listFacts,
    },
  ),
};
