import { noteErasure, type Handlers } from '@marquee/messaging';

/**
 * A kept payload may bear the name of whoever its selection asked for, and does not say whom. So an erasure takes all
 * of the organisation's: a delivery that is tried or replayed later has its payload rendered anew, from what is left.
 */
export const erasureHandlers: Handlers = {
  'guests.guest-erased.v1': async ({ data }, tx) => {
    const count = await tx.execute('delete from webhook_payload');
    await noteErasure(tx, data.guestId, {
      erased: [{ what: 'kept payloads of webhooks, of anybody', count }],
      kept: [],
      ledger: null,
    });
  },
};
