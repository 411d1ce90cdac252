import {
  accept,
  invalid,
  notFound,
  refuse,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { notEnoughTickets, type HoldItem, type NotEnoughTickets, type Sellable } from '../holds/hold.ts';
import { priceTickets } from '../inventory/price-tier.ts';
import { judgeSaleTerms, openTerms, type NotForSaleNow } from '../pricing/sale-terms.ts';
import { chooseSeats, largestParty, type SeatWish } from './best-seats.ts';
import type { NoSeatsTogether } from './chosen-seats.ts';
import type { SeatPlan } from './seat-plan.ts';

/** Seats that are to be chosen for the buyer. */
export type BestWish = {
  readonly quantity: number;
  readonly accessible: number;
  readonly acrossRows: boolean;
  /** In order of preference where several sell a section; empty: all that are for sale. */
  readonly ticketTypeIds: readonly string[];
  /** Empty: any. */
  readonly sectionNames: readonly string[];
  /** No ticket costs more. */
  readonly maxPrice: Money | null;
};

export type BestAmong = {
  readonly types: ReadonlyMap<string, Sellable>;
  readonly left: ReadonlyMap<string, number>;
  readonly now: Date;
  readonly unlocked: readonly string[];
  readonly plan: SeatPlan;
  readonly avoidSingles: boolean;
};

type Refusals = NotEnoughTickets | NoSeatsTogether | NotForSaleNow | InvalidInput | NotFound;

/** The wish as a buyer would have put it who knows every seat. `candidates`: the types to choose among, in order. */
export function fulfilWish(
  wish: BestWish,
  candidates: readonly string[],
  among: BestAmong,
): Outcome<readonly HoldItem[], Refusals> {
  if (wish.accessible > wish.quantity) return invalid('accessible', 'must be at most the quantity');
  const sections = new Map<string, Sellable>();
  let mostLeft = 0;
  for (const [place, id] of candidates.entries()) {
    const judged = judgeType(wish, id, place, among);
    if (!judged.ok) return judged;
    const type = judged.value;
    if (!type || sections.has(type.sectionName!)) continue;
    const left = Math.min(...type.quotaIds.map((quotaId) => among.left.get(quotaId) ?? 0));
    if (left >= wish.quantity && !isKept(type, left)) sections.set(type.sectionName!, type);
    else mostLeft = Math.max(mostLeft, isKept(type, left) ? 0 : left);
  }
  if (sections.size === 0) return notEnoughTickets(Math.max(0, mostLeft));
  const seatWish: SeatWish = {
    count: wish.quantity,
    accessible: wish.accessible,
    acrossRows: wish.acrossRows,
    avoidSingles: among.avoidSingles,
    sections: new Set(sections.keys()),
  };
  const seats = chooseSeats(among.plan, seatWish);
  if (!seats) return noSeatsTogether(largestParty(among.plan, seatWish));
  const type = sections.get(among.plan.rowOf(seats[0]!.id)!.sectionName)!;
  return accept([{ ticketTypeId: type.id, quantity: null, seatIds: seats.map(({ id }) => id) }]);
}

/** What suffices for someone on the waitlist is theirs. */
function isKept({ leastWanted }: Sellable, left: number): boolean {
  return typeof leastWanted === 'number' && leastWanted <= left;
}

/** Null where the type is left out; a type that the buyer named is refused with a reason instead. */
function judgeType(
  wish: BestWish,
  id: string,
  place: number,
  { types, left, now, unlocked }: BestAmong,
): Outcome<Sellable | null, NotForSaleNow | InvalidInput | NotFound> {
  const type = types.get(id);
  const named = wish.ticketTypeIds.length > 0;
  const leftOut = accept(null);
  if (!type) return named ? notFound(`The ticket type of ticketTypeIds.${place}`) : leftOut;
  if (!type.seated || type.sectionName === null)
    return named ? invalid(`ticketTypeIds.${place}`, 'must have seats to choose') : leftOut;
  const terms = type.terms ?? openTerms;
  const forSale = judgeSaleTerms({ ...type, terms }, { now, unlocked });
  if (!forSale.ok) return named ? forSale : leftOut;
  if (terms.donation && !named) return leftOut;
  if (wish.quantity > type.maxPerOrder)
    return named ? invalid('quantity', `must be at most ${type.maxPerOrder} of ${type.name}`) : leftOut;
  if (wish.sectionNames.length > 0 && !wish.sectionNames.includes(type.sectionName)) return leftOut;
  const { maxPrice } = wish;
  if (maxPrice === null) return accept(type);
  if (maxPrice.currency !== type.price.currency)
    return named ? invalid('maxPrice', `must be in ${type.price.currency}`) : leftOut;
  const parts = terms.donation ? [{ unitPrice: type.price }] : priceTickets(wish.quantity, type, left, now);
  return parts.some(({ unitPrice }) => unitPrice.amountMinor > maxPrice.amountMinor) ? leftOut : accept(type);
}

function noSeatsTogether(largestTogether: number): Outcome<never, NotEnoughTickets | NoSeatsTogether> {
  if (largestTogether === 0) return notEnoughTickets(0);
  const message =
    largestTogether === 1
      ? 'No seats side by side are left.'
      : `Only ${largestTogether} seats side by side are left.`;
  return refuse({ kind: 'NoSeatsTogether', message, largestTogether });
}
