import { appendEvents, streamId } from '@marquee/event-log';
import { accept, invalid, notFound, refuse } from '@marquee/kernel';
import type { IdempotencyConflict, InvalidInput, NotFound, Outcome } from '@marquee/kernel';
import { isUniqueViolation, type Database, type Transaction } from '@marquee/postgres';
import { once, type Command } from '../command.ts';
import { lockGuest, updateGuestRow } from './guest-rows.ts';
import {
  changeGuest,
  isSamePreferences,
  mayChangeEmail,
  mayChangeGuest,
  type Guest,
  type GuestChanges,
  type Preference,
} from './guest.ts';

export type EmailTaken = { readonly kind: 'EmailTaken'; readonly message: string };
export type UpdateRefusal = EmailTaken | InvalidInput | NotFound | IdempotencyConflict;

/** Answers the guest's id. A change that changes nothing is accepted and leaves no event. */
export async function updateGuest(
  database: Database,
  command: Command,
  request: { readonly guestId: string; readonly changes: GuestChanges },
): Promise<Outcome<string, UpdateRefusal>> {
  return database.decide(command.viewer, (tx) =>
    once<string, UpdateRefusal>(tx, command, 'updateGuest', request, async () => {
      const guest = await lockGuest(tx, request.guestId);
      if (!guest || guest.erasedAt || !mayChangeGuest(command.viewer, guest)) return notFound('The guest');
      const { email } = request.changes;
      if (email !== undefined && !mayChangeEmail(command.viewer, guest, email)) {
        return invalid('email', 'can be changed by the organisation only');
      }
      const changed = changeGuest(guest, request.changes);
      return changed ? writeChange(tx, command, changed) : accept(guest.id);
    }),
  );
}

async function writeChange(
  tx: Transaction,
  command: Command,
  guest: Guest,
): Promise<Outcome<string, EmailTaken>> {
  try {
    await updateGuestRow(tx, guest);
  } catch (error) {
    if (!isUniqueViolation(error, 'guest_email_key')) throw error;
    return refuse({ kind: 'EmailTaken', message: 'Another guest has this e-mail address.' });
  }
  const { id: guestId, email, name, locale, phone } = guest;
  await appendEvents(tx, {
    streamId: streamId('guest', guestId),
    interceptors: [command.encryption.within(tx).append],
    events: [{ type: 'guests.guest-updated.v1', data: { guestId, email, name, locale, phone } }],
  });
  tx.afterCommit(command.onCommit);
  return accept(guestId);
}

/** Replaces all preferences; answers the guest's id. */
export async function updatePreferences(
  database: Database,
  command: Command,
  request: { readonly guestId: string; readonly preferences: readonly Preference[] },
): Promise<Outcome<string, NotFound | IdempotencyConflict>> {
  return database.decide(command.viewer, (tx) =>
    once<string, NotFound | IdempotencyConflict>(tx, command, 'updatePreferences', request, async () => {
      const guest = await lockGuest(tx, request.guestId);
      if (!guest || guest.erasedAt || !mayChangeGuest(command.viewer, guest)) return notFound('The guest');
      const preferences = [...request.preferences];
      if (isSamePreferences(guest.preferences, preferences)) return accept(guest.id);
      await updateGuestRow(tx, { ...guest, preferences });
      await appendEvents(tx, {
        streamId: streamId('guest', guest.id),
        interceptors: [command.encryption.within(tx).append],
        events: [{ type: 'guests.preferences-updated.v1', data: { guestId: guest.id, preferences } }],
      });
      tx.afterCommit(command.onCommit);
      return accept(guest.id);
    }),
  );
}
