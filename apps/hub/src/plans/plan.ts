import { money, type Money } from '@marquee/kernel';

/** What an organisation pays for the API in a month, and what it may ask for. */
export type Plan = {
  /** What it is chosen by, such as `growth`. */
  readonly code: string;
  readonly name: string;
  readonly monthlyFee: Money;
  /** Requests that the fee covers. */
  readonly includedRequests: number;
  /** Of a thousand requests beyond these, charged by the request. */
  readonly pricePerThousand: Money;
  /** Requests of a month; more are refused. Null: any number. */
  readonly requestLimit: number | null;
};

/** A part of an invoice. */
export type InvoiceLine = {
  readonly kind: 'MONTHLY_FEE' | 'INCLUDED_REQUESTS' | 'ADDITIONAL_REQUESTS';
  readonly quantity: number;
  readonly amount: Money;
};

const currency = 'EUR';
const euros = (cents: number) => money(cents, currency);

/** From the cheapest. The first is that of who has chosen none. */
export const defaultPlans: readonly Plan[] = [
  {
    code: 'free',
    name: 'Free',
    monthlyFee: euros(0),
    includedRequests: 100_000,
    pricePerThousand: euros(0),
    requestLimit: 100_000,
  },
  {
    code: 'growth',
    name: 'Growth',
    monthlyFee: euros(49_00),
    includedRequests: 1_000_000,
    pricePerThousand: euros(10),
    requestLimit: 10_000_000,
  },
  {
    code: 'scale',
    name: 'Scale',
    monthlyFee: euros(499_00),
    includedRequests: 20_000_000,
    pricePerThousand: euros(5),
    requestLimit: null,
  },
];

/** What a month of a plan costs: the quantities of its requests add up to what was metered. */
export function linesOf(plan: Plan, requests: number): InvoiceLine[] {
  const included = Math.min(requests, plan.includedRequests);
  const additional = requests - included;
  const lines: InvoiceLine[] = [
    { kind: 'MONTHLY_FEE', quantity: 1, amount: plan.monthlyFee },
    { kind: 'INCLUDED_REQUESTS', quantity: included, amount: money(0, plan.monthlyFee.currency) },
  ];
  if (additional > 0)
    lines.push({
      kind: 'ADDITIONAL_REQUESTS',
      quantity: additional,
      amount: priceOf(additional, plan.pricePerThousand),
    });
  return lines;
}

/** Rounded once, to the nearest minor unit, a half up. */
function priceOf(requests: number, { amountMinor, currency: of }: Money): Money {
  return money((BigInt(requests) * amountMinor + 500n) / 1_000n, of);
}

/** A dearer plan holds at once, since its fee covers the whole month; a cheaper one from the next month on. */
export function holdsAtOnce(chosen: Plan, current: Plan): boolean {
  return chosen.monthlyFee.amountMinor >= current.monthlyFee.amountMinor;
}

/** The months of UTC: a period begins with the one and ends with the other, which is the first day of the next. */
export type Period = { readonly start: Date; readonly end: Date };

export function periodFrom(start: Date): Period {
  return { start, end: new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)) };
}

export function periodOf(at: Date): Period {
  return periodFrom(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)));
}

/** The day of UTC as ISO 8601 writes it. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Gateways tell of a request within seconds; what comes even later counts for the next period. */
const graceMs = 3_600_000;

export function isOver({ end }: Period, now: Date): boolean {
  return now.getTime() >= end.getTime() + graceMs;
}
