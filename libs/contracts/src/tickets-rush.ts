import { Type } from 'typebox';
import { count, event, instant, money, text, uuid } from './schemas.ts';

/** Of the ticket service: tickets that are sold on by who holds them. */
export const resaleEvents = {
  'tickets.resale-listed.v1': event('A ticket is for sale by its holder, at what was paid for it.', {
    listingId: uuid,
    ticketId: uuid,
    occurrenceId: uuid,
    ticketTypeId: uuid,
    price: money,
  }),
  'tickets.resale-unlisted.v1': event('A ticket is not for sale any more, unsold.', {
    listingId: uuid,
    ticketId: uuid,
    occurrenceId: uuid,
  }),
  'tickets.resale-sold.v1': event(
    "A ticket was sold on. It is cancelled in the same transaction, and the buyer's order issues a new one.",
    { listingId: uuid, ticketId: uuid, occurrenceId: uuid, buyerOrderId: uuid },
  ),
};

/** Of the ticket service: the queue before a sale that many want at once. */
export const waitingRoomEvents = {
  'tickets.waiting-room-set.v1': event(
    'A waiting room was set up, changed or turned off. The seed of its lottery is fixed by the commitment.',
    {
      occurrenceId: uuid,
      enabled: Type.Boolean(),
      round: count,
      opensAt: instant,
      /** SHA-256 of the seed, hex. */
      commitment: text(64),
    },
  ),
  'tickets.waiting-room-opened.v1': event(
    'A waiting room opened: the seed is known from here on, and the lots of all who came early can be computed.',
    { occurrenceId: uuid, round: count, seed: text(64), early: count },
  ),
};
