import {
  accept,
  addMoney,
  invalid,
  multiplyMoney,
  newUuid,
  notFound,
  refuse,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';

import {
  judgeSaleTerms,
  openTerms,
  unitPriceOf,
  type NotForSaleNow,
  type SaleTerms,
} from '../pricing/sale-terms.ts';
import { priceTickets, type PricedPart, type PriceTier } from '../inventory/price-tier.ts';

export type HoldStatus = 'ACTIVE' | 'CONVERTED' | 'RELEASED' | 'EXPIRED';

export type HoldLine = {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly seatIds: readonly string[];
};

export type Hold = {
  readonly id: string;
  readonly occurrenceId: string;
  readonly status: HoldStatus;
  readonly lines: readonly HoldLine[];
  readonly quantity: number;
  readonly total: Money;
  /** The subject of the viewer who placed it. */
  readonly placedBy: string;
  readonly expiresAt: Date;
};

export type HoldLineView = HoldLine & { readonly occurrenceId: string };

export type NotEnoughTickets = {
  readonly kind: 'NotEnoughTickets';
  readonly message: string;
  readonly available: number;
};
export type SeatsTakenView = { readonly message: string; readonly seatIds: readonly string[] };
export type SeatsTaken = SeatsTakenView & { readonly kind: 'SeatsTaken' };
export type HoldExpired = { readonly kind: 'HoldExpired'; readonly message: string };
export type HoldNotActive = {
  readonly kind: 'HoldNotActive';
  readonly message: string;
  readonly status: HoldStatus;
};

/** What a buyer asks for. `quantity` may be left out where seats are chosen. */
export type HoldItem = {
  readonly ticketTypeId: string;
  readonly quantity: number | null;
  readonly seatIds: readonly string[];
  /** What the buyer gives for each ticket of a donation type; at least the type's price. */
  readonly price?: Money | null;
};

/** When and by whom it is asked for: some types are sold for a time, or with a voucher only. */
export type AskedBy = { readonly now: Date; readonly unlocked: readonly string[] };

/** What must be known of a ticket type to plan a hold. */
export type Sellable = {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
  readonly maxPerOrder: number;
  readonly seated: boolean;
  readonly sectionName: string | null;
  /** None where it is sold to all at any time. */
  readonly terms?: SaleTerms;
  readonly quotaIds: readonly string[];
  /** The fewest places that anyone on its waitlist waits for; null where nobody waits. */
  readonly leastWanted?: number | null;
  /** The first one comes first. */
  readonly tiers: readonly PriceTier[];
};

/** A hold that may be granted: what it takes of each quota and which seats, both in the order they are locked in. */
export type HoldPlan = {
  readonly lines: readonly HoldLine[];
  readonly quantity: number;
  readonly total: Money;
  readonly quotas: readonly { readonly quotaId: string; readonly quantity: number }[];
  readonly seats: readonly { readonly seatId: string; readonly sectionName: string }[];
};

/** A planned hold as it is placed at this instant. */
export function newHold(
  placed: { readonly occurrenceId: string; readonly plan: HoldPlan; readonly placedBy: string },
  now: Date,
  { holdMinutes }: { readonly holdMinutes: number },
): Hold {
  const { occurrenceId, placedBy, plan } = placed;
  return {
    id: newUuid(),
    occurrenceId,
    status: 'ACTIVE',
    lines: plan.lines,
    quantity: plan.quantity,
    total: plan.total,
    placedBy,
    expiresAt: new Date(now.getTime() + holdMinutes * 60_000),
  };
}

const maxItems = 20;

/** By quota what is left of it, and when: what prices depend on. */
export type Moment = { readonly left: ReadonlyMap<string, number>; readonly now: Date };

/** Judges what was asked for against the ticket types, whatever is left of them. */
export function planHold(
  items: readonly HoldItem[],
  sellable: ReadonlyMap<string, Sellable>,
  askedBy: AskedBy | null = null,
  moment: Moment = { left: new Map(), now: new Date(0) },
): Outcome<HoldPlan, InvalidInput | NotFound | NotForSaleNow> {
  if (items.length === 0 || items.length > maxItems)
    return invalid('items', `must have 1 to ${maxItems} entries`);
  const lines: (HoldLine & { readonly type: Sellable })[] = [];
  for (const [index, item] of items.entries()) {
    const type = sellable.get(item.ticketTypeId);
    if (!type) return notFound(`The ticket type of items.${index}`);
    if (lines.some((line) => line.ticketTypeId === type.id)) {
      return invalid(`items.${index}.ticketTypeId`, 'must name each ticket type once');
    }
    const terms = type.terms ?? openTerms;
    const forSale = askedBy ? judgeSaleTerms({ ...type, terms }, askedBy) : accept(true);
    if (!forSale.ok) return forSale;
    const quantity = quantityOf(item, type, index);
    if (!quantity.ok) return quantity;
    const unitMinor = unitPriceOf({ ...type, terms }, item.price ?? null, `items.${index}.price`);
    if (!unitMinor.ok) return unitMinor;
    if (type.price.currency !== (lines[0]?.unitPrice ?? type.price).currency) {
      return invalid(`items.${index}.ticketTypeId`, 'must have the currency of the others');
    }
    const own = { quantity: quantity.value, quotaId: null };
    const parts =
      terms.donation || type.tiers.length === 0
        ? [{ ...own, unitPrice: { amountMinor: unitMinor.value, currency: type.price.currency } }]
        : priceTickets(quantity.value, type, moment.left, moment.now);
    lines.push(...linesOf(type, item.seatIds, parts));
  }
  return accept({
    lines: lines.map(({ type: _type, ...line }) => line),
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    total: totalOf(lines),
    quotas: quotasOf(lines),
    seats: lines
      .flatMap((line) => line.seatIds.map((seatId) => ({ seatId, sectionName: line.type.sectionName ?? '' })))
      .toSorted((a, b) => (a.seatId < b.seatId ? -1 : 1)),
  });
}

/** A line for each price; the chosen seats in the order they were named. */
function linesOf(
  type: Sellable,
  seatIds: readonly string[],
  parts: readonly PricedPart[],
): (HoldLine & { readonly type: Sellable })[] {
  let from = 0;
  return parts.map(({ quantity, unitPrice, quotaId }) => ({
    ticketTypeId: type.id,
    quantity,
    unitPrice,
    seatIds: seatIds.slice(from, (from += quantity)),
    type: quotaId === null ? type : { ...type, quotaIds: [...type.quotaIds, quotaId] },
  }));
}

function quantityOf(item: HoldItem, type: Sellable, index: number): Outcome<number, InvalidInput> {
  const at = `items.${index}`;
  if (type.seated && item.seatIds.length === 0)
    return invalid(`${at}.seatIds`, `must name the chosen seats of ${type.name}`);
  if (!type.seated && item.seatIds.length > 0)
    return invalid(`${at}.seatIds`, `must be left out: ${type.name} has no seats to choose`);
  if (new Set(item.seatIds).size !== item.seatIds.length)
    return invalid(`${at}.seatIds`, 'must name each seat once');
  const quantity = item.quantity ?? (type.seated ? item.seatIds.length : null);
  if (quantity === null) return invalid(`${at}.quantity`, 'must be given where no seats are chosen');
  if (type.seated && quantity !== item.seatIds.length) {
    return invalid(`${at}.quantity`, 'must be the number of chosen seats');
  }
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > type.maxPerOrder) {
    return invalid(`${at}.quantity`, `must be a whole number from 1 to ${type.maxPerOrder}`);
  }
  return accept(quantity);
}

