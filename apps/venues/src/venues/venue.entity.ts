import { EntitySchema } from 'typeorm';
import type { Venue } from './venue.ts';

/** For plain reads; rows are written by the SQL of the use cases. */
export const venueEntity = new EntitySchema<Venue>({
  name: 'venue',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    timeZone: { name: 'time_zone', type: 'text' },
    addressLine1: { name: 'address_line1', type: 'text' },
    addressLine2: { name: 'address_line2', type: 'text', nullable: true },
    postalCode: { name: 'postal_code', type: 'text', nullable: true },
    city: { type: 'text' },
    region: { type: 'text', nullable: true },
    countryCode: { name: 'country_code', type: 'text' },
    latitude: { type: 'double precision', nullable: true },
    longitude: { type: 'double precision', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz' },
  },
});
