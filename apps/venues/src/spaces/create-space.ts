import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { decideOnce, type Command } from '../command.ts';

export type NewSpace = { readonly venueId: string; readonly name: string; readonly capacity: number };
export type CreatedSpace = { readonly spaceId: string };
type VenueFacts = { readonly name: string; readonly city: string; readonly timeZone: string };

/** A new space of a venue; answers its id. */
export async function createSpace(
  command: Command,
  key: string | null,
  space: NewSpace,
): Promise<Outcome<CreatedSpace, NotFound | IdempotencyConflict>> {
  return decideOnce<CreatedSpace, NotFound>(
    command,
    { operation: 'createSpace', key, request: space },
    async (tx) => {
      const [venue] = await tx.rows<VenueFacts>(
        // Nobody deletes the venue meanwhile.
        'select name, city, time_zone as "timeZone" from venue where id = $1 for key share',
        [space.venueId],
      );
      if (!venue) return notFound('The venue');
      const spaceId = newUuid();
      await tx.execute(
        'insert into space (id, organisation_id, venue_id, name, capacity) values ($1, $2, $3, $4, $5)',
        [spaceId, tx.organisationId, space.venueId, space.name, space.capacity],
      );
      const { city, timeZone } = venue;
      await appendEvents(tx, {
        streamId: streamId('space', spaceId),
        expectedVersion: 'none',
        events: [
          {
            type: 'venues.space-created.v1',
            data: { spaceId, ...space, venueName: venue.name, city, timeZone },
          },
        ],
      });
      return accept({ spaceId });
    },
  );
}
