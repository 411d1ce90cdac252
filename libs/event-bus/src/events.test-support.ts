import { newUuid } from '@marquee/kernel';

export const published = (eventId = newUuid()) =>
  ({ type: 'events.event-published.v1', data: { eventId } }) as const;
export const scanned = (reason: string) =>
  ({
    type: 'tickets.ticket-scanned.v1',
    data: {
      scanId: newUuid(),
      occurrenceId: newUuid(),
      ticketId: null,
      result: 'REJECTED',
      reason,
      scannedAt: '2027-03-20T19:00:00.000Z',
    },
  }) as const;
export const expired = () =>
  ({
    type: 'tickets.hold-expired.v1',
    data: { holdId: newUuid(), occurrenceId: newUuid(), quantity: 1 },
  }) as const;

/** A door that a handler waits at. */
export function door() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}

/** Whether a promise has settled by the end of this turn of the event loop. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = () => void (settled = true);
  promise.then(note, note);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}
