import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseSeats, largestParty, scatteredSeats, type SeatWish } from './best-seats.ts';
import { judgeCompanions } from './chosen-seats.ts';
import type { PlanSeat, SeatPlan } from './seat-plan.ts';
import { planOf, places, type Drawn } from './seat-plan.test-support.ts';

const wish = (count: number, over: Partial<SeatWish> = {}): SeatWish => ({
  count,
  accessible: 0,
  acrossRows: false,
  avoidSingles: true,
  sections: null,
  ...over,
});

describe('the best seats', () => {
  test.each<[string, Drawn, SeatWish, string[] | null]>([
    ['are in the middle of the first row', { rows: ['.......', '.......'] }, wish(3), ['0/2', '0/3', '0/4']],
    [
      'are in the next row when the first has not as many',
      { rows: ['..x.', '....'] },
      wish(4),
      ['1/0', '1/1', '1/2', '1/3'],
    ],
    [
      'are in the row that the map calls the best',
      { rows: ['....', '....'], rank: [2, 1] },
      wish(2),
      ['1/0', '1/1'],
    ],
    [
      'are in a row with a rank before those without',
      { rows: ['....', '....'], rank: [null, 9] },
      wish(2),
      ['1/0', '1/1'],
    ],
    ['leave a single one where it cannot be helped', { rows: ['xx...xx'] }, wish(2), ['0/2', '0/3']],
    [
      'take what leaves none, though farther from the middle',
      { rows: ['x...xx....'] },
      wish(2),
      ['0/6', '0/7'],
    ],
    ['fill a gap of their size', { rows: ['..x...x'] }, wish(2), ['0/0', '0/1']],
    ['are not on both sides of an aisle', { rows: ['x..|..x'] }, wish(3), null],
    ['are those with a good view', { rows: ['vvvv', '....'] }, wish(2), ['1/0', '1/1']],
    ['have a restricted view where no others are left', { rows: ['vv', '.x'] }, wish(2), ['0/0', '0/1']],
    ['are not those that are kept for others', { rows: ['Ac..', 'xxx.'] }, wish(2), ['0/2', '0/3']],
    [
      'with an accessible one are beside their companion',
      { rows: ['....', 'Ac..'] },
      wish(2, { accessible: 1 }),
      ['1/0', '1/1'],
    ],
    [
      'for more friends go on beside them',
      { rows: ['Ac..'] },
      wish(4, { accessible: 1 }),
      ['0/0', '0/1', '0/2', '0/3'],
    ],
    ["take nobody else's companion's seat", { rows: ['AxxAc'] }, wish(1, { accessible: 1 }), ['0/3']],
    ['for two wheelchairs', { rows: ['Ac.Ac', 'AAcx'] }, wish(2, { accessible: 2 }), ['1/0', '1/1']],
  ])('%s', (_, drawn, wanted, expected) =>
    expect(places(chooseSeats(planOf(drawn), wanted))).toEqual(expected),
  );

  test("are anyone's once the organiser has released them", () => {
    expect(places(chooseSeats(planOf({ rows: ['Ac'] }), wish(2)))).toBeNull();
    expect(places(chooseSeats(planOf({ rows: ['Ac'] }, true), wish(2)))).toEqual(['0/0', '0/1']);
  });

  test('of a large party are in two rows, one behind the other, where that will do', () => {
    const drawn = { rows: ['xx...xxx', 'xxxx..xx', 'xx....xx'] };
    expect(chooseSeats(planOf(drawn), wish(5))).toBeNull();
    expect(places(chooseSeats(planOf(drawn), wish(5, { acrossRows: true, avoidSingles: false })))).toEqual([
      '0/2',
      '0/3',
      '0/4',
      '1/4',
      '1/5',
    ]);
    expect(chooseSeats(planOf({ rows: ['xx..', '..xx'] }), wish(4, { acrossRows: true }))).toBeNull();
  });

  test('are counted for whoever asks for more than there are', () => {
    expect(largestParty(planOf({ rows: ['...x..', '.|..'] }), wish(6))).toBe(3);
    expect(largestParty(planOf({ rows: ['Acx.'] }), wish(4, { accessible: 1 }))).toBe(2);
    expect(largestParty(planOf({ rows: ['xx'] }), wish(4))).toBe(0);
    expect(places(scatteredSeats(planOf({ rows: ['.x.x.'] }), wish(2)))).toEqual(['0/0', '0/2']);
  });
});

