import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { sagaMigrations } from '@marquee/sagas';
import { EventsAndOccurrences1763700000000 } from './1763700000000-events-and-occurrences.ts';
import { SpaceBookingTimedOut1763800100010 } from './1763800100010-space-booking-timed-out.ts';
import { DeletedEvents1764001100002 } from './1764001100002-deleted-events.ts';

export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  EventsAndOccurrences1763700000000,
  ...sagaMigrations,
  SpaceBookingTimedOut1763800100010,
  DeletedEvents1764001100002,
];
