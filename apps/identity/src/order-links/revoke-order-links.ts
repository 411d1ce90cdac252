import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type IdempotencyConflict, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { decide, type Command } from '../command.ts';
import { noteRevocation } from '../sessions/revocations.ts';
import type { OrderLink } from './order-link.ts';
import { endLinks, insertLink, linksOfOrder } from './order-link-rows.ts';

/** Its own buyer, by a link; or who sells everywhere: identity does not know which event an order is of. */
function mayEndLinks(viewer: Viewer, orderId: string): boolean {
  return (
    viewer.orderId === orderId || (viewer.scopes.includes('tickets:sell') && viewer.eventIds === undefined)
  );
}

type Request = { readonly orderId: string; readonly sendNew: boolean };

/** Ends every link of an order, within a second; where asked for, the guest is mailed a new one. */
export async function revokeOrderLinks(
  command: Command,
  request: Request,
): Promise<Outcome<Request, NotFound | IdempotencyConflict>> {
  const { orderId, sendNew } = request;
  return decide<Request, NotFound>(command, 'revokeOrderLinks', request, async (tx) => {
    const links = mayEndLinks(command.viewer, orderId) ? await linksOfOrder(tx, orderId) : [];
    const [newest] = links;
    if (!newest) return notFound('A link to this order');
    await endAndTell(tx, await endLinks(tx, { orderId }), 'asked');
    if (sendNew) await insertLink(tx, newest);
    return accept(request);
  });
}

/** No link leads to the orders of a person who is forgotten. */
export async function forgetLinksOfGuest(tx: Transaction, guestId: string): Promise<void> {
  await endAndTell(tx, await endLinks(tx, { guestId }), 'erased');
}

async function endAndTell(
  tx: Transaction,
  ended: readonly OrderLink[],
  because: 'asked' | 'erased',
): Promise<void> {
  // What was exchanged for a link stands on it as on a session.
  for (const { id } of ended) await noteRevocation(tx, 'session', id);
  for (const orderId of new Set(ended.map((link) => link.orderId)))
    await appendEvents(tx, {
      streamId: streamId('order-links', orderId),
      events: [{ type: 'identity.order-links-revoked.v1', data: { orderId, because } }],
    });
}
