import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { partTotals, price, type FeeRule, type LineToPrice, type TaxRate, type ToPrice } from './pricing.ts';

const vat19: TaxRate = { id: 'vat19', name: 'VAT 19 %', rateBp: 1900, inclusive: true };
const sales8: TaxRate = { id: 'sales8', name: 'Sales tax', rateBp: 825, inclusive: false };

const line = (over: Partial<LineToPrice> = {}): LineToPrice => ({
  key: 'a',
  holdId: 'h1',
  ticketTypeId: 't1',
  quantity: 2,
  unitMinor: 2500n,
  tax: null,
  ...over,
});
const fee = (over: Partial<FeeRule> = {}): FeeRule => ({
  id: 'f1',
  name: 'Booking fee',
  per: 'TICKET',
  percentBp: null,
  amountMinor: 150n,
  ticketTypeIds: null,
  tax: null,
  refundable: true,
  ...over,
});
const cart = (over: Partial<ToPrice> = {}): ToPrice => ({
  lines: [line()],
  discount: null,
  fees: [],
  reverseCharge: false,
  ...over,
});
const off = { percentBp: null, amountMinor: null, capMinor: null, ticketTypeIds: null };

describe('a price', () => {
  test('is the sum of the lines where nothing else applies', () => {
    expect(price(cart()).totalMinor).toBe(5000n);
  });

  test('contains an inclusive tax and gains an exclusive one, rounded line by line', () => {
    const both = price(
      cart({ lines: [line({ tax: vat19, quantity: 1 }), line({ key: 'b', tax: sales8, quantity: 1 })] }),
    );
    expect(both.lines.map(({ netMinor, taxMinor }) => [netMinor, taxMinor])).toEqual([
      [2101n, 399n],
      [2500n, 206n],
    ]);
    expect(both.totalMinor).toBe(2500n + 2706n);
  });

  test('loses its tax by reverse charge, also where it contained it', () => {
    const { taxMinor, totalMinor } = price(
      cart({ lines: [line({ tax: vat19, quantity: 1 })], reverseCharge: true }),
    );
    expect([taxMinor, totalMinor]).toEqual([0n, 2101n]);
  });

  test('is less a percentage of the types that a voucher is for, within its budget', () => {
    const lines = [line(), line({ key: 'b', ticketTypeId: 't2' })];
    const percent = { ...off, percentBp: 1000, ticketTypeIds: ['t2'] };
    expect(price(cart({ lines, discount: percent })).lines.map((each) => each.discountMinor)).toEqual([
      0n,
      500n,
    ]);
    expect(price(cart({ lines, discount: { ...percent, capMinor: 120n } })).discountMinor).toBe(120n);
  });

  test('is less an amount, split over the lines, and never below zero', () => {
    const lines = [line({ quantity: 1 }), line({ key: 'b', quantity: 2, unitMinor: 2500n })];
    const { lines: priced } = price(cart({ lines, discount: { ...off, amountMinor: 1000n } }));
    expect(priced.map((each) => each.discountMinor)).toEqual([333n, 667n]);
    expect(price(cart({ lines, discount: { ...off, amountMinor: 99_999n } })).totalMinor).toBe(0n);
  });

  test('has fees per ticket and per order, fixed and in percent, with their own tax', () => {
    const { fees, totalMinor } = price(
      cart({
        fees: [fee(), fee({ id: 'f2', per: 'ORDER', percentBp: 500, amountMinor: 100n, tax: sales8 })],
      }),
    );
    expect(fees.map(({ netMinor, taxMinor }) => [netMinor, taxMinor])).toEqual([
      [300n, 0n],
      [350n, 29n],
    ]);
    expect(totalMinor).toBe(5000n + 300n + 379n);
  });

  test('has no fees for what is free', () => {
    const free = line({ unitMinor: 0n });
    expect(price(cart({ lines: [free], fees: [fee(), fee({ per: 'ORDER' })] })).totalMinor).toBe(0n);
  });
});

