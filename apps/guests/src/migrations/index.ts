import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations, privacyMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { GuestsAndConsent1763700000000 } from './1763700000000-guests-and-consent.ts';
import { sagaMigrations } from '@marquee/sagas';
import { ErasedGuests1763800300010 } from './1763800300010-erased-guests.ts';
import { PrivacyRequests1764000600010 } from './1764000600010-privacy-requests.ts';
import { Notifications1764000600020 } from './1764000600020-notifications.ts';
import { DeletedGuests1764001100003 } from './1764001100003-deleted-guests.ts';

export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  GuestsAndConsent1763700000000,
  ErasedGuests1763800300010,
  ...sagaMigrations,
  ...privacyMigrations,
  PrivacyRequests1764000600010,
  DeletedGuests1764001100003,
  Notifications1764000600020,
];
