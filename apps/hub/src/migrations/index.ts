import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations, privacyMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { Webhooks1764000400001 } from './1764000400001-webhooks.ts';
import { Plugins1764000700001 } from './1764000700001-plugins.ts';
import { Metering1764000800001 } from './1764000800001-metering.ts';

/** In the order they run. */
export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  Webhooks1764000400001,
  ...privacyMigrations,
  Plugins1764000700001,
  Metering1764000800001,
];
