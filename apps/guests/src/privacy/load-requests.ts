import type { Database } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import type { PrivacyRequest } from './privacy-request.ts';
import { requestsById } from './privacy-rows.ts';

/** Requests by id; null for what the viewer may not read. Who asked may, also once nothing else is known of the guest. */
export function createRequestLoader(
  database: Database,
  viewer: Viewer,
): Loader<string, PrivacyRequest | null> {
  return createLoader(async (ids: readonly string[]) => {
    const requests = await database.read(viewer, (tx) => requestsById(tx, ids));
    const readable = requests.filter((request) => mayReadRequest(viewer, request));
    const byId = new Map(readable.map((request) => [request.id, request]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

export function mayReadRequest(viewer: Viewer, { requestedBy }: PrivacyRequest): boolean {
  return viewer.scopes.includes('guests:manage') || requestedBy === viewer.subject;
}
