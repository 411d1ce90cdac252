import type { Loader, Viewer } from '@marquee/subgraph';
import type { SpaceBooking } from './bookings/booking.ts';
import {
  createBookingLoader,
  createBookingsOfOccurrenceLoader,
  createBookingsOfSpaceLoader,
  type BookingRange,
} from './bookings/find-bookings.ts';
import type { Command } from './command.ts';
import type { PageKey } from '@marquee/postgres';
import { createSeatMapLoaders } from './seat-maps/load-seat-maps.ts';
import { createSpaceLoader, createSpacesOfVenueLoader } from './spaces/find-spaces.ts';
import type { Space } from './spaces/space.ts';
import { createVenueLoader } from './venues/find-venues.ts';
import type { Venue } from './venues/venue.ts';

type Loaders = ReturnType<typeof createSeatMapLoaders> & {
  readonly venue: Loader<string, Venue | null>;
  readonly space: Loader<string, Space | null>;
  readonly spacesOfVenue: Loader<PageKey, readonly Space[]>;
  readonly booking: Loader<string, SpaceBooking | null>;
  readonly bookingsOfOccurrence: Loader<string, readonly SpaceBooking[]>;
  readonly bookingsOfSpace: (range: BookingRange) => Loader<PageKey, readonly SpaceBooking[]>;
};

/** What a resolver may see. Everything in it is the viewer's own organisation. */
export type Context = Command & { readonly loaders: Loaders };

export function createContext(services: Omit<Command, 'viewer'>, viewer: Viewer): Context {
  const { database } = services;
  const byRange = new Map<string, Loader<PageKey, readonly SpaceBooking[]>>();
  return {
    ...services,
    viewer,
    loaders: {
      ...createSeatMapLoaders(database, viewer),
      venue: createVenueLoader(database, viewer),
      space: createSpaceLoader(database, viewer),
      spacesOfVenue: createSpacesOfVenueLoader(database, viewer),
      booking: createBookingLoader(database, viewer),
      bookingsOfOccurrence: createBookingsOfOccurrenceLoader(database, viewer),
      bookingsOfSpace: (range) => {
        const key = JSON.stringify(range);
        const loader = byRange.get(key) ?? createBookingsOfSpaceLoader(database, viewer, range);
        byRange.set(key, loader);
        return loader;
      },
    },
  };
}
