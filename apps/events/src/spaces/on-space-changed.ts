import type { Handlers } from '@marquee/messaging';
import { markVenueDeleted, removeSpacesOf, saveSpace } from './space-replica.ts';

/** Keeps the replica of the spaces of venues. */
export const spaceHandlers: Handlers = {
  'venues.space-created.v1': ({ data }, tx) => saveSpace(tx, data),
  'venues.venue-deleted.v1': ({ data }, tx) => markVenueDeleted(tx, data.venueId, true),
  'venues.venue-restored.v1': ({ data }, tx) => markVenueDeleted(tx, data.venueId, false),
  'venues.venue-purged.v1': ({ data }, tx) => removeSpacesOf(tx, data.venueId),
};
