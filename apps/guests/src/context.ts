import type { FieldEncryption } from '@marquee/event-log';
import type { Database, PageKey, SoftDeletion } from '@marquee/postgres';
import { createPageLoader, type Loader, type Viewer } from '@marquee/subgraph';
import type { ConsentRecord } from './consent/consent.ts';
import {
  createConsentLoader,
  createConsentHistoryLoader,
  createCurrentConsentsLoader,
} from './consent/load-consents.ts';
import type { ListedConsent } from './consent/consent-rows.ts';
import { notificationsOf } from './notifications/notification-rows.ts';
import type { Notification } from './notifications/notification.ts';
import { createRequestLoader } from './privacy/load-requests.ts';
import type { PrivacyRequest } from './privacy/privacy-request.ts';
import { createGuestByEmailLoader, createGuestLoader } from './guests/load-guests.ts';
import type { Guest } from './guests/guest.ts';

/** What a resolver may see. Loaders answer only what the viewer may read. */
export type Context = {
  readonly viewer: Viewer;
  readonly database: Database;
  /** Of what is personal in the log. */
  readonly encryption: FieldEncryption;
  readonly guestDeletion: SoftDeletion;
  /** Tells the relay that events were committed. */
  readonly onCommit: () => void;
  readonly loaders: {
    readonly guest: Loader<string, Guest | null>;
    readonly guestByEmail: Loader<string, Guest | null>;
    readonly consent: Loader<string, ConsentRecord | null>;
    readonly currentConsents: Loader<string, readonly ConsentRecord[]>;
    readonly notifications: Loader<PageKey, readonly Notification[]>;
    readonly privacyRequest: Loader<string, PrivacyRequest | null>;
    readonly consentHistory: Loader<PageKey, readonly ListedConsent[]>;
  };
};

export function createContext(
  services: {
    readonly database: Database;
    readonly encryption: FieldEncryption;
    readonly guestDeletion: SoftDeletion;
    readonly onCommit: () => void;
  },
  viewer: Viewer,
): Context {
  const { database } = services;
  return {
    ...services,
    viewer,
    loaders: {
      guest: createGuestLoader(database, viewer),
      guestByEmail: createGuestByEmailLoader(database, viewer),
      consent: createConsentLoader(database, viewer),
      currentConsents: createCurrentConsentsLoader(database, viewer),
      notifications: createPageLoader(database, viewer, notificationsOf),
      privacyRequest: createRequestLoader(database, viewer),
      consentHistory: createConsentHistoryLoader(database, viewer),
    },
  };
}
