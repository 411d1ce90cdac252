import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { VenuesSpacesAndSeatMaps1763700000000 } from './1763700000000-venues-spaces-and-seat-maps.ts';
import { SeatTraits1763900400001 } from './1763900400001-seat-traits.ts';
import { DeletedVenues1764001100001 } from './1764001100001-deleted-venues.ts';

export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  VenuesSpacesAndSeatMaps1763700000000,
  SeatTraits1763900400001,
  DeletedVenues1764001100001,
];
