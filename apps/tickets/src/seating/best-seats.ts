import type { PlanRow, PlanSeat, SeatPlan } from './seat-plan.ts';

export type SeatWish = {
  readonly count: number;
  /** How many of them are accessible seats; the others of the party sit beside. */
  readonly accessible: number;
  /** Whether a party of four or more may sit in rows one behind the other, never one of them alone. */
  readonly acrossRows: boolean;
  /** Leave no single seat where the party can sit without leaving one. */
  readonly avoidSingles: boolean;
  /** Only these; null for all of the plan. */
  readonly sections: ReadonlySet<string> | null;
};

type Block = { readonly row: PlanRow; readonly seats: readonly PlanSeat[]; readonly x: number };
/** What is given up only when nothing else is left, in this order. */
type Strictness = { readonly singles: boolean; readonly restrictedView: boolean };

const maxRows = 4;

/**
 * The best seats that the party can have together, in the order in which they sit; null where there are none. A row at a
 * time, best row first, in it nearest to the middle of the stage: always the same answer to the same question. Seats
 * that leave a single one, then seats from which part of the stage cannot be seen, come after all others of their
 * kind; rows one behind the other come last.
 */
export function chooseSeats(plan: SeatPlan, wish: SeatWish): readonly PlanSeat[] | null {
  const levels = strictnessOf(wish);
  for (const strict of levels) {
    const block = bestBlock(plan, wish, strict);
    if (block) return block.seats;
  }
  if (!wish.acrossRows || wish.accessible > 0) return null;
  for (const strict of levels) {
    const blocks = bestRows(plan, wish, strict);
    if (blocks) return blocks.flatMap(({ seats }) => seats);
  }
  return null;
}

/** How many could sit together in one row, at most as many as were wished for. */
export function largestParty(plan: SeatPlan, wish: SeatWish): number {
  for (let { count } = wish; count > wish.accessible && count > 0; count--) {
    if (bestBlock(plan, { ...wish, count }, { singles: false, restrictedView: false })) return count;
  }
  return 0;
}

/** What is open of the sections, best first, whoever sits beside whom. */
export function scatteredSeats(
  plan: SeatPlan,
  { count, sections }: Pick<SeatWish, 'count' | 'sections'>,
): PlanSeat[] {
  return plan.tiers
    .flat()
    .filter((row) => sections?.has(row.sectionName) ?? true)
    .flatMap((row) => row.seats.filter((seat) => plan.isOpen(seat)))
    .slice(0, count);
}

function strictnessOf({ avoidSingles }: SeatWish): Strictness[] {
  const views = [true, false];
  return (avoidSingles ? [true, false] : [false]).flatMap((singles) =>
    views.map((restrictedView) => ({ singles, restrictedView })),
  );
}

function bestBlock(plan: SeatPlan, wish: SeatWish, strict: Strictness): Block | null {
  for (const tier of plan.tiers) {
    const rows = tier.filter((row) => wish.sections?.has(row.sectionName) ?? true);
    const best = nearest(
      rows.flatMap((row) => blocksOf(plan, row, wish, strict)),
      plan.centreX,
    );
    if (best) return best;
  }
  return null;
}

/** Of blocks that are as good as each other the one nearest to the middle; the first one of those. */
function nearest(blocks: readonly Block[], x: number): Block | null {
  let best: Block | null = null;
  for (const block of blocks) if (!best || Math.abs(block.x - x) < Math.abs(best.x - x)) best = block;
  return best;
}

/** Every place in the row where the party can sit. */
function blocksOf(plan: SeatPlan, row: PlanRow, wish: SeatWish, strict: Strictness): Block[] {
  const { count, accessible } = wish;
  if (accessible === 0 && plan.longestRun(row) < count) return [];
  const blocks: Block[] = [];
  for (const { from, to } of plan.runs(row, accessible > 0)) {
    for (let start = from; start + count <= to; start++) {
      const seats = row.seats.slice(start, start + count);
      if (strict.restrictedView && seats.some((seat) => seat.restrictedView)) continue;
      if (accessible > 0 && !suits(plan, seats, accessible)) continue;
      if (strict.singles && leavesSingle(plan, row, start, seats)) continue;
      blocks.push({ row, seats, x: seats.reduce((sum, seat) => sum + seat.x, 0) / count });
    }
  }
  return blocks;
}

/** Exactly as many accessible seats as are needed are among them, and each companion's seat with its own. */
function suits(plan: SeatPlan, seats: readonly PlanSeat[], wanted: number): boolean {
  const accessible = new Set(seats.filter((seat) => seat.accessible).map(({ id }) => id));
  if (plan.released) return accessible.size >= wanted;
  return (
    accessible.size === wanted &&
    seats.every(({ companionOf }) => companionOf === null || accessible.has(companionOf))
  );
}

/** Only the seats right beside the block can become single by it. */
function leavesSingle(plan: SeatPlan, row: PlanRow, start: number, seats: readonly PlanSeat[]): boolean {
  const chosen = new Set(seats.map(({ id }) => id));
  return plan.singlesLeft(row, chosen, [start - 1, start + seats.length].values()).length > 0;
}

/** The party in two rows or more, one behind the other, as evenly as it goes, those behind near those in front. */
function bestRows(plan: SeatPlan, wish: SeatWish, strict: Strictness): Block[] | null {
  for (let rows = 2; rows <= maxRows && wish.count >= rows * 2; rows++) {
    const sizes = Array.from(
      { length: rows },
      (_, place) => Math.floor(wish.count / rows) + (place < wish.count % rows ? 1 : 0),
    );
    for (const first of plan.tiers.flat()) {
      if (!(wish.sections?.has(first.sectionName) ?? true)) continue;
      const found = rowsFrom(plan, first, sizes, { ...wish, acrossRows: false }, strict);
      if (found) return found;
    }
  }
  return null;
}

function rowsFrom(
  plan: SeatPlan,
  first: PlanRow,
  sizes: readonly number[],
  wish: SeatWish,
  strict: Strictness,
): Block[] | null {
  const section = plan.rowsOf(first.sectionName);
  const start = section.indexOf(first);
  const found: Block[] = [];
  for (const [place, count] of sizes.entries()) {
    const row = section[start + place];
    const front = found.at(-1);
    const blocks = row ? blocksOf(plan, row, { ...wish, count }, strict) : [];
    const behind = front ? blocks.filter((block) => overlaps(front, block)) : blocks;
    const best = nearest(behind, front?.x ?? plan.centreX);
    if (!best) return null;
    found.push(best);
  }
  return found;
}

/** Somebody of the one sits behind somebody of the other. */
function overlaps({ seats: front }: Block, { seats: behind }: Block): boolean {
  const range = (seats: readonly PlanSeat[]) => {
    const xs = seats.map(({ x }) => x);
    return [Math.min(...xs), Math.max(...xs)] as const;
  };
  const [[a, b], [c, d]] = [range(front), range(behind)];
  return a <= d && c <= b;
}
