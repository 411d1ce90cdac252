import { splitBy } from '../pricing/pricing.ts';

/** From so many hours before the start on, this part of a cancelled ticket's price is kept (1,000 are 10 %). */
export type CancellationStep = { readonly fromHoursBefore: number; readonly keptBp: number };

const hourMs = 3_600_000;

/** What is kept of a ticket that is cancelled at `now`: by the last step that was reached; nothing before the first. */
export function keptOf(steps: readonly CancellationStep[], startsAt: Date, now: Date): number {
  const hoursLeft = (startsAt.getTime() - now.getTime()) / hourMs;
  const reached = steps.filter(({ fromHoursBefore }) => hoursLeft <= fromHoursBefore);
  return reached.toSorted((a, b) => a.fromHoursBefore - b.fromHoursBefore)[0]?.keptBp ?? 0;
}

/** A line of an order as it was priced: net and tax of all its tickets. */
export type PricedForRefund = {
  readonly id: string;
  readonly holdId: string;
  readonly quantity: number;
  readonly paidMinor: bigint;
};

/** A ticket by its line, and its place among the line's. */
export type TicketOfLine = { readonly id: string; readonly lineId: string; readonly place: number };

export type TicketValue = {
  readonly ticketId: string;
  readonly holdId: string;
  /** Its price with tax, after discounts. */
  readonly priceMinor: bigint;
  /** Its share of the fees that go back. */
  readonly feesMinor: bigint;
};

/**
 * What each ticket of an order is worth: its line split evenly, and of the fees that go back its share by price, both by
 * largest remainder, so that the tickets add up to exactly what the lines and these fees cost.
 */
export function ticketValues(
  lines: readonly PricedForRefund[],
  tickets: readonly TicketOfLine[],
  refundableFeesMinor: bigint,
): TicketValue[] {
  const byLine = new Map(
    lines.map((line) => {
      const evenly = Array.from({ length: line.quantity }, () => 1n);
      return [line.id, { line, prices: splitBy(line.paidMinor, evenly) }];
    }),
  );
  const priced = tickets
    .toSorted((a, b) => (a.lineId === b.lineId ? a.place - b.place : a.lineId < b.lineId ? -1 : 1))
    .flatMap(({ id, lineId, place }) => {
      const found = byLine.get(lineId);
      const price = found?.prices[place];
      return found && price !== undefined ? [{ id, holdId: found.line.holdId, price }] : [];
    });
  const fees = splitBy(
    refundableFeesMinor,
    priced.map(({ price }) => price),
  );
  return priced.map(({ id, holdId, price }, place) => ({
    ticketId: id,
    holdId,
    priceMinor: price,
    feesMinor: fees[place]!,
  }));
}