const taxes = fc.option(
  fc.record({
    id: fc.constantFrom('x', 'y'),
    name: fc.constant('Tax'),
    rateBp: fc.integer({ min: 0, max: 3000 }),
    inclusive: fc.boolean(),
  }),
);
const carts = fc.record<ToPrice>({
  lines: fc
    .array(
      fc.record({
        holdId: fc.constantFrom('h1', 'h2', 'h3'),
        ticketTypeId: fc.constantFrom('t1', 't2', 't3'),
        quantity: fc.integer({ min: 1, max: 40 }),
        unitMinor: fc.bigInt({ min: 0n, max: 1_000_000n }),
        tax: taxes,
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((lines) => lines.map((each, place) => ({ ...each, key: `${place}` }))),
  discount: fc.option(
    fc.record({
      percentBp: fc.option(fc.integer({ min: 0, max: 10_000 })),
      amountMinor: fc.option(fc.bigInt({ min: 0n, max: 5_000_000n })),
      capMinor: fc.option(fc.bigInt({ min: 0n, max: 2_000_000n })),
      ticketTypeIds: fc.option(fc.subarray(['t1', 't2', 't3'])),
    }),
  ),
  fees: fc.array(
    fc.record({
      id: fc.string(),
      name: fc.string(),
      per: fc.constantFrom('TICKET' as const, 'ORDER' as const),
      percentBp: fc.option(fc.integer({ min: 0, max: 3000 })),
      amountMinor: fc.option(fc.bigInt({ min: 0n, max: 5_000n })),
      ticketTypeIds: fc.option(fc.subarray(['t1', 't2', 't3'])),
      tax: taxes,
      refundable: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  reverseCharge: fc.boolean(),
});

describe('of any cart', () => {
  test('the total is lines and fees and tax, nothing is negative, and the parts add up', () => {
    fc.assert(
      fc.property(carts, (toPrice) => {
        const priced = price(toPrice);
        const total = (of: readonly { totalMinor: bigint }[]) =>
          of.reduce((sum, each) => sum + each.totalMinor, 0n);
        expect(priced.totalMinor).toBe(priced.linesMinor + priced.feesMinor + priced.taxMinor);
        expect(priced.totalMinor).toBe(total(priced.lines) + total(priced.fees));
        for (const each of [...priced.lines, ...priced.fees]) {
          expect(each.netMinor).toBeGreaterThanOrEqual(0n);
          expect(each.taxMinor).toBeGreaterThanOrEqual(0n);
          expect(each.totalMinor).toBe(each.netMinor + each.taxMinor);
        }
        const parts = partTotals(priced, ['h1', 'h2', 'h3']);
        expect(parts.reduce((sum, each) => sum + each, 0n)).toBe(priced.totalMinor);
      }),
      { numRuns: 300 },
    );
  });

  test('a discount is as large as agreed: never beyond its cap or what it is for', () => {
    fc.assert(
      fc.property(carts, (toPrice) => {
        const { lines, discountMinor } = price(toPrice);
        const cap = toPrice.discount?.capMinor ?? null;
        if (cap !== null) expect(discountMinor).toBeLessThanOrEqual(cap);
        for (const each of lines) {
          expect(each.discountMinor).toBeGreaterThanOrEqual(0n);
          expect(each.discountMinor).toBeLessThanOrEqual(each.unitMinor * BigInt(each.quantity));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the sequence of the lines changes nothing', () => {
    fc.assert(
      fc.property(carts, fc.infiniteStream(fc.nat()), (toPrice, numbers) => {
        const shuffled = toPrice.lines
          .map((each) => ({ each, at: numbers.next().value as number }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const [one, other] = [price(toPrice), price({ ...toPrice, lines: shuffled })];
        expect(other.totalMinor).toBe(one.totalMinor);
        const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
        expect(other.lines.toSorted(byKey)).toEqual(one.lines.toSorted(byKey));
      }),
      { numRuns: 300 },
    );
  });
});
