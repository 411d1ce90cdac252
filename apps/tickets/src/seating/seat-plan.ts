/** A seat as people choose it. */
export type PlanSeat = {
  readonly id: string;
  /** To the right, as one looks at the stage. */
  readonly x: number;
  readonly accessible: boolean;
  /** The accessible seat whose companion sits here. */
  readonly companionOf: string | null;
  readonly restrictedView: boolean;
  /** The next seat of the row is no neighbour. */
  readonly aisleAfter: boolean;
};

export type PlanRow = {
  readonly sectionName: string;
  readonly label: string;
  /** 1 the best; rows without one come after those that have one, by their distance from the stage. */
  readonly rank: number | null;
  readonly y: number;
  /** In the order in which people sit. */
  readonly seats: readonly PlanSeat[];
};

/** Seats of a row that nobody has, side by side: from the first to the one after the last. */
export type Run = { readonly from: number; readonly to: number };

/**
 * Sections of a seat map, and who has what of them. Requests that are judged one after another share a plan: each finds
 * what those before it took.
 *
 * Accessible seats and those of companions are reserved for who asks for them, until the organiser releases them: nobody
 * else is offered one, and nobody counts one as a neighbour.
 */
export class SeatPlan {
  /** Best first; rows that are as good as each other stand together. */
  readonly tiers: readonly (readonly PlanRow[])[];
  /** The middle of the stage. */
  readonly centreX: number;
  readonly released: boolean;
  readonly #sections: ReadonlyMap<string, readonly PlanRow[]>;
  readonly #rowOf: ReadonlyMap<string, PlanRow>;
  readonly #taken: Set<string>;
  /** The longest open run of a row, until something of it is taken: a full row is not looked at again and again. */
  readonly #longest = new Map<PlanRow, number>();

  /** `rows`: section by section, front to back. */
  constructor(
    rows: readonly PlanRow[],
    {
      taken,
      released,
      centreX,
    }: {
      readonly taken: Iterable<string>;
      readonly released: boolean;
      readonly centreX: number | null;
    },
  ) {
    this.tiers = inTiers(rows);
    this.released = released;
    this.centreX = centreX ?? middleOf(rows);
    this.#sections = Map.groupBy(rows, (row) => row.sectionName);
    this.#rowOf = new Map(rows.flatMap((row) => row.seats.map((seat) => [seat.id, row])));
    this.#taken = new Set(taken);
  }

  /** The rows of a section, front to back. */
  rowsOf(sectionName: string): readonly PlanRow[] {
    return this.#sections.get(sectionName) ?? [];
  }

  rowOf(seatId: string): PlanRow | undefined {
    return this.#rowOf.get(seatId);
  }

  take(seatIds: readonly string[]): void {
    for (const seatId of seatIds) {
      this.#taken.add(seatId);
      const row = this.#rowOf.get(seatId);
      if (row) this.#longest.delete(row);
    }
  }

  /** The same seats, of which these are gone as well. */
  without(seatIds: Iterable<string>): SeatPlan {
    const { released, centreX } = this;
    const taken = [...this.#taken, ...seatIds];
    return new SeatPlan([...this.#sections.values()].flat(), { taken, released, centreX });
  }

  /** Nobody has it. */
  isFree(seat: PlanSeat): boolean {
    return !this.#taken.has(seat.id);
  }

  isReserved(seat: PlanSeat): boolean {
    return !this.released && (seat.accessible || seat.companionOf !== null);
  }

  /** Anyone may have it. */
  isOpen(seat: PlanSeat): boolean {
    return !this.isReserved(seat) && this.isFree(seat);
  }

  /** Of the seats that anyone may have, or, for who asked for an accessible seat, of all that nobody has. */
  runs(row: PlanRow, reservedToo = false): Run[] {
    const runs: Run[] = [];
    let from: number | null = null;
    for (const [place, seat] of row.seats.entries()) {
      const ours = reservedToo ? this.isFree(seat) : this.isOpen(seat);
      if (ours) from ??= place;
      if (from !== null && (!ours || seat.aisleAfter)) {
        runs.push({ from, to: ours ? place + 1 : place });
        from = null;
      }
    }
    if (from !== null) runs.push({ from, to: row.seats.length });
    return runs;
  }

  longestRun(row: PlanRow): number {
    const known = this.#longest.get(row);
    if (known !== undefined) return known;
    const longest = Math.max(0, ...this.runs(row).map(({ from, to }) => to - from));
    this.#longest.set(row, longest);
    return longest;
  }

  /** How many single seats it leaves when these go: seats that had an open neighbour and have none any more. */
  singlesLeft(row: PlanRow, chosen: ReadonlySet<string>, places = row.seats.keys()): string[] {
    const neighbours = (place: number) => {
      const [before, seat, after] = [row.seats[place - 1], row.seats[place], row.seats[place + 1]];
      const beside = [before?.aisleAfter ? undefined : before, seat?.aisleAfter ? undefined : after];
      return beside.filter((each) => each !== undefined && this.isOpen(each)) as PlanSeat[];
    };
    return [...places].flatMap((place) => {
      const seat = row.seats[place];
      if (!seat || chosen.has(seat.id) || !this.isOpen(seat)) return [];
      const beside = neighbours(place);
      return beside.length > 0 && beside.every(({ id }) => chosen.has(id)) ? [seat.id] : [];
    });
  }
}

function inTiers(rows: readonly PlanRow[]): PlanRow[][] {
  const rankOf = (row: PlanRow) => row.rank ?? Number.POSITIVE_INFINITY;
  const order = (a: PlanRow, b: PlanRow) =>
    rankOf(a) === rankOf(b) ? a.y - b.y : rankOf(a) < rankOf(b) ? -1 : 1;
  const tiers: PlanRow[][] = [];
  for (const row of rows.toSorted(order)) {
    const last = tiers.at(-1);
    if (last && order(last[0]!, row) === 0) last.push(row);
    else tiers.push([row]);
  }
  return tiers;
}

function middleOf(rows: readonly PlanRow[]): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { seats } of rows)
    for (const { x } of seats) [least, most] = [Math.min(least, x), Math.max(most, x)];
  return rows.length === 0 ? 0 : (least + most) / 2;
}
