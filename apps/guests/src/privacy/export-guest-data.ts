import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type IdempotencyConflict, type NotFound, type Outcome } from '@marquee/kernel';
import { withDeleted, type Database, type Transaction } from '@marquee/postgres';
import { once, type Command } from '../command.ts';
import { lockGuest } from '../guests/guest-rows.ts';
import { mayChangeGuest } from '../guests/guest.ts';
import type { PrivacyKind } from './privacy-request.ts';
import { insertRequest } from './privacy-rows.ts';
import { followRequest } from './privacy-saga.ts';

/** Has all that every service knows of a guest gathered. */
export async function exportGuestData(
  database: Database,
  command: Command,
  guestId: string,
): Promise<Outcome<string, NotFound | IdempotencyConflict>> {
  return database.decide(command.viewer, (tx) =>
    once<string, NotFound | IdempotencyConflict>(tx, command, 'exportGuestData', { guestId }, async () => {
      // One whom the organisation deleted has a right to know as well.
      const guest = await withDeleted(tx, () => lockGuest(tx, guestId));
      if (!guest || guest.erasedAt || !mayChangeGuest(command.viewer, guest)) return notFound('The guest');
      tx.afterCommit(command.onCommit);
      return accept(await openRequest(tx, command, guestId, 'EXPORT'));
    }),
  );
}

/** Writes the request, says so and begins it. Answers its id. */
export async function openRequest(
  tx: Transaction,
  { viewer }: { readonly viewer: { readonly subject: string } },
  guestId: string,
  kind: PrivacyKind,
): Promise<string> {
  const requestId = await insertRequest(tx, { guestId, kind, requestedBy: viewer.subject });
  await appendEvents(tx, {
    streamId: streamId('guest', guestId),
    events: [{ type: 'guests.privacy-requested.v1', data: { requestId, guestId, kind } }],
  });
  await followRequest(tx, requestId, { kind, guestId });
  return requestId;
}
