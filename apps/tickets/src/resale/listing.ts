import { accept, refuse, type Money, type Outcome } from '@marquee/kernel';
import type { TicketStatus } from '../tickets/ticket.ts';

export type ListingStatus = 'LISTED' | 'SOLD' | 'UNLISTED';

/** A ticket that its holder sells on, at what it cost. */
export type ResaleListing = {
  readonly id: string;
  readonly ticketId: string;
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly seatId: string | null;
  readonly sellerGuestId: string;
  readonly listedBy: string;
  readonly price: Money;
  readonly status: ListingStatus;
  /** Someone is just buying it. */
  readonly reserved: boolean;
};

export type ResaleNotPossible = { readonly kind: 'ResaleNotPossible'; readonly message: string };

export function resaleNotPossible(message: string): {
  readonly ok: false;
  readonly refusal: ResaleNotPossible;
} {
  return refuse({ kind: 'ResaleNotPossible', message });
}

export type ListableTicket = {
  readonly status: TicketStatus;
  readonly listed: boolean;
  readonly admitted: boolean;
  readonly startsAt: Date;
};

export function judgeListing(ticket: ListableTicket, now: Date): Outcome<true, ResaleNotPossible> {
  if (ticket.listed) return resaleNotPossible('The ticket is for sale already.');
  if (ticket.status === 'TRANSFER_PENDING')
    return resaleNotPossible('The ticket is on offer to someone: recall that first.');
  if (ticket.status !== 'VALID') return resaleNotPossible('The ticket is no longer valid.');
  if (ticket.admitted) return resaleNotPossible('The ticket was admitted already.');
  if (ticket.startsAt <= now) return resaleNotPossible('It has begun: tickets stay where they are.');
  return accept(true);
}

export function judgeUnlisting(listing: ResaleListing): Outcome<ResaleListing, ResaleNotPossible> {
  if (listing.status !== 'LISTED')
    return resaleNotPossible(`The ticket was ${listing.status.toLowerCase()} already.`);
  if (listing.reserved) return resaleNotPossible('Someone is just buying it. Try again in a while.');
  return accept(listing);
}

/**
 * Whether a buyer who did not wait may have it. `leastWanted`: the fewest places that anyone in the line of its type
 * waits for, null where nobody waits; `free`: places that can be had now, listed ones among them.
 */
export function judgePurchase(
  listing: ResaleListing,
  { leastWanted, free }: { readonly leastWanted: number | null; readonly free: number },
): Outcome<ResaleListing, ResaleNotPossible> {
  if (listing.status !== 'LISTED') return resaleNotPossible('The ticket is not for sale any more.');
  if (listing.reserved) return resaleNotPossible('Someone is just buying it.');
  if (leastWanted !== null && leastWanted <= free)
    return resaleNotPossible('It goes to those on the waitlist. Join it to get one of the next.');
  return accept(listing);
}
