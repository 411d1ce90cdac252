import { actors, guestActor, instant, type LogEntry } from './log.ts';
import type { SeedEvent, SeedOccurrence, SeedSpace, SeedVenue, World } from './types.ts';

/** What the venue service's log holds of the world. */
export function venuesLog(world: World): LogEntry[] {
  return [
    ...world.venues.map(venueCreated),
    ...world.spaces.map(spaceCreated),
    ...world.spaces.flatMap(seatMapPublished),
    ...world.occurrences.flatMap(bookingHistory),
  ];
}

/** What the event service's log holds of the world. */
export function eventsLog(world: World): LogEntry[] {
  const byEvent = Map.groupBy(world.occurrences, (occurrence) => occurrence.event.id);
  return world.events.flatMap((event) => eventHistory(event, byEvent.get(event.id) ?? []));
}

/** What the guest service's log holds of the world. */
export function guestsLog(world: World): LogEntry[] {
  return world.guests.flatMap((guest): LogEntry[] => {
    const base = {
      organisationId: guest.organisationId,
      streamId: `guest-${guest.id}`,
      actor: guestActor(guest),
      correlationId: guest.id,
    };
    const registered: LogEntry = {
      ...base,
      type: 'guests.guest-registered.v1',
      atMs: guest.registeredMs,
      data: { guestId: guest.id, email: guest.email, name: guest.name },
    };
    if (guest.consent === null) return [registered];
    const consent: LogEntry = {
      ...base,
      type: 'guests.consent-recorded.v1',
      atMs: guest.consent.atMs,
      data: { guestId: guest.id, purpose: 'marketing-email', granted: true },
    };
    return [registered, consent];
  });
}

function venueCreated(venue: SeedVenue): LogEntry {
  return {
    type: 'venues.venue-created.v1',
    organisationId: venue.organisationId,
    streamId: `venue-${venue.id}`,
    atMs: venue.createdMs,
    actor: actors.organiser,
    correlationId: venue.id,
    data: {
      venueId: venue.id,
      name: venue.name,
      timeZone: venue.timeZone,
      city: venue.city,
      countryCode: venue.countryCode,
    },
  };
}

function spaceBase(space: SeedSpace) {
  return {
    organisationId: space.organisationId,
    streamId: `space-${space.id}`,
    actor: actors.organiser,
    correlationId: space.id,
  };
}

function spaceCreated(space: SeedSpace): LogEntry {
  return {
    ...spaceBase(space),
    type: 'venues.space-created.v1',
    atMs: space.createdMs,
    data: {
      spaceId: space.id,
      venueId: space.venue.id,
      name: space.name,
      capacity: space.capacity,
      venueName: space.venue.name,
      city: space.venue.city,
      timeZone: space.venue.timeZone,
    },
  };
}

function seatMapPublished(space: SeedSpace): LogEntry[] {
  const base = {
    ...spaceBase(space),
    streamId: `seatmap-${space.seatMapId}`,
    correlationId: space.seatMapId,
    atMs: space.publishedMs,
  };
  const map = { seatMapId: space.seatMapId, spaceId: space.id, version: 1 };
  return [
    {
      ...base,
      type: 'venues.seat-map-published.v1',
      data: {
        ...map,
        seatCount: space.sections.reduce((sum, section) => sum + section.seats.length, 0),
        sections: space.sections.map(({ id, name, seats }) => ({
          sectionId: id,
          name,
          seatCount: seats.length,
        })),
        generalAdmissionAreas: space.areas.map(({ id, name, capacity }) => ({ areaId: id, name, capacity })),
      },
    },
    ...space.sections.map((section): LogEntry => ({
      ...base,
      type: 'venues.seat-map-section-published.v1',
      data: {
        ...map,
        sectionId: section.id,
        name: section.name,
        seats: section.seats.map(({ id, row, label, x, y, accessible }) => ({
          seatId: id,
          row,
          label,
          x,
          y,
          ...(accessible && { accessible }),
        })),
      },
    })),
  ];
}

