import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { HoldItem } from '../holds/hold.ts';
import type { SeatingNow, SeatLook } from '../holds/judge-hold.ts';
import { lookAtSeats, type SellableNow } from '../holds/sellable.ts';
import type { BestWish } from './best-wish.ts';
import { readSeatPlan } from './seat-plan-rows.ts';
import { SeatPlan } from './seat-plan.ts';
import { findSeatingPolicy } from './seating-policy-rows.ts';
import { isReleased, usualPolicy, type SeatingPolicy } from './seating-policy.ts';

/** What of a request is about seats. */
export type SeatsAsked = {
  readonly items: readonly HoldItem[];
  readonly best?: BestWish;
  /** The ticket types among which seats are chosen for the buyer. */
  readonly candidates?: readonly string[];
};

const namedSeats = (requests: readonly SeatsAsked[]): string[] => [
  ...new Set(requests.flatMap(({ items }) => items.flatMap((item) => item.seatIds))),
];

/** The seats that are named. */
export function readSeats(
  tx: Transaction,
  occurrenceId: string,
  requests: readonly SeatsAsked[],
): Promise<Map<string, SeatLook>> {
  return lookAtSeats(tx, occurrenceId, namedSeats(requests));
}

/** The policy, where anyone asks for seats; nothing is read where nobody does. */
export async function readPolicy(
  tx: Transaction,
  occurrenceId: string,
  requests: readonly SeatsAsked[],
): Promise<SeatingPolicy> {
  if (namedSeats(requests).length === 0 && !requests.some(({ best }) => best)) return usualPolicy;
  assert(tx.organisationId, 'seats are of an organisation');
  return findSeatingPolicy(tx, tx.organisationId, occurrenceId);
}

/**
 * What holds for the choice of seats, and all seats of the sections where they are chosen for buyers, or a buyer's choice
 * depends on its neighbours.
 */
export async function readSeating(
  tx: Transaction,
  { occurrence, types, now }: SellableNow,
  requests: readonly SeatsAsked[],
  policy: SeatingPolicy,
): Promise<SeatingNow> {
  const released = isReleased(policy, occurrence.startsAt, now);
  const typeIds = requests.flatMap(({ best, candidates = [], items }) => [
    ...(best ? candidates : []),
    ...(policy.singleSeats === 'REFUSED' ? items.map(({ ticketTypeId }) => ticketTypeId) : []),
  ]);
  const sections = typeIds.flatMap((id) => types.get(id)?.sectionName ?? []);
  const plan =
    sections.length > 0
      ? await readSeatPlan(tx, occurrence, sections, { policy, now })
      : new SeatPlan([], { taken: [], released, centreX: null });
  return { policy, released, plan };
}
