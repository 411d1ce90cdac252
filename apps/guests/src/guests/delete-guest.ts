import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId, type FieldEncryption } from '@marquee/event-log';
import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import {
  createSoftDeletion,
  withDeleted,
  type Database,
  type Deleted,
  type Purge,
  type SoftDeletion,
  type Transaction,
} from '@marquee/postgres';
import { forgetGuest } from './erase-guest.ts';
import { guestsByEmail, lockGuest } from './guest-rows.ts';
import type { Guest } from './guest.ts';

export type Deleting = {
  readonly database: Database;
  readonly viewer: { readonly organisationId: string };
  readonly encryption: FieldEncryption;
  readonly guestDeletion: SoftDeletion;
  readonly onCommit: () => void;
};

export const createGuestDeletion = (retentionDays: number): SoftDeletion =>
  createSoftDeletion({ table: 'guest', name: 'name' }, retentionDays);

/** Takes a person out of the organisation's sight; after the retention they are erased. Done again it changes nothing. */
export async function deleteGuest(
  { database, viewer, guestDeletion, onCommit }: Deleting,
  guestId: string,
): Promise<Outcome<Deleted, NotFound>> {
  return database.decide<Deleted, NotFound>(viewer, async (tx) => {
    const found = await guestDeletion.lock(tx, guestId);
    if (!found) return notFound('The guest');
    if (found.deleted) return accept(found.deleted);
    // There is nobody left to hide.
    if ((await lockGuest(tx, guestId))?.erasedAt) return notFound('The guest');
    const deleted = await guestDeletion.hide(tx, guestId);
    const restorableUntil = deleted.restorableUntil.toISOString();
    await append(tx, guestId, { type: 'guests.guest-deleted.v1', data: { guestId, restorableUntil } });
    tx.afterCommit(onCommit);
    return accept(deleted);
  });
}

/** Brings the person back. Done again it changes nothing. */
export async function restoreGuest(deleting: Deleting, guestId: string): Promise<Outcome<string, NotFound>> {
  const { database, viewer, guestDeletion } = deleting;
  return database.decide<string, NotFound>(viewer, async (tx) => {
    const found = await guestDeletion.lock(tx, guestId);
    if (!found) return notFound('The guest');
    if (found.deleted) await show(tx, deleting, guestId);
    return accept(guestId);
  });
}

/**
 * The guest of this address that no reader sees: one who registers again is back, as who buys again must be. One whose
 * time is over is erased and so gives the address up; null then.
 */
export async function comeBack(tx: Transaction, deleting: Deleting, email: string): Promise<Guest | null> {
  const [hidden] = await withDeleted(tx, () => guestsByEmail(tx, [email]));
  if (!hidden) return null;
  const found = await deleting.guestDeletion.lock(tx, hidden.id);
  if (found?.deleted) await show(tx, deleting, hidden.id);
  if (!found) await withDeleted(tx, () => purgeGuest(deleting.encryption)(tx, hidden.id));
  const [guest] = await guestsByEmail(tx, [email]);
  return guest ?? null;
}

/** What is purged of a guest is the person: the row stays, for orders name its id. */
export const purgeGuest =
  (encryption: FieldEncryption): Purge =>
  async (tx, guestId) => {
    const guest = await lockGuest(tx, guestId);
    if (guest) await forgetGuest(tx, { encryption, viewer: { subject: 'service:guests' } }, guest);
  };

async function show(tx: Transaction, { guestDeletion, onCommit }: Deleting, guestId: string): Promise<void> {
  await guestDeletion.show(tx, guestId);
  await append(tx, guestId, { type: 'guests.guest-restored.v1', data: { guestId } });
  tx.afterCommit(onCommit);
}

async function append(tx: Transaction, guestId: string, event: NewEvent): Promise<void> {
  await appendEvents(tx, { streamId: streamId('guest', guestId), events: [event] });
}
