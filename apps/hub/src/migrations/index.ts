import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations, privacyMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { Webhooks1764000400001 } from './1764000400001-webhooks.ts';
import { Plugins1764000700001 } from './1764000700001-plugins.ts';
import { Metering1764000800001 } from './1764000800001-metering.ts';
import { MarketplaceSerial1764001400002 } from './1764001400002-marketplace-serial.ts';
import { PluginKeys1764001400003 } from './1764001400003-plugin-keys.ts';
import { Billing1764001500001 } from './1764001500001-billing.ts';
import { BearerSecrets1764001700001 } from './1764001700001-bearer-secrets.ts';

/** In the order they run. */
export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  Webhooks1764000400001,
  ...privacyMigrations,
  Plugins1764000700001,
  Metering1764000800001,
  MarketplaceSerial1764001400002,
  PluginKeys1764001400003,
  Billing1764001500001,
  BearerSecrets1764001700001,
];
