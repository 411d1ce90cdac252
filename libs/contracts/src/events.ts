import { Type } from 'typebox';
import { count, instant, nullable, text, uuid } from './schemas.ts';

const eventStatus = Type.Union([Type.Literal('DRAFT'), Type.Literal('PUBLISHED'), Type.Literal('CANCELLED')]);

/**
 * The whole occurrence, so that a replica never needs two events. `revision` grows by one with each change of the
 * occurrence: a replica keeps the highest it has seen.
 */
const occurrence = Type.Object({
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
});

export const eventsEvents = {
  'events.series-created.v1': Type.Object({ seriesId: uuid, title: text(200) }),
  'events.event-created.v1': Type.Object({
    eventId: uuid,
    title: text(200),
    spaceId: nullable(uuid),
    timeZone: text(64),
    recurrence: nullable(text(1000)),
    status: eventStatus,
  }),
  'events.event-updated.v1': Type.Object({ eventId: uuid, title: text(200) }),
  'events.event-rescheduled.v1': Type.Object({
    eventId: uuid,
    spaceId: nullable(uuid),
    timeZone: text(64),
    recurrence: nullable(text(1000)),
  }),
  'events.event-published.v1': Type.Object({ eventId: uuid }),
  'events.event-cancelled.v1': Type.Object({ eventId: uuid, reason: nullable(text(500)) }),
  'events.occurrence-scheduled.v1': occurrence,
  'events.occurrence-rescheduled.v1': occurrence,
  /** Its event was published (or anything else that replicas keep changed) without a new time. */
  'events.occurrence-updated.v1': occurrence,
  'events.occurrence-cancelled.v1': occurrence,
  'events.calendar-imported.v1': Type.Object({
    importId: uuid,
    taken: count,
    unchanged: count,
    refused: count,
  }),
};
