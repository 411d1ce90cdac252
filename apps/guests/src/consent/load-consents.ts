import { pageBatch, pageCacheKey, type Database, type PageKey } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import { mayReadGuest } from '../guests/guest.ts';
import { consentHistories, consentsById, currentConsents, type ListedConsent } from './consent-rows.ts';
import type { ConsentRecord } from './consent.ts';

/** Records by id; null for one that is unknown or of a guest that the viewer may not read. */
export function createConsentLoader(
  database: Database,
  viewer: Viewer,
): Loader<string, ConsentRecord | null> {
  return createLoader(async (ids: readonly string[]) => {
    const records = await database.read(viewer, (tx) => consentsById(tx, ids));
    const readable = new Map(
      records.filter((record) => mayReadGuest(viewer, record)).map((record) => [record.id, record]),
    );
    return ids.map((id) => readable.get(id) ?? null);
  });
}

/** By guest: the record that holds for each purpose. Ask only for a guest that the viewer may read. */
export function createCurrentConsentsLoader(
  database: Database,
  viewer: Viewer,
): Loader<string, readonly ConsentRecord[]> {
  return createLoader(async (guestIds: readonly string[]) => {
    const records = await database.read(viewer, (tx) => currentConsents(tx, guestIds));
    const byGuest = Map.groupBy(records, (record) => record.guestId);
    return guestIds.map((id) => byGuest.get(id) ?? []);
  });
}

/** By guest and page: its records, newest first, one more than the page where there is one. */
export function createConsentHistoryLoader(
  database: Database,
  viewer: Viewer,
): Loader<PageKey, readonly ListedConsent[]> {
  return createLoader(pageBatch(database, viewer, consentHistories), { cacheKey: pageCacheKey });
}
