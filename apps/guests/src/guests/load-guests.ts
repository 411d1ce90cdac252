import type { Database } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import { guestsByEmail, guestsById } from './guest-rows.ts';
import { mayReadGuest, type Guest } from './guest.ts';

/** Guests by id; null for one that is unknown or that the viewer may not read. */
export function createGuestLoader(database: Database, viewer: Viewer): Loader<string, Guest | null> {
  return createLoader(async (ids: readonly string[]) => {
    const guests = await database.read(viewer, (tx) => guestsById(tx, ids));
    const readable = new Map(
      guests.filter((guest) => mayReadGuest(viewer, guest)).map((guest) => [guest.id, guest]),
    );
    return ids.map((id) => readable.get(id) ?? null);
  });
}

/** Guests by e-mail address, whatever its case; null for one that is unknown or that the viewer may not read. */
export function createGuestByEmailLoader(database: Database, viewer: Viewer): Loader<string, Guest | null> {
  return createLoader(
    async (emails: readonly string[]) => {
      const guests = await database.read(viewer, (tx) => guestsByEmail(tx, emails));
      const readable = guests.filter((guest) => mayReadGuest(viewer, guest));
      const byEmail = new Map(readable.map((guest) => [guest.email.toLowerCase(), guest]));
      return emails.map((email) => byEmail.get(email.toLowerCase()) ?? null);
    },
    { cacheKey: (email) => email.toLowerCase() },
  );
}
