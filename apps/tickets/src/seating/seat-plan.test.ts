import { expect, test } from '@jest/globals';
import { draw, planOf } from './seat-plan.test-support.ts';
import { SeatPlan } from './seat-plan.ts';

test('rows that are as good as each other stand together, the best first, those with a rank before all others', () => {
  const left = draw({ rows: ['..', '..', '..'], rank: [null, 2, 1], section: 'Left' });
  const right = draw({ rows: ['..', '..'], rank: [null, 2], section: 'Right' });
  const plan = new SeatPlan([...left.rows, ...right.rows], { taken: [], released: false, centreX: null });
  const names = plan.tiers.map((tier) => tier.map((row) => `${row.sectionName} ${row.label}`));
  expect(names).toEqual([['Left 2'], ['Left 1', 'Right 1'], ['Left 0', 'Right 0']]);
});

test('a run ends where someone sits, at an aisle, and at a seat that is kept for others', () => {
  const runs = (picture: string, reservedToo = false) => {
    const plan = planOf({ rows: [picture] });
    return plan.runs(plan.rowsOf('Stalls')[0]!, reservedToo).map(({ from, to }) => `${from}-${to}`);
  };
  expect(runs('..x..|...')).toEqual(['0-2', '3-5', '5-8']);
  expect(runs('..Ac..')).toEqual(['0-2', '4-6']);
  expect(runs('..Ac..', true)).toEqual(['0-6']);
  expect(runs('xx')).toEqual([]);
});

test('what is taken is found gone by whoever looks next', () => {
  const plan = planOf({ rows: ['....'] });
  const row = plan.rowsOf('Stalls')[0]!;
  expect(plan.longestRun(row)).toBe(4);
  plan.take([row.seats[1]!.id]);
  expect(plan.longestRun(row)).toBe(2);
  expect(plan.singlesLeft(row, new Set([row.seats[2]!.id]))).toEqual([row.seats[3]!.id]);
});

test('the stage is before the middle of all seats, unless the map knows better', () => {
  expect(planOf({ rows: ['.....'] }).centreX).toBe(2);
  expect(new SeatPlan([], { taken: [], released: false, centreX: null }).centreX).toBe(0);
  expect(new SeatPlan([], { taken: [], released: false, centreX: 7 }).centreX).toBe(7);
});
