import { Type } from 'typebox';
import { count, event, instant, money, nullable, text, uuid } from './schemas.ts';

/** A block may be a whole balcony. */
const blockLines = Type.Array(
  Type.Object({ ticketTypeId: uuid, quantity: count, seatIds: Type.Array(uuid, { maxItems: 5_000 }) }),
  { maxItems: 20 },
);
const capacity = { occurrenceId: uuid, quantity: count };

/** Quotas, prices and places kept back: what is for sale, before anyone takes of it. */
export const stockEvents = {
  'tickets.ticket-type-created.v1': event('A ticket type is on sale for an event.', {
    ticketTypeId: uuid,
    eventId: uuid,
    name: text(100),
    price: money,
    quotaSize: count,
    maxPerOrder: count,
    sectionName: nullable(text(100)),
  }),
  'tickets.quota-created.v1': event('A quota that several ticket types may share.', {
    quotaId: uuid,
    eventId: uuid,
    name: text(100),
    size: count,
  }),
  'tickets.quota-changed.v1': event('A quota has another name or size, for every occurrence of its event.', {
    quotaId: uuid,
    name: text(100),
    size: count,
  }),
  'tickets.ticket-type-deleted.v1': event(
    'A ticket type was deleted: nobody sees or buys it, and it can be restored for a while.',
    { ticketTypeId: uuid, eventId: uuid, restorableUntil: instant },
  ),
  'tickets.ticket-type-restored.v1': event('A deleted ticket type is back.', {
    ticketTypeId: uuid,
    eventId: uuid,
  }),
  'tickets.ticket-type-purged.v1': event(
    'A deleted ticket type was not restored in time: it is gone for ever.',
    {
      ticketTypeId: uuid,
      eventId: uuid,
    },
  ),
  'tickets.ticket-type-quotas-assigned.v1': event('A ticket type draws on these quotas and on no others.', {
    ticketTypeId: uuid,
    quotaIds: Type.Array(uuid, { minItems: 1, maxItems: 10 }),
  }),
  'tickets.price-tiers-set.v1': event(
    'The prices of a ticket type by time and by amount sold, the first one first.',
    {
      ticketTypeId: uuid,
      tiers: Type.Array(
        Type.Object({
          tierId: uuid,
          name: text(100),
          price: money,
          startsAt: nullable(instant),
          endsAt: nullable(instant),
          amount: nullable(count),
        }),
        { maxItems: 20 },
      ),
    },
  ),
  'tickets.places-blocked.v1': event(
    'The organiser keeps places: nobody can buy them until they are released.',
    {
      blockId: uuid,
      ...capacity,
      lines: blockLines,
      reason: text(500),
    },
  ),
  'tickets.seats-kept.v1': event(
    'A new seat map left out seats that were sold or held since its owner had asked: whoever has them keeps them. Several events where there are many.',
    {
      spaceId: uuid,
      seatMapId: uuid,
      version: count,
      seats: Type.Array(Type.Object({ occurrenceId: uuid, seatId: uuid }), { minItems: 1, maxItems: 5_000 }),
    },
  ),
  'tickets.seating-policy-set.v1': event(
    'How seats are chosen at an occurrence, or, where none is named, at all that have no policy of their own. Null: as the next one says.',
    {
      occurrenceId: nullable(uuid),
      singleSeats: nullable(
        Type.Union([Type.Literal('ALLOWED'), Type.Literal('AVOIDED'), Type.Literal('REFUSED')]),
      ),
      releaseAccessibleHours: nullable(count),
    },
  ),
  'tickets.places-unblocked.v1': event('Places that the organiser kept can be bought again.', {
    blockId: uuid,
    ...capacity,
  }),
};
