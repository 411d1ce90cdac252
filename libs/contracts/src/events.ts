import { Type } from 'typebox';
import { count, event, instant, nullable, text, uuid } from './schemas.ts';

const eventStatus = Type.Union([Type.Literal('DRAFT'), Type.Literal('PUBLISHED'), Type.Literal('CANCELLED')]);

/** `revision` grows by one with each change of the occurrence: a replica keeps the highest it has seen. */
const occurrence = {
  occurrenceId: uuid,
  eventId: uuid,
  eventTitle: text(200),
  eventStatus,
  spaceId: nullable(uuid),
  startsAt: instant,
  endsAt: instant,
  timeZone: text(64),
  status: Type.Union([Type.Literal('SCHEDULED'), Type.Literal('CANCELLED')]),
  revision: count,
};

export const eventsEvents = {
  'events.series-created.v1': event('A series, which groups events, was created.', {
    seriesId: uuid,
    title: text(200),
  }),
  'events.event-created.v1': event(
    'An event was planned. Its occurrences follow, each in an event of its own.',
    {
      eventId: uuid,
      title: text(200),
      spaceId: nullable(uuid),
      timeZone: text(64),
      recurrence: nullable(text(1000)),
      status: eventStatus,
    },
  ),
  'events.event-updated.v1': event("An event's title changed.", { eventId: uuid, title: text(200) }),
  'events.event-rescheduled.v1': event(
    'An event got another space, time zone or recurrence. Its occurrences follow.',
    {
      eventId: uuid,
      spaceId: nullable(uuid),
      timeZone: text(64),
      recurrence: nullable(text(1000)),
    },
  ),
  'events.event-published.v1': event('An event was published: guests see it, and its tickets can be sold.', {
    eventId: uuid,
  }),
  'events.event-cancelled.v1': event('An event was cancelled, with all its occurrences.', {
    eventId: uuid,
    reason: nullable(text(500)),
  }),
  'events.event-deleted.v1': event(
    'An event was deleted with its occurrences: nobody sees them, and they can be restored for a while. What was sold stays sold.',
    { eventId: uuid, restorableUntil: instant },
  ),
  'events.event-restored.v1': event('A deleted event is back with its occurrences.', { eventId: uuid }),
  'events.event-purged.v1': event(
    'A deleted event was not restored in time: it is gone for ever, with its occurrences.',
    { eventId: uuid },
  ),
  'events.occurrence-scheduled.v1': event(
    'An occurrence of an event was put on the calendar. The whole occurrence, so that a replica never needs two events; a replica keeps the highest revision it has seen.',
    occurrence,
  ),
  'events.occurrence-rescheduled.v1': event(
    'An occurrence moved in time or to another space. The whole occurrence, as it now is.',
    occurrence,
  ),
  'events.occurrence-updated.v1': event(
    "Something else that replicas keep of an occurrence changed, such as its event's status. The whole occurrence, as it now is.",
    occurrence,
  ),
  'events.occurrence-cancelled.v1': event(
    'An occurrence was cancelled. The whole occurrence, as it now is.',
    occurrence,
  ),
  'events.calendar-imported.v1': event('A calendar was imported; what became of its entries is counted.', {
    importId: uuid,
    taken: count,
    unchanged: count,
    refused: count,
  }),
};
