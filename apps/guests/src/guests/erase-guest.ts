import { dropSnapshots, streamId, type FieldEncryption } from '@marquee/event-log';
import { accept, notFound, type IdempotencyConflict, type NotFound, type Outcome } from '@marquee/kernel';
import { noteErasure } from '@marquee/messaging';
import { withDeleted, type Database, type Transaction } from '@marquee/postgres';
import { once, type Command } from '../command.ts';
import { countConsents } from '../consent/consent-rows.ts';
import { forgetNotifications } from '../notifications/notification-rows.ts';
import { openRequest } from '../privacy/export-guest-data.ts';
import { forgetArchivesOf } from '../privacy/privacy-rows.ts';
import { lockGuest, updateGuestRow } from './guest-rows.ts';
import { erasedGuest, mayChangeGuest, type Guest } from './guest.ts';

/**
 * Forgets a person, a deleted one too. The row stays, for orders name its id; what it says of the person goes, and with
 * the data key all that the log ever said. Who has a copy is told by the event. Done again it is accepted and changes
 * nothing.
 */
export async function eraseGuest(
  database: Database,
  command: Command,
  guestId: string,
): Promise<Outcome<string, NotFound | IdempotencyConflict>> {
  return database.decide(command.viewer, (tx) =>
    once<string, NotFound | IdempotencyConflict>(tx, command, 'eraseGuest', { guestId }, async () => {
      const guest = await withDeleted(tx, () => lockGuest(tx, guestId));
      if (!guest || !mayChangeGuest(command.viewer, guest)) return notFound('The guest');
      if (!guest.erasedAt) {
        await withDeleted(tx, () => forgetGuest(tx, command, guest));
        tx.afterCommit(command.onCommit);
      }
      return accept(guest.id);
    }),
  );
}

/** Who has a person forgotten, and what their data is enciphered with. */
type Forgetting = { readonly viewer: { readonly subject: string }; readonly encryption: FieldEncryption };

/** Forgets the person of a row that is locked and in sight. What is left is deleted no more: nobody could miss it. */
export async function forgetGuest(tx: Transaction, by: Forgetting, guest: Guest): Promise<void> {
  const stream = streamId('guest', guest.id);
  await updateGuestRow(tx, erasedGuest(guest));
  await tx.execute('update guest set erased_at = now(), deleted_at = null where id = $1', [guest.id]);
  await dropSnapshots(tx, stream);
  const consents = await countConsents(tx, guest.id);
  await by.encryption.eraseSubject(tx, {
    subject: guest.id,
    announce: { streamId: stream, events: [{ type: 'guests.guest-erased.v1', data: { guestId: guest.id } }] },
  });
  await noteErasure(tx, guest.id, {
    erased: [
      { what: 'name, address, telephone and language', count: 1 },
      { what: 'preferences', count: guest.preferences.length },
      { what: 'notifications', count: await forgetNotifications(tx, guest.id) },
      { what: 'archives of personal data', count: await forgetArchivesOf(tx, guest.id) },
    ],
    kept: [
      {
        what: 'records of consent, of nobody by name',
        count: consents,
        because: 'they prove what was allowed',
      },
    ],
    ledger: null,
  });
  await openRequest(tx, by, guest.id, 'ERASURE');
}
