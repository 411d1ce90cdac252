import { appendEvents, streamId, type FieldEncryption } from '@marquee/event-log';
import { assert, newUuid } from '@marquee/kernel';
import type { Database, Transaction } from '@marquee/postgres';
import { guestsByEmail, insertGuest } from './guest-rows.ts';
import type { Guest } from './guest.ts';

type Registering = {
  readonly database: Database;
  readonly encryption: FieldEncryption;
  readonly viewer: { readonly organisationId: string };
  readonly onCommit: () => void;
};

export type Registration = { readonly email: string; readonly name: string; readonly locale: string };

/**
 * The organisation's guest with this address: the one it knows, unchanged, or a new one. Whoever sells a ticket asks
 * for it, so a caller must not be able to rename somebody by knowing the address.
 */
export async function registerGuest(
  { database, encryption, viewer, onCommit }: Registering,
  registration: Registration,
): Promise<Guest> {
  return database.transaction(viewer, async (tx) => {
    const [known] = await guestsByEmail(tx, [registration.email]);
    if (known) return known;
    return (
      (await insertRegistered(tx, registration, encryption, onCommit)) ??
      (await registeredByAnother(tx, registration))
    );
  });
}

async function insertRegistered(
  tx: Transaction,
  registration: Registration,
  encryption: FieldEncryption,
  onCommit: () => void,
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

async function registeredByAnother(tx: Transaction, { email }: Registration): Promise<Guest> {
  const [guest] = await guestsByEmail(tx, [email]);
  assert(guest, 'an address that conflicts belongs to a guest');
  return guest;
}
