import type { Handlers } from '@marquee/messaging';
import { newsHours } from './order-link.ts';
import { insertLink, linksOfOrder } from './order-link-rows.ts';
import { forgetLinksOfGuest } from './revoke-order-links.ts';

/** A paid order gets a link, which is mailed a moment later; who is forgotten loses theirs. */
export function orderLinkHandlers(onCommit: () => void): Handlers {
  return {
    'tickets.order-paid.v1': async ({ data, occurredAt }, tx) => {
      const old = Date.parse(occurredAt) < Date.now() - newsHours * 3_600_000;
      // Of a cart it is told hold by hold; what only makes a ticket dearer has no tickets of its own.
      if (old || data.quantity === 0 || (await linksOfOrder(tx, data.orderId)).length > 0) return;
      await insertLink(tx, { orderId: data.orderId, orderNumber: data.number, guestId: data.guestId });
    },
    'guests.guest-erased.v1': async ({ data }, tx) => {
      await forgetLinksOfGuest(tx, data.guestId);
      tx.afterCommit(onCommit);
    },
  };
}
