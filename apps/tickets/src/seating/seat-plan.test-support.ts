import { SeatPlan, type PlanRow, type PlanSeat } from './seat-plan.ts';

export type Drawn = {
  readonly rows: readonly string[];
  readonly rank?: readonly (number | null)[];
  readonly section?: string;
};

/**
 * A row as a picture: `.` is free, `x` taken, `v` free with a restricted view, `A` an accessible seat and `c` that of the
 * companion of the one before it, `|` an aisle.
 */
export function draw({ rows, rank = [], section = 'Stalls' }: Drawn): { rows: PlanRow[]; taken: string[] } {
  const taken: string[] = [];
  const drawn = rows.map((picture, y): PlanRow => {
    const seats: PlanSeat[] = [];
    let accessible: string | null = null;
    for (const [x, sign] of [...picture].entries()) {
      if (sign === '|') {
        seats.push({ ...seats.pop()!, aisleAfter: true });
        continue;
      }
      const id = `${section} ${y} ${x}`;
      if (sign === 'A') accessible = id;
      if (sign === 'x') taken.push(id);
      const companionOf = sign === 'c' ? accessible : null;
      const traits = { accessible: sign === 'A', companionOf, restrictedView: sign === 'v' };
      seats.push({ id, x, aisleAfter: false, ...traits });
    }
    return { sectionName: section, label: `${y}`, rank: rank[y] ?? null, y, seats };
  });
  return { rows: drawn, taken };
}

export function planOf(drawn: Drawn, released = false): SeatPlan {
  const { rows, taken } = draw(drawn);
  return new SeatPlan(rows, { taken, released, centreX: null });
}

/** `row/place` of each. */
export const places = (seats: readonly PlanSeat[] | null) =>
  seats?.map(({ id }) => id.replace('Stalls ', '').replace(' ', '/')) ?? null;
