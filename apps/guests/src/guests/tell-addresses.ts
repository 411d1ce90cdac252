import { questions } from '@marquee/contracts';
import type { Messaging } from '@marquee/messaging';
import type { Database } from '@marquee/postgres';
import { guestsById } from './guest-rows.ts';

/** Who sends mails; nobody else is told an address. */
const asker = 'identity';

/** Answers where guests are to be written to. */
export function tellAddresses(messaging: Pick<Messaging, 'answer'>, database: Database): void {
  messaging.answer(questions.guestAddresses, async ({ guestIds }, by) => {
    if (by.asker !== asker) return { guests: [] };
    const guests = await database.read(by, (tx) => guestsById(tx, guestIds));
    return {
      guests: guests
        .filter(({ erasedAt }) => !erasedAt)
        .map(({ id, email, name }) => ({ guestId: id, email, name })),
    };
  });
}
