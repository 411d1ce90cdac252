import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { Accounts1763900700001 } from './1763900700001-accounts.ts';
import { Organisations1763900700002 } from './1763900700002-organisations.ts';
import { Issuer1763900700003 } from './1763900700003-issuer.ts';
import { sagaMigrations } from '@marquee/sagas';
import { OrderLinks1764001200001 } from './1764001200001-order-links.ts';
import { Removals1764001200020 } from './1764001200020-removals.ts';
import { LinksByMail1764001200030 } from './1764001200030-links-by-mail.ts';
import { PluginKeys1764001400004 } from './1764001400004-plugin-keys.ts';
import { SessionProofs1764001800001 } from './1764001800001-session-proofs.ts';

/** In the order they run. */
export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  Accounts1763900700001,
  Organisations1763900700002,
  Issuer1763900700003,
  OrderLinks1764001200001,
  ...sagaMigrations,
  Removals1764001200020,
  LinksByMail1764001200030,
  PluginKeys1764001400004,
  SessionProofs1764001800001,
];
