import { appendEvents, streamId } from '@marquee/event-log';
import { assert, newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { comeBack, type Deleting } from './delete-guest.ts';
import { insertGuest, shareGuestByEmail } from './guest-rows.ts';
import type { Guest } from './guest.ts';

export type Registration = { readonly email: string; readonly name: string; readonly locale: string };

/**
 * The organisation's guest with this address: the one it knows, unchanged, or a new one; one it deleted is back. Whoever
 * sells a ticket asks for it, so a caller must not be able to rename somebody by knowing the address.
 */
export async function registerGuest(services: Deleting, registration: Registration): Promise<Guest> {
  return services.database.transaction(services.viewer, async (tx) => {
    const guest =
      (await shareGuestByEmail(tx, registration.email)) ??
      (await insertRegistered(tx, services, registration)) ??
      // Somebody has the address: who registered at the same time, or was deleted.
      (await comeBack(tx, services, registration.email)) ??
      (await insertRegistered(tx, services, registration));
    assert(guest, 'an address that nobody has can be registered');
    return guest;
  });
}

async function insertRegistered(
  tx: Transaction,
  { encryption, onCommit }: Deleting,
  registration: Registration,
): Promise<Guest | null> {
  // The time in a UUIDv7 would tell a stranger whether the address was known before; this one says 1970 for all.
  const guest = await insertGuest(tx, { id: newUuid(0), ...registration });
  if (!guest) return null;
  const { id: guestId, email, name, locale, phone } = guest;
  await appendEvents(tx, {
    streamId: streamId('guest', guestId),
    expectedVersion: 'none',
    interceptors: [encryption.within(tx).append],
    events: [{ type: 'guests.guest-registered.v1', data: { guestId, email, name, locale, phone } }],
  });
  tx.afterCommit(onCommit);
  return guest;
}
