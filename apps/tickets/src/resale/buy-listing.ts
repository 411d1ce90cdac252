import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type IdempotencyConflict, type NotFound, type Outcome } from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { newHold, type Hold, type HoldPlan } from '../holds/hold.ts';
import { holdPlaced } from '../holds/hold-events.ts';
import { insertHold } from '../holds/hold-rows.ts';
import { judgeOnSale, type NotOnSale } from '../occurrences/occurrence.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import type { Services } from '../services.ts';
import { findQueue } from '../waitlist/queue-rows.ts';
import { judgePurchase, type ResaleListing, type ResaleNotPossible } from './listing.ts';
import { findListings, lockListings, reserveListings } from './listing-rows.ts';

type Refusals = ResaleNotPossible | NotOnSale | NotFound | IdempotencyConflict;

/**
 * Holds a listed ticket for a buyer, who checks out and pays as with any hold. The hold takes no place: the listing's
 * becomes the buyer's in the transaction in which the payment is confirmed (take-listings.ts).
 */
export async function buyListing(
  services: Services,
  viewer: Viewer,
  { idempotencyKey: key, listingId }: { readonly idempotencyKey: string; readonly listingId: string },
): Promise<Outcome<Hold, Refusals>> {
  return services.database.decide<Hold, Refusals>(viewer, (tx) =>
    idempotent<Hold, Refusals>(
      tx,
      { operation: 'buyResaleTicket', key, request: { listingId }, subject: viewer.subject },
      async () => {
        const [seen] = await findListings(tx, [listingId]);
        const found = seen && (await findOccurrence(tx, seen.occurrenceId));
        if (!seen || !found) return notFound('The listing');
        const onSale = judgeOnSale(found.occurrence, found.now);
        if (!onSale.ok) return onSale;
        const queue = await findQueue(tx, seen.occurrenceId, seen.ticketTypeId);
        const [listing] = await lockListings(tx, [listingId]);
        const judged = judgePurchase(listing!, {
          leastWanted: queue.leastWanted,
          free: queue.free + queue.listed,
        });
        if (!judged.ok) return judged;
        const hold = newHold(
          { occurrenceId: seen.occurrenceId, plan: planOf([listing!]), placedBy: viewer.subject },
          found.now,
          services.terms,
        );
        await placeReserved(tx, hold, [listing!.id]);
        tx.afterCommit(services.wake);
        return accept(hold);
      },
    ),
  );
}

/** A hold of listed tickets alone: no quota is drawn on, and seats stay their sellers' until they are paid. */
export function planOf(listings: readonly ResaleListing[]): HoldPlan {
  const [{ ticketTypeId, price }] = listings as [ResaleListing];
  const quantity = listings.length;
  const total = { amountMinor: price.amountMinor * BigInt(quantity), currency: price.currency };
  return {
    lines: [{ ticketTypeId, quantity, unitPrice: price, seatIds: [] }],
    quantity,
    total,
    quotas: [],
    seats: [],
  };
}

async function placeReserved(tx: Transaction, hold: Hold, listingIds: readonly string[]): Promise<void> {
  await insertHold(tx, { ...hold, plan: { ...hold, quotas: [], seats: [] } });
  await reserveListings(tx, listingIds, hold.id);
  await appendEvents(tx, {
    streamId: streamId('hold', hold.id),
    expectedVersion: 'none',
    events: [holdPlaced(hold)],
  });
}
