import { accept, invalid, refuse, type InvalidInput, type NotFound, type Outcome } from '@marquee/kernel';
import type { NotForSaleNow } from '../pricing/sale-terms.ts';
import { fulfilWish, type BestWish } from '../seating/best-wish.ts';
import {
  judgeCompanions,
  judgeSingles,
  type CompanionSeatAlone,
  type NoSeatsTogether,
  type SingleSeatLeft,
} from '../seating/chosen-seats.ts';
import type { SeatPlan } from '../seating/seat-plan.ts';
import type { SeatingPolicy } from '../seating/seating-policy.ts';
import {
  notEnoughTickets,
  planHold,
  seatsTaken,
  type AskedBy,
  type HoldItem,
  type HoldPlan,
  type NotEnoughTickets,
  type Sellable,
  type SeatsTaken,
} from './hold.ts';

/** A seat that was asked for, as it was found. */
export type SeatLook = {
  readonly sectionName: string;
  readonly taken: boolean;
  /** The accessible seat whose companion sits here. */
  readonly companionOf: string | null;
};

/** What holds for the choice of seats, and their neighbours where that depends on them. */
export type SeatingNow = {
  readonly policy: SeatingPolicy;
  readonly released: boolean;
  readonly plan: SeatPlan | null;
};

/**
 * What there is, as a statement saw it: a view, in which expired holds count as free. Requests that are judged one after
 * another see what those before them took (`takePlaces`); whether it can be had is decided by the database.
 */
export type Places = {
  readonly types: ReadonlyMap<string, Sellable>;
  /** By quota. */
  readonly left: Map<string, number>;
  readonly now: Date;
  /** What the buyer has the right to; without it nobody buys: the organiser keeps places back. */
  readonly unlocked?: AskedBy['unlocked'];
  /** Of the seats asked for, those of the seat map. */
  readonly seats: Map<string, SeatLook>;
  /** Absent for who may take any seat: the organiser's own people. */
  readonly seating?: SeatingNow;
};

export type JudgeRefusal =
  | NotEnoughTickets
  | SeatsTaken
  | SingleSeatLeft
  | CompanionSeatAlone
  | NoSeatsTogether
  | NotForSaleNow
  | InvalidInput
  | NotFound;

/** Of a message; given only once the owner of the map was asked. */
export const unplacedSeatsMessage = 'has seats of which it is not known where they are';

/** The request as it was put, or with the best seats that there are for it. */
export function judgeRequest(
  asked: {
    readonly items: readonly HoldItem[];
    readonly best?: BestWish;
    readonly candidates?: readonly string[];
  },
  places: Places,
  /** As the places' own, but always there. */
  { policy, plan }: SeatingNow,
): Outcome<HoldPlan, JudgeRefusal> {
  if (!asked.best) return judgeHold(asked.items, places);
  if (!plan) return unplacedSeats;
  const chosen = fulfilWish(asked.best, asked.candidates ?? [], {
    ...places,
    unlocked: places.unlocked ?? [],
    plan,
    avoidSingles: policy.singleSeats !== 'ALLOWED',
  });
  if (!chosen.ok) return chosen;
  for (const seatId of chosen.value.flatMap((item) => item.seatIds)) {
    const { sectionName } = plan.rowOf(seatId)!;
    places.seats.set(seatId, { sectionName, taken: false, companionOf: null });
  }
  // What was chosen for the buyer follows the rules of choice already.
  const { seating: _seating, ...rest } = places;
  return judgeHold(chosen.value, rest);
}

const unplacedSeats = invalid('occurrenceId', unplacedSeatsMessage);

/** Of a message; a refusal that names such a seat is only given once the owner of the map was asked. */
export const unknownSeatMessage = 'names a seat that is not in this section';

/** Everything that can be said without taking a lock: most of a rush is told "sold out" here. */
export function judgeHold(
  items: readonly HoldItem[],
  places: Places,
): Outcome<HoldPlan, Exclude<JudgeRefusal, NoSeatsTogether>> {
  const { now, unlocked, left } = places;
  const planned = planHold(items, places.types, unlocked ? { now, unlocked } : null, { now, left });
  if (!planned.ok) return planned;
  const plan = planned.value;
  const unknown = plan.seats.filter(
    ({ seatId, sectionName }) => places.seats.get(seatId)?.sectionName !== sectionName,
  );
  if (unknown.length > 0) {
    const ids = unknown.map(({ seatId }) => seatId);
    const index = items.findIndex((item) => item.seatIds.some((seatId) => ids.includes(seatId)));
    return invalid(`items.${index}.seatIds`, unknownSeatMessage);
  }
  const taken = plan.seats.map(({ seatId }) => seatId).filter((seatId) => places.seats.get(seatId)?.taken);
  if (taken.length > 0) return seatsTaken(taken);
  const choice = judgeChoice(plan, places);
  if (!choice.ok) return choice;
  if (plan.lines.some(({ ticketTypeId }) => isKept(places, ticketTypeId))) return keptForWaitlist;
  const short = shortage(plan, places.left);
  return short === null ? accept(plan) : notEnoughTickets(short);
}

function judgeChoice(
  { seats }: HoldPlan,
  places: Places,
): Outcome<true, CompanionSeatAlone | SingleSeatLeft> {
  const { seating } = places;
  if (!seating || seats.length === 0) return accept(true);
  const chosen = seats.map(({ seatId: id }) => ({
    id,
    companionOf: places.seats.get(id)?.companionOf ?? null,
  }));
  const together = judgeCompanions(chosen, seating.released);
  if (!together.ok || seating.policy.singleSeats !== 'REFUSED' || !seating.plan) return together;
  return judgeSingles(
    seating.plan,
    seats.map(({ seatId }) => seatId),
  );
}

/** What suffices for someone on the waitlist is theirs: places that come free go past those who happen to look. */
function isKept({ types, left }: Places, ticketTypeId: string): boolean {
  const { leastWanted, quotaIds } = types.get(ticketTypeId)!;
  if (leastWanted === null || leastWanted === undefined) return false;
  return leastWanted <= Math.min(...quotaIds.map((quotaId) => left.get(quotaId) ?? 0));
}

const keptForWaitlist = refuse({
  kind: 'NotEnoughTickets' as const,
  message: 'Sold out: what comes free goes to those on the waitlist. Join it to get one of the next.',
  available: 0,
});

/** How many of the scarcest quota are left, where that is too few. */
function shortage(plan: HoldPlan, left: ReadonlyMap<string, number>): number | null {
  const short = plan.quotas
    .filter(({ quotaId, quantity }) => (left.get(quotaId) ?? 0) < quantity)
    .map(({ quotaId }) => Math.max(0, left.get(quotaId) ?? 0));
  return short.length > 0 ? Math.min(...short) : null;
}

/** Those judged after this one find its places gone. */
export function takePlaces({ left, seats, seating }: Places, plan: HoldPlan): void {
  for (const { quotaId, quantity } of plan.quotas) left.set(quotaId, (left.get(quotaId) ?? 0) - quantity);
  for (const { seatId, sectionName } of plan.seats)
    seats.set(seatId, { sectionName, taken: true, companionOf: null });
  seating?.plan?.take(plan.seats.map(({ seatId }) => seatId));
}
