import { accept, refuse, type Outcome } from '@marquee/kernel';
import type { PlanRow, SeatPlan } from './seat-plan.ts';

export type SeatsNamed = { readonly message: string; readonly seatIds: readonly string[] };
/** The choice would leave a seat that hardly anyone can use, and need not. */
export type SingleSeatLeft = SeatsNamed & { readonly kind: 'SingleSeatLeft' };
/** A companion's seat without the accessible seat that it belongs to. */
export type CompanionSeatAlone = SeatsNamed & { readonly kind: 'CompanionSeatAlone' };
export type NoSeatsTogetherView = { readonly message: string; readonly largestTogether: number };
export type NoSeatsTogether = NoSeatsTogetherView & { readonly kind: 'NoSeatsTogether' };

/** A companion's seat is taken with its accessible seat, or after the organiser has released both. */
export function judgeCompanions(
  chosen: readonly { readonly id: string; readonly companionOf: string | null }[],
  released: boolean,
): Outcome<true, CompanionSeatAlone> {
  const ids = new Set(chosen.map(({ id }) => id));
  const alone = released
    ? []
    : chosen.filter(({ companionOf }) => companionOf !== null && !ids.has(companionOf));
  if (alone.length === 0) return accept(true);
  const message =
    alone.length === 1
      ? "That is a companion's seat: take it together with the accessible seat that it belongs to."
      : "Some are companions' seats: take them together with the accessible seats that they belong to.";
  return refuse({ kind: 'CompanionSeatAlone', message, seatIds: alone.map(({ id }) => id) });
}

/** Whether the choice leaves no single seat that it could do without. */
export function judgeSingles(plan: SeatPlan, chosenIds: readonly string[]): Outcome<true, SingleSeatLeft> {
  const chosen = new Set(chosenIds);
  const rows = new Set(chosenIds.flatMap((id) => plan.rowOf(id) ?? []));
  const seatIds = [...rows].flatMap((row) => avoidableSingles(plan, row, chosen));
  if (seatIds.length === 0) return accept(true);
  const message =
    seatIds.length === 1
      ? 'That would leave a single seat: please choose without the gap.'
      : 'That would leave single seats: please choose without the gaps.';
  return refuse({ kind: 'SingleSeatLeft', message, seatIds });
}

/**
 * Where nobody could do better the seat may stay single: as many side by side fit nowhere else in the section without
 * leaving one, as with the last seats of a sale.
 */
function avoidableSingles(plan: SeatPlan, row: PlanRow, chosen: ReadonlySet<string>): string[] {
  return plan.singlesLeft(row, chosen).filter((single) => {
    const place = row.seats.findIndex(({ id }) => id === single);
    return groupsBeside(row, place, chosen).some(
      (group) =>
        // Who needs an accessible seat has no choice.
        !group.some((seat) => plan.isReserved(seat)) &&
        plan
          .rowsOf(row.sectionName)
          .some((each) => plan.runs(each).some(({ from, to }) => fitsWithoutSingle(to - from, group.length))),
    );
  });
}

/** At one end of the run, with two or more left, or all of it. */
const fitsWithoutSingle = (run: number, count: number): boolean => run === count || run >= count + 2;

/** The chosen seats side by side to the left and to the right of a place. */
function groupsBeside(row: PlanRow, place: number, chosen: ReadonlySet<string>) {
  const reach = (step: -1 | 1) => {
    const group = [];
    for (let at = place; ; at += step) {
      const [left, next] =
        step === 1 ? [row.seats[at], row.seats[at + 1]] : [row.seats[at - 1], row.seats[at - 1]];
      if (!left || !next || left.aisleAfter || !chosen.has(next.id)) return group;
      group.push(next);
    }
  };
  return [reach(-1), reach(1)].filter((group) => group.length > 0);
}