/** Whole houses: what is drawn for them is nothing anyone would think of. */
const house = fc.record({
  rows: fc.array(
    fc
      .array(fc.constantFrom('.', '.', '.', 'x', 'x', 'v', 'Ac', '.|'), { minLength: 1, maxLength: 12 })
      .map((signs) => signs.join('')),
    { minLength: 1, maxLength: 6 },
  ),
});
const anyWish = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  accessible: fc.constantFrom(0, 0, 1),
  acrossRows: fc.boolean(),
  avoidSingles: fc.boolean(),
  sections: fc.constant(null),
});

describe('whatever the house and the wish', () => {
  const holds = (judge: (plan: SeatPlan, wanted: SeatWish, chosen: readonly PlanSeat[]) => void) =>
    fc.assert(
      fc.property(house, anyWish, (drawn, given) => {
        const wanted = { ...given, accessible: Math.min(given.accessible, given.count) };
        const plan = planOf(drawn);
        const chosen = chooseSeats(plan, wanted);
        if (chosen) judge(plan, wanted, chosen);
      }),
      { numRuns: 500 },
    );
  const rowsOf = (plan: SeatPlan, chosen: readonly PlanSeat[]) => [
    ...Map.groupBy(chosen, ({ id }) => plan.rowOf(id)!),
  ];

  test('all are free, as many as wished for, and none is there twice', () =>
    holds((plan, wanted, chosen) => {
      expect(new Set(chosen.map(({ id }) => id)).size).toBe(wanted.count);
      expect(chosen.every((seat) => plan.isFree(seat))).toBe(true);
    }));

  test('neighbours sit side by side, nobody alone in a row, and rows follow each other', () =>
    holds((plan, wanted, chosen) => {
      const rows = rowsOf(plan, chosen);
      if (!wanted.acrossRows) expect(rows).toHaveLength(1);
      const labels = rows.map(([row]) => Number(row.label));
      expect(labels).toEqual(labels.map((_, place) => labels[0]! + place));
      for (const [row, seats] of rows) {
        const at = seats.map((seat) => row.seats.indexOf(seat));
        expect(at).toEqual(at.map((_, place) => at[0]! + place));
        expect(seats.slice(0, -1).some(({ aisleAfter }) => aisleAfter)).toBe(false);
        if (rows.length > 1) expect(seats.length).toBeGreaterThan(1);
      }
    }));

  test('what is kept for others stays theirs', () =>
    holds((_, wanted, chosen) => {
      expect(chosen.filter((seat) => seat.accessible)).toHaveLength(wanted.accessible);
      expect(judgeCompanions(chosen, false).ok).toBe(true);
    }));

  test('a single seat is left only where as many fit nowhere without leaving one', () =>
    holds((plan, wanted, chosen) => {
      if (!wanted.avoidSingles || wanted.accessible > 0) return;
      const rows = rowsOf(plan, chosen);
      const ids = new Set(chosen.map(({ id }) => id));
      const left = rows.flatMap(([row]) => plan.singlesLeft(row, ids));
      const fits = plan.tiers
        .flat()
        .some((row) =>
          plan.runs(row).some(({ from, to }) => to - from === wanted.count || to - from >= wanted.count + 2),
        );
      if (rows.length === 1) expect(left.length > 0 && fits).toBe(false);
    }));

  test('nothing is refused that there is', () =>
    fc.assert(
      fc.property(house, fc.integer({ min: 1, max: 6 }), (drawn, count) => {
        const plan = planOf(drawn);
        const fits = plan.tiers.flat().some((row) => plan.longestRun(row) >= count);
        expect(chooseSeats(plan, wish(count)) !== null).toBe(fits);
      }),
      { numRuns: 500 },
    ));

  test('the same question has the same answer, and one after the other they sell the house', () =>
    fc.assert(
      fc.property(house, anyWish, (drawn, wanted) => {
        const [one, two] = [planOf(drawn), planOf(drawn)];
        const sold = new Set<string>();
        for (;;) {
          const chosen = chooseSeats(one, { ...wanted, accessible: 0 });
          expect(places(chooseSeats(two, { ...wanted, accessible: 0 }))).toEqual(places(chosen));
          if (!chosen) break;
          for (const { id } of chosen) {
            expect(sold.has(id)).toBe(false);
            sold.add(id);
          }
          for (const plan of [one, two]) plan.take(chosen.map(({ id }) => id));
        }
        const longest = one.tiers.flat().map((row) => one.longestRun(row));
        if (!wanted.acrossRows) expect(Math.max(...longest)).toBeLessThan(wanted.count);
      }),
      { numRuns: 300 },
    ));
});
