import { appendEvents, streamId } from '@marquee/event-log';
import { accept, newUuid, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOnTicket } from '../access.ts';
import { newestExchange } from '../exchange/exchange-rows.ts';
import { moneyData } from '../money-data.ts';
import type { Services } from '../services.ts';
import { lockTicket } from '../tickets/ticket-rows.ts';
import { judgeListing, judgeUnlisting, type ResaleListing, type ResaleNotPossible } from './listing.ts';
import { findListings, lockListings } from './listing-rows.ts';

type Answer = Outcome<ResaleListing, ResaleNotPossible | NotFound>;

/** Puts a ticket up for sale at what was paid for it. Until someone has paid, it is its holder's and opens the door. */
export async function listTicket(services: Services, viewer: Viewer, ticketId: string): Promise<Answer> {
  return services.database.decide(viewer, async (tx): Promise<Answer> => {
    const found = await lockTicket(tx, ticketId);
    if (!found || !mayActOnTicket(viewer, found)) return notFound('The ticket');
    const judged = judgeListing({ ...found, status: found.ticket.status }, found.now);
    if (!judged.ok) return judged;
    const listing = await insert(tx, viewer, ticketId);
    await appendEvents(tx, {
      streamId: streamId('ticket', ticketId),
      events: [
        {
          type: 'tickets.resale-listed.v1',
          data: {
            listingId: listing.id,
            ticketId,
            occurrenceId: listing.occurrenceId,
            ticketTypeId: listing.ticketTypeId,
            price: moneyData(listing.price),
          },
        },
      ],
    });
    tx.afterCommit(services.wake);
    return accept(listing);
  });
}

/**
 * At most what was paid for this very ticket, in the terms in which a buyer pays: its price less its share of the
 * discount, and never more than its share of what the line cost. Fees stay with who paid them.
 */
const paidSql = `coalesce(least(x.price_minor, x.value_minor), least(
  (l.quantity * l.unit_price_minor - l.discount_minor) / l.quantity,
  (coalesce(l.net_minor, l.quantity * l.unit_price_minor) + l.tax_minor) / l.quantity))`;

async function insert(tx: Transaction, viewer: Viewer, ticketId: string): Promise<ResaleListing> {
  const id = newUuid();
  await tx.execute(
    `insert into resale_listing (organisation_id, id, ticket_id, occurrence_id, ticket_type_id, seat_id,
                                 seller_guest_id, listed_by, price_minor, currency, status)
     select t.organisation_id, $1, t.id, t.occurrence_id, t.ticket_type_id, t.seat_id, t.guest_id, $2,
            ${paidSql}, o.currency, 'LISTED'
     from ticket t join order_line l on l.id = t.order_line_id join ticket_order o on o.id = t.order_id
     ${newestExchange}
     where t.id = $3`,
    [id, viewer.subject, ticketId],
  );
  return (await findListings(tx, [id]))[0]!;
}

/** Takes it off the market, unless someone is just buying it. */
export async function unlistTicket(services: Services, viewer: Viewer, listingId: string): Promise<Answer> {
  return services.database.decide(viewer, async (tx): Promise<Answer> => {
    const [seen] = await findListings(tx, [listingId]);
    const found = seen && (await lockTicket(tx, seen.ticketId));
    if (!found || !mayActOnTicket(viewer, found)) return notFound('The listing');
    const [listing] = await lockListings(tx, [listingId]);
    const judged = judgeUnlisting(listing!);
    if (!judged.ok) return judged;
    await unlistLocked(tx, listing!);
    tx.afterCommit(services.wake);
    return accept({ ...listing!, status: 'UNLISTED' });
  });
}

async function unlistLocked(tx: Transaction, listing: ResaleListing): Promise<void> {
  await tx.execute(`update resale_listing set status = 'UNLISTED', settled_at = now() where id = $1`, [
    listing.id,
  ]);
  const { id: listingId, ticketId, occurrenceId } = listing;
  await appendEvents(tx, {
    streamId: streamId('ticket', ticketId),
    events: [{ type: 'tickets.resale-unlisted.v1', data: { listingId, ticketId, occurrenceId } }],
  });
}
