import { appendEvents, streamId } from '@marquee/event-log';
import { accept, newUuid, type IdempotencyConflict, type Outcome } from '@marquee/kernel';
import { decideOnce, type Command } from '../command.ts';
import type { NewVenue } from './venue.ts';

export type CreatedVenue = { readonly venueId: string };

/** A new venue of the viewer's organisation; answers its id. */
export async function createVenue(
  command: Command,
  key: string | null,
  venue: NewVenue,
): Promise<Outcome<CreatedVenue, IdempotencyConflict>> {
  return decideOnce(command, { operation: 'createVenue', key, request: venue }, async (tx) => {
    const venueId = newUuid();
    const { name, timeZone, city, countryCode } = venue;
    await tx.execute(
      `insert into venue (id, organisation_id, name, time_zone, address_line1, address_line2, postal_code, city,
                          region, country_code, latitude, longitude)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        venueId,
        tx.organisationId,
        name,
        timeZone,
        venue.addressLine1,
        venue.addressLine2,
        venue.postalCode,
        city,
        venue.region,
        countryCode,
        venue.latitude,
        venue.longitude,
      ],
    );
    await appendEvents(tx, {
      streamId: streamId('venue', venueId),
      expectedVersion: 'none',
      events: [{ type: 'venues.venue-created.v1', data: { venueId, name, timeZone, city, countryCode } }],
    });
    return accept({ venueId });
  });
}
