import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { VenuesSpacesAndSeatMaps1763700000000 } from './1763700000000-venues-spaces-and-seat-maps.ts';

export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  VenuesSpacesAndSeatMaps1763700000000,
];
