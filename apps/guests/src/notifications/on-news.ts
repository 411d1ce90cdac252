import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Handlers } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { noteAttendance, notify, notifyAttending, type News } from './notification-rows.ts';

/** As many ids as one event names. */
const idsAtOnce = 1_000;

/** Other services' news become notifications, and an event that says for whom: by it the live ones are heard of. */
export function newsHandlers(onCommit: () => void): Handlers {
  const tell = async (tx: Transaction, guestIds: readonly string[]) => {
    for (let from = 0; from < guestIds.length; from += idsAtOnce)
      await appendEvents(tx, {
        streamId: streamId('notification', newUuid()),
        events: [
          {
            type: 'guests.guests-notified.v1',
            data: { guestIds: guestIds.slice(from, from + idsAtOnce) },
          },
        ],
      });
    tx.afterCommit(onCommit);
  };
  const tellOne = async (tx: Transaction, guestId: string, news: News) => {
    await notify(tx, guestId, news);
    await tell(tx, [guestId]);
  };
  return {
    'tickets.order-paid.v1': async ({ data: { orderId, guestId, occurrenceId }, occurredAt }, tx) => {
      await noteAttendance(tx, occurrenceId, guestId);
      await tellOne(tx, guestId, { kind: 'ORDER_PAID', subjectId: orderId, occurredAt });
    },
    'tickets.transfer-accepted.v1': async ({ data: { ticketId, guestId, occurrenceId }, occurredAt }, tx) => {
      await noteAttendance(tx, occurrenceId, guestId);
      await tellOne(tx, guestId, { kind: 'TICKET_RECEIVED', subjectId: ticketId, occurredAt });
    },
    'tickets.waitlist-offered.v1': ({ data: { entryId, guestId }, occurredAt }, tx) =>
      tellOne(tx, guestId, { kind: 'WAITLIST_OFFERED', subjectId: entryId, occurredAt }),
    'tickets.instalment-due.v1': ({ data: { orderId, guestId }, occurredAt }, tx) =>
      tellOne(tx, guestId, { kind: 'INSTALMENT_DUE', subjectId: orderId, occurredAt }),
    'events.occurrence-cancelled.v1': async ({ data: { occurrenceId }, occurredAt }, tx) => {
      const news: News = { kind: 'OCCURRENCE_CANCELLED', subjectId: occurrenceId, occurredAt };
      await tell(tx, await notifyAttending(tx, occurrenceId, news));
    },
  };
}
