import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { Accounts1763900700001 } from './1763900700001-accounts.ts';
import { Organisations1763900700002 } from './1763900700002-organisations.ts';
import { Issuer1763900700003 } from './1763900700003-issuer.ts';

/** In the order they run. */
export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  Accounts1763900700001,
  Organisations1763900700002,
  Issuer1763900700003,
];
