import { questions } from '@marquee/contracts';
import type { Messaging } from '@marquee/messaging';
import type { Database } from '@marquee/postgres';

/** Answers which events an organisation has. Row-level security leaves out what others have, and what was deleted. */
export function tellKnownEvents(messaging: Pick<Messaging, 'answer'>, database: Database): void {
  messaging.answer(questions.knownEvents, async ({ eventIds }, { organisationId }) => {
    const known = await database.read({ organisationId }, (tx) =>
      tx.rows<{ id: string }>('select id from event where id = any($1::uuid[])', [eventIds]),
    );
    return { eventIds: known.map(({ id }) => id) };
  });
}
