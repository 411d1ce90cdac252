import { accept, invalid, refuse, type InvalidInput, type Outcome } from '@marquee/kernel';

export type WaitlistStatus = 'WAITING' | 'OFFERED' | 'CLAIMED' | 'OFFER_EXPIRED' | 'REVOKED' | 'CANCELLED';

export type WaitlistEntry = {
  readonly id: string;
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly guestId: string;
  /** The subject of the viewer who joined. */
  readonly joinedBy: string;
  readonly quantity: number;
  readonly status: WaitlistStatus;
  /** Grows with each one who joins. */
  readonly place: string;
};

export type TicketsAvailable = {
  readonly kind: 'TicketsAvailable';
  readonly message: string;
  readonly available: number;
};

/** Waiting makes sense for a number that an order may have and that cannot be held right now. */
export function judgeJoin(
  quantity: number,
  maxPerOrder: number,
  available: number,
): Outcome<true, InvalidInput | TicketsAvailable> {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > maxPerOrder) {
    return invalid('quantity', `must be a whole number from 1 to ${maxPerOrder}`);
  }
  if (available < quantity) return accept(true);
  return refuse({ kind: 'TicketsAvailable', message: 'There is no need to wait: hold them now.', available });
}

/** The rule by which places are offered, as it is told to whoever asks. */
export const fairnessRule =
  'First come, first served, by party: places that come free, or that their holders sell on, are offered to the first in the line whose whole party they suffice for. While they suffice for anyone in the line, nobody else can have them.';

export type Waiting = { readonly id: string; readonly quantity: number };

/**
 * Who gets an offer next: the first in the line for whom free places suffice, else the first for whom listed tickets
 * do. Never some of both: the whole party gets places of one kind, at one price.
 */
export function nextOffer<W extends Waiting>(
  line: readonly W[],
  { free, listed }: { readonly free: number; readonly listed: number },
): { readonly entry: W; readonly from: 'free' | 'listed' } | null {
  for (const entry of line) {
    if (entry.quantity <= free) return { entry, from: 'free' };
    if (entry.quantity <= listed) return { entry, from: 'listed' };
  }
  return null;
}

export type WhyNotYet = {
  readonly message: string;
  /** Parties before this one, and the places that they want. */
  readonly partiesAhead: number;
  readonly placesWantedAhead: number;
  readonly placesFree: number;
  readonly ticketsForResale: number;
  readonly openOffers: number;
};

/** Why an entry that waits has no offer yet, by the numbers that the decision is made of. */
export function explainWaiting(
  quantity: number,
  ahead: { readonly parties: number; readonly places: number },
  now: { readonly free: number; readonly listed: number; readonly offered: number; readonly onSale: boolean },
): WhyNotYet {
  return {
    message: whyNotYet(quantity, ahead.parties, now),
    partiesAhead: ahead.parties,
    placesWantedAhead: ahead.places,
    placesFree: now.free,
    ticketsForResale: now.listed,
    openOffers: now.offered,
  };
}

function whyNotYet(
  quantity: number,
  partiesAhead: number,
  { free, listed, offered, onSale }: Parameters<typeof explainWaiting>[2],
): string {
  if (!onSale) return 'Tickets are not on sale now, so nothing is offered.';
  const there = Math.max(free, listed);
  if (there >= quantity) {
    return partiesAhead > 0
      ? 'Places have just come free: they are being offered down the line.'
      : 'Places have just come free: your offer is on its way.';
  }
  const open = offered > 0 ? ` ${some(offered, 'offer is', 'offers are')} open and may come back.` : '';
  if (there === 0) return `Everything is taken.${open}`;
  const free_ = `${there} of the ${quantity} places that you want together ${there === 1 ? 'is' : 'are'} free.`;
  return `${free_} They go to the first in the line whose whole party they suffice for.${open}`;
}

function some(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export type NoOpenOffer = { readonly kind: 'NoOpenOffer'; readonly message: string };

/** Whether an offer of the entry can be taken up now. */
export function judgeOffered(
  entry: Pick<WaitlistEntry, 'status'>,
  offer: { readonly expiresAt: Date } | null,
  now: Date,
): Outcome<true, NoOpenOffer> {
  const no = (message: string) => refuse<NoOpenOffer>({ kind: 'NoOpenOffer', message });
  if (entry.status === 'WAITING') return no('There is no offer yet.');
  if (entry.status === 'OFFER_EXPIRED' || (entry.status === 'OFFERED' && (!offer || offer.expiresAt <= now)))
    return no('The offer has expired. Join the waitlist again to get another one.');
  if (entry.status === 'OFFERED') return accept(true);
  return no(entry.status === 'CLAIMED' ? 'The offer was taken up already.' : 'You do not wait any more.');
}
