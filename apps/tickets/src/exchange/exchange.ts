import { accept, assert, refuse, type Money, type Outcome } from '@marquee/kernel';
import type { SaleTerms } from '../pricing/sale-terms.ts';
import { share } from '../pricing/pricing.ts';
import type { TicketStatus } from '../tickets/ticket.ts';

export type ExchangeNotPossible = { readonly kind: 'ExchangeNotPossible'; readonly message: string };

/** Whoever asked did not say that the difference will be paid. */
export type ExchangeCostsMore = {
  readonly kind: 'ExchangeCostsMore';
  readonly message: string;
  readonly difference: Money;
};

const no = (message: string) => refuse<ExchangeNotPossible>({ kind: 'ExchangeNotPossible', message });

export type ExchangeableTicket = {
  readonly status: TicketStatus;
  readonly listed: boolean;
  readonly admitted: boolean;
  /** It was shown at a door, whatever was answered: the door's counts name what it was. */
  readonly shown: boolean;
  readonly startsAt: Date;
  /** Its occurrence does not take place; until the mass refund has come to it, its holder may choose another. */
  readonly cancelled: boolean;
};

/** Whether the ticket may become one for another occurrence at all. */
export function judgeExchange(ticket: ExchangeableTicket, now: Date): Outcome<true, ExchangeNotPossible> {
  if (ticket.status === 'TRANSFER_PENDING')
    return no('The ticket is on offer to someone: recall that first.');
  if (ticket.status !== 'VALID') return no('The ticket is no longer valid.');
  if (ticket.listed) return no('The ticket is for sale: take it off the market first.');
  if (ticket.admitted) return no('The ticket was admitted already.');
  if (ticket.shown) return no('The ticket was shown at a door already.');
  if (!ticket.cancelled && ticket.startsAt <= now) return no('It has begun: tickets stay where they are.');
  return accept(true);
}

/** Some types are sold under terms of an order: by approval, for so many to each guest, at the buyer's own price. */
export function judgeTarget(terms: SaleTerms): Outcome<true, ExchangeNotPossible> {
  const ofOrders =
    terms.needsApproval || terms.donation || terms.maxPerGuest !== null || terms.minPerOrder > 1;
  return ofOrders ? no('Tickets of this type are not had by exchange, but by an order.') : accept(true);
}

/** What a ticket is worth before: its price as a buyer was told it, and what was paid for it, with tax. */
export type Worth = { readonly priceMinor: bigint; readonly valueMinor: bigint };

/** What goes back, and what the ticket is worth from now on. */
export type Settlement = Worth & { readonly backMinor: bigint };

/**
 * Of what was paid the same share goes back by which the new price is lower, less what the cancellation policy keeps of
 * it: nobody gets round the policy by a cheaper ticket.
 */
export function settle(had: Worth, price: Money, keptBp: number): Settlement {
  const lower = had.priceMinor - price.amountMinor;
  assert(lower >= 0n, 'a dearer one is ordered');
  const less = had.priceMinor === 0n ? 0n : share(had.valueMinor, lower, had.priceMinor);
  return {
    backMinor: less - share(less, BigInt(keptBp), 10_000n),
    priceMinor: price.amountMinor,
    valueMinor: had.valueMinor - less,
  };
}

export function costsMore(difference: Money): { readonly ok: false; readonly refusal: ExchangeCostsMore } {
  return refuse({
    kind: 'ExchangeCostsMore',
    message:
      'The other ticket costs more than this one. Ask again with payDifference: true to pay the difference.',
    difference,
  });
}