function totalOf(lines: readonly HoldLine[]): Money {
  const [first, ...rest] = lines.map((line) => multiplyMoney(line.unitPrice, line.quantity));
  return addMoney(first!, ...rest);
}

function quotasOf(
  lines: readonly { readonly quantity: number; readonly type: Sellable }[],
): { readonly quotaId: string; readonly quantity: number }[] {
  const quantities = new Map<string, number>();
  for (const { type, quantity } of lines) {
    for (const quotaId of type.quotaIds) quantities.set(quotaId, (quantities.get(quotaId) ?? 0) + quantity);
  }
  return [...quantities]
    .map(([quotaId, quantity]) => ({ quotaId, quantity }))
    .toSorted((a, b) => (a.quotaId < b.quotaId ? -1 : 1));
}

/** Whether the hold still holds at this instant. Expiry is judged by the clock, never by what a sweeper has done. */
export function judgeHoldLive(hold: Hold, now: Date): Outcome<Hold, HoldExpired | HoldNotActive> {
  if (hold.status === 'EXPIRED' || (hold.status === 'ACTIVE' && hold.expiresAt <= now)) return holdExpired();
  if (hold.status === 'ACTIVE') return accept(hold);
  const message = hold.status === 'CONVERTED' ? 'The hold became an order.' : 'The hold was released.';
  return refuse({ kind: 'HoldNotActive', message, status: hold.status });
}

export function holdExpired(): { readonly ok: false; readonly refusal: HoldExpired } {
  return refuse({ kind: 'HoldExpired', message: 'The hold has expired; please choose again.' });
}

export function notEnoughTickets(available: number): {
  readonly ok: false;
  readonly refusal: NotEnoughTickets;
} {
  const message = available === 0 ? 'Sold out.' : `Only ${available} left.`;
  return refuse({ kind: 'NotEnoughTickets', message, available });
}

export function seatsTaken(seatIds: readonly string[]): { readonly ok: false; readonly refusal: SeatsTaken } {
  const message = seatIds.length === 1 ? 'That seat is taken.' : 'Some of these seats are taken.';
  return refuse({ kind: 'SeatsTaken', message, seatIds });
}
