import { instant } from './log.ts';
import { cancelReason, lastRevision } from './log-planning.ts';
import type { TableRows } from './rows.ts';
import type { SeedOccurrence, SeedSection, World } from './types.ts';

export function venuesRows(world: World): TableRows[] {
  return [
    {
      table: 'venue',
      rows: world.venues.map((venue) => ({
        id: venue.id,
        organisation_id: venue.organisationId,
        name: venue.name,
        time_zone: venue.timeZone,
        address_line1: venue.line1,
        city: venue.city,
        country_code: venue.countryCode,
        latitude: venue.latitude,
        longitude: venue.longitude,
        created_at: instant(venue.createdMs),
      })),
    },
    {
      table: 'space',
      rows: world.spaces.map((space) => ({
        id: space.id,
        organisation_id: space.organisationId,
        venue_id: space.venue.id,
        name: space.name,
        capacity: space.capacity,
        created_at: instant(space.createdMs),
      })),
    },
    ...seatMapRows(world),
    { table: 'space_booking', rows: world.occurrences.map(bookingRow) },
  ];
}

function seatMapRows(world: World): TableRows[] {
  const sections = world.spaces.flatMap((space) =>
    space.sections.map((section, position) => ({ space, section, position })),
  );
  return [
    {
      table: 'seat_map',
      rows: world.spaces.map((space) => ({
        id: space.seatMapId,
        organisation_id: space.organisationId,
        space_id: space.id,
        version: 1,
        seat_count: space.sections.reduce((sum, section) => sum + section.seats.length, 0),
        published_at: instant(space.publishedMs),
      })),
    },
    {
      table: 'seat_map_section',
      rows: sections.map(({ space, section, position }) => ({
        organisation_id: space.organisationId,
        seat_map_id: space.seatMapId,
        section_id: section.id,
        position,
        name: section.name,
        seat_count: section.seats.length,
        rows: seatRows(section),
      })),
    },
    {
      table: 'seat_map_area',
      rows: world.spaces.flatMap((space) =>
        space.areas.map((area, position) => ({
          organisation_id: space.organisationId,
          seat_map_id: space.seatMapId,
          area_id: area.id,
          position,
          name: area.name,
          capacity: area.capacity,
        })),
      ),
    },
    {
      table: 'seat',
      rows: sections.flatMap(({ space, section }) =>
        section.seats.map((seat) => ({
          id: seat.id,
          organisation_id: space.organisationId,
          space_id: space.id,
          section_id: section.id,
          row_label: seat.row,
          label: seat.label,
          x: seat.x,
          y: seat.y,
          accessible: seat.accessible,
        })),
      ),
    },
  ];
}

function seatRows(section: SeedSection) {
  return [...Map.groupBy(section.seats, (seat) => seat.row)].map(([label, seats]) => ({
    label,
    seats: seats.map(({ id, label: seat, x, y, accessible }) => ({
      id,
      rowLabel: label,
      label: seat,
      x,
      y,
      accessible,
    })),
  }));
}

function bookingRow(occurrence: SeedOccurrence) {
  const released = occurrence.cancelledMs !== null;
  return {
    id: occurrence.bookingId,
    organisation_id: occurrence.organisationId,
    occurrence_id: occurrence.id,
    space_id: occurrence.event.space.id,
    during: `[${instant(occurrence.startsMs)},${instant(occurrence.endsMs)})`,
    status: released ? 'RELEASED' : 'BOOKED',
    revision: released ? lastRevision(occurrence) : 1,
    updated_at: instant((occurrence.cancelledMs ?? occurrence.event.createdMs) + 1000),
  };
}

export function eventsRows(world: World): TableRows[] {
  return [
    {
      table: 'event',
      rows: world.events.map((event) => ({
        id: event.id,
        organisation_id: event.organisationId,
        title: event.title,
        description: event.description,
        status: event.status,
        space_id: event.space.id,
        time_zone: event.timeZone,
        starts_at_local: `${event.startsAtLocal}:00`,
        duration_minutes: event.durationMinutes,
        rrule: event.recurrence,
        published_at: event.publishedMs === null ? null : instant(event.publishedMs),
        cancel_reason: event.cancelledMs === null ? null : cancelReason,
        created_at: instant(event.createdMs),
        updated_at: instant(event.cancelledMs ?? event.publishedMs ?? event.createdMs),
      })),
    },
    { table: 'occurrence', rows: world.occurrences.map(occurrenceRow) },
    {
      table: 'space_replica',
      replica: true,
      rows: world.spaces.map((space) => ({
        organisation_id: space.organisationId,
        space_id: space.id,
        venue_id: space.venue.id,
        name: space.name,
        capacity: space.capacity,
        venue_name: space.venue.name,
        city: space.venue.city,
        time_zone: space.venue.timeZone,
      })),
    },
  ];
}

function occurrenceRow(occurrence: SeedOccurrence) {
  const { event, cancelledMs } = occurrence;
  return {
    id: occurrence.id,
    organisation_id: occurrence.organisationId,
    event_id: event.id,
    recurrence_id: `${occurrence.startsAtLocal}:00`,
    starts_at_local: `${occurrence.startsAtLocal}:00`,
    time_zone: event.timeZone,
    starts_at: instant(occurrence.startsMs),
    ends_at: instant(occurrence.endsMs),
    status: occurrence.status,
    cancel_reason: cancelledMs === null ? null : cancelReason,
    space_id: event.space.id,
    space_booking_status: cancelledMs === null ? 'BOOKED' : 'RELEASED',
    revision: lastRevision(occurrence),
    schedule_revision: cancelledMs === null ? 1 : lastRevision(occurrence),
    created_at: instant(event.createdMs),
    updated_at: instant(cancelledMs ?? event.publishedMs ?? event.createdMs),
  };
}

export function guestsRows(world: World): TableRows[] {
  return [
    {
      table: 'guest',
      rows: world.guests.map((guest) => ({
        organisation_id: guest.organisationId,
        id: guest.id,
        email: guest.email,
        name: guest.name,
        locale: guest.locale,
        registered_at: instant(guest.registeredMs),
        updated_at: instant(guest.registeredMs),
      })),
    },
    {
      table: 'consent_record',
      rows: world.guests.flatMap((guest) =>
        guest.consent
          ? [
              {
                organisation_id: guest.organisationId,
                id: guest.consent.id,
                guest_id: guest.id,
                purpose: 'marketing-email',
                granted: true,
                source: 'check-out',
                recorded_at: instant(guest.consent.atMs),
                recorded_by: `guest-${guest.id}`,
              },
            ]
          : [],
      ),
    },
  ];
}
