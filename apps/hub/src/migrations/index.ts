import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations, privacyMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { Webhooks1764000400001 } from './1764000400001-webhooks.ts';

/** In the order they run. */
export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  Webhooks1764000400001,
  ...privacyMigrations,
];
