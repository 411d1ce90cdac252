import { appendEvents, streamId } from '@marquee/event-log';
import { accept, newUuid, notFound } from '@marquee/kernel';
import type { IdempotencyConflict, NotFound, Outcome } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { once, type Command } from '../command.ts';
import { lockGuest } from '../guests/guest-rows.ts';
import { mayChangeGuest } from '../guests/guest.ts';
import { insertConsent } from './consent-rows.ts';
import type { ConsentAnswer } from './consent.ts';

/** Adds a record, also where it repeats the last one: when consent was renewed is part of the proof. */
export async function recordConsent(
  database: Database,
  command: Command,
  answer: ConsentAnswer,
): Promise<Outcome<string, NotFound | IdempotencyConflict>> {
  return database.decide(command.viewer, (tx) =>
    once<string, NotFound | IdempotencyConflict>(tx, command, 'recordConsent', answer, async () => {
      // The lock puts a guest's answers in one order, so that "the newest holds" means one thing.
      const guest = await lockGuest(tx, answer.guestId);
      if (!guest || guest.erasedAt || !mayChangeGuest(command.viewer, guest)) return notFound('The guest');
      const consentId = newUuid();
      await insertConsent(tx, { id: consentId, ...answer, recordedBy: command.viewer.subject });
      await appendEvents(tx, {
        streamId: streamId('guest', guest.id),
        events: [{ type: 'guests.consent-recorded.v1', data: { consentId, ...answer } }],
      });
      tx.afterCommit(command.onCommit);
      return accept(consentId);
    }),
  );
}
