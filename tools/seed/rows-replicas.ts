import { instant } from './log.ts';
import { lastRevision } from './log-planning.ts';
import type { TableRows } from './rows.ts';
import type { World } from './types.ts';

/** What the ticket service keeps of the facts of others. */
export function replicaRows(world: World): TableRows[] {
  const buyers = [...new Set(world.orders.map((order) => order.guest))];
  return [
    {
      table: 'occurrence',
      replica: true,
      rows: world.occurrences.map((occurrence) => ({
        organisation_id: occurrence.organisationId,
        id: occurrence.id,
        event_id: occurrence.event.id,
        event_title: occurrence.event.title,
        event_status: occurrence.event.status,
        space_id: occurrence.event.space.id,
        starts_at: instant(occurrence.startsMs),
        ends_at: instant(occurrence.endsMs),
        time_zone: occurrence.event.timeZone,
        status: occurrence.status,
        revision: lastRevision(occurrence),
      })),
    },
    ...spaceRows(world),
    {
      table: 'guest',
      replica: true,
      // Of buyers only: everybody else's names come by event before anybody can ask for them.
      rows: buyers.map(({ organisationId, id, email, name }) => ({
        organisation_id: organisationId,
        id,
        email,
        name,
      })),
    },
  ];
}

function spaceRows(world: World): TableRows[] {
  return [
    {
      table: 'space_map',
      replica: true,
      rows: world.spaces.map((space) => ({
        organisation_id: space.organisationId,
        space_id: space.id,
        seat_map_id: space.seatMapId,
        version: 1,
        seat_count: space.sections.reduce((sum, { seats }) => sum + seats.length, 0),
        reported_version: 1,
        centre_x: 0,
      })),
    },
    {
      table: 'space_section',
      replica: true,
      rows: world.spaces.flatMap((space) =>
        [...space.sections, ...space.areas].map((section) => ({
          organisation_id: space.organisationId,
          space_id: space.id,
          id: section.id,
          name: section.name,
          seated: 'seats' in section,
          version: 1,
        })),
      ),
    },
    {
      table: 'space_seat',
      replica: true,
      rows: world.spaces.flatMap((space) =>
        space.sections.flatMap((section) =>
          section.seats.map((seat, index) => ({
            organisation_id: space.organisationId,
            space_id: space.id,
            id: seat.id,
            section_name: section.name,
            row_label: seat.row,
            label: seat.label,
            place: index + 1,
            x: seat.x,
            y: seat.y,
            accessible: seat.accessible,
            version: 1,
          })),
        ),
      ),
    },
  ];
}