/** Booked for the first revision; a cancelled occurrence gives the space back with its last. */
function bookingHistory(occurrence: SeedOccurrence): LogEntry[] {
  const { space } = occurrence.event;
  const base = {
    organisationId: occurrence.organisationId,
    streamId: `booking-${occurrence.bookingId}`,
    actor: actors.system,
    correlationId: occurrence.event.id,
  };
  const booked: LogEntry = {
    ...base,
    type: 'venues.space-booked.v1',
    atMs: occurrence.event.createdMs + 1000,
    data: {
      bookingId: occurrence.bookingId,
      spaceId: space.id,
      occurrenceId: occurrence.id,
      startsAt: instant(occurrence.startsMs),
      endsAt: instant(occurrence.endsMs),
      revision: 1,
    },
  };
  if (occurrence.cancelledMs === null) return [booked];
  const released: LogEntry = {
    ...base,
    type: 'venues.space-released.v1',
    atMs: occurrence.cancelledMs + 1000,
    data: { spaceId: space.id, occurrenceId: occurrence.id, revision: lastRevision(occurrence) },
  };
  return [booked, released];
}

/** One for being scheduled, one for its event's publication, one for its cancellation. */
export function lastRevision(occurrence: SeedOccurrence): number {
  return 1 + (occurrence.event.publishedMs === null ? 0 : 1) + (occurrence.cancelledMs === null ? 0 : 1);
}

function eventHistory(event: SeedEvent, occurrences: readonly SeedOccurrence[]): LogEntry[] {
  const base = {
    organisationId: event.organisationId,
    streamId: `event-${event.id}`,
    actor: actors.organiser,
    correlationId: event.id,
  };
  const history: LogEntry[] = [
    {
      ...base,
      type: 'events.event-created.v1',
      atMs: event.createdMs,
      data: {
        eventId: event.id,
        title: event.title,
        spaceId: event.space.id,
        timeZone: event.timeZone,
        recurrence: event.recurrence,
        status: 'DRAFT',
      },
    },
  ];
  if (event.publishedMs !== null) {
    history.push({
      ...base,
      type: 'events.event-published.v1',
      atMs: event.publishedMs,
      data: { eventId: event.id },
    });
  }
  if (event.cancelledMs !== null) {
    const data = { eventId: event.id, reason: cancelReason };
    history.push({ ...base, type: 'events.event-cancelled.v1', atMs: event.cancelledMs, data });
  }
  return [...history, ...occurrences.flatMap(occurrenceHistory)];
}

export const cancelReason = 'The company had to withdraw.';

function occurrenceHistory(occurrence: SeedOccurrence): LogEntry[] {
  const { event } = occurrence;
  const base = {
    organisationId: occurrence.organisationId,
    streamId: `occurrence-${occurrence.id}`,
    actor: actors.organiser,
    correlationId: event.id,
  };
  const facts = {
    occurrenceId: occurrence.id,
    eventId: event.id,
    eventTitle: event.title,
    spaceId: event.space.id,
    startsAt: instant(occurrence.startsMs),
    endsAt: instant(occurrence.endsMs),
    timeZone: event.timeZone,
  };
  const history: LogEntry[] = [
    {
      ...base,
      type: 'events.occurrence-scheduled.v1',
      atMs: event.createdMs,
      data: { ...facts, eventStatus: 'DRAFT', status: 'SCHEDULED', revision: 1 },
    },
  ];
  if (event.publishedMs !== null) {
    history.push({
      ...base,
      type: 'events.occurrence-updated.v1',
      atMs: event.publishedMs,
      data: { ...facts, eventStatus: 'PUBLISHED', status: 'SCHEDULED', revision: 2 },
    });
  }
  if (occurrence.cancelledMs !== null) {
    const eventStatus = event.cancelledMs === null ? 'PUBLISHED' : 'CANCELLED';
    history.push({
      ...base,
      type: 'events.occurrence-cancelled.v1',
      atMs: occurrence.cancelledMs,
      data: { ...facts, eventStatus, status: 'CANCELLED', revision: lastRevision(occurrence) },
    });
  }
  return history;
}
