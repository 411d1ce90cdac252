import { Type } from 'typebox';
import { count, event, instant, nullable, text, uuid } from './schemas.ts';

const booking = { spaceId: uuid, occurrenceId: uuid, startsAt: instant, endsAt: instant, revision: count };

/** What is not said is not so: absent where an earlier release wrote the event. */
const seat = Type.Object({
  seatId: uuid,
  row: text(20),
  label: text(20),
  x: Type.Optional(Type.Number()),
  y: Type.Optional(Type.Number()),
  /** 1 the best. */
  rowRank: Type.Optional(count),
  accessible: Type.Optional(Type.Boolean()),
  /** The accessible seat whose companion sits here. */
  companionOf: Type.Optional(uuid),
  restrictedView: Type.Optional(Type.Boolean()),
  /** The next seat of the row is no neighbour. */
  aisleAfter: Type.Optional(Type.Boolean()),
});

export const venuesEvents = {
  'venues.venue-created.v1': event('A venue was added.', {
    venueId: uuid,
    name: text(200),
    timeZone: text(64),
    city: text(200),
    countryCode: text(2),
  }),
  'venues.venue-deleted.v1': event(
    'A venue was deleted with its spaces and their seat maps: nobody sees it, and it can be restored for a while.',
    { venueId: uuid, restorableUntil: instant },
  ),
  'venues.venue-restored.v1': event('A deleted venue is back with all that it had.', { venueId: uuid }),
  'venues.venue-purged.v1': event(
    'A deleted venue was not restored in time: it is gone for ever, with its spaces, seat maps and past bookings.',
    { venueId: uuid },
  ),
  'venues.space-created.v1': event(
    'A space of a venue, such as a hall, was added. Carries what replicas show of the venue.',
    {
      spaceId: uuid,
      venueId: uuid,
      name: text(200),
      capacity: count,
      venueName: text(200),
      city: text(200),
      timeZone: text(64),
    },
  ),
  'venues.seat-map-published.v1': event(
    "A new version of a space's seat map as a whole; each section's seats follow in an event of their own, so that no message grows unbounded.",
    {
      seatMapId: uuid,
      spaceId: uuid,
      version: count,
      seatCount: count,
      sections: Type.Array(Type.Object({ sectionId: uuid, name: text(100), seatCount: count }), {
        maxItems: 200,
      }),
      generalAdmissionAreas: Type.Array(Type.Object({ areaId: uuid, name: text(100), capacity: count }), {
        maxItems: 200,
      }),
    },
  ),
  'venues.seat-map-section-published.v1': event(
    'The seats of one section of a seat map, row by row as people sit.',
    {
      seatMapId: uuid,
      spaceId: uuid,
      version: count,
      sectionId: uuid,
      name: text(100),
      seats: Type.Array(seat, { maxItems: 5000 }),
    },
  ),
  'venues.space-booked.v1': event('A space is booked for an occurrence, as asked by its being scheduled.', {
    bookingId: uuid,
    ...booking,
  }),
  'venues.space-booking-refused.v1': event('A space could not be booked for an occurrence.', {
    ...booking,
    reason: Type.Union([Type.Literal('CONFLICT'), Type.Literal('UNKNOWN_SPACE')]),
    conflictingOccurrenceId: nullable(uuid),
  }),
  'venues.space-released.v1': event('An occurrence needs its space no more.', {
    spaceId: uuid,
    occurrenceId: uuid,
    revision: count,
  }),
};
