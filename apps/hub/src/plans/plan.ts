import { fractionOfMoney, money, type Money } from '@marquee/kernel';

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
  /** Nobody can choose it any more. */
  readonly withdrawn: boolean;
};

/** A part of an invoice. */
export type InvoiceLine = {
  readonly kind: 'MONTHLY_FEE' | 'INCLUDED_REQUESTS' | 'ADDITIONAL_REQUESTS';
  /** The code of the plan it is of. */
  readonly plan: string;
  /** Of the period, on which that plan held. */
  readonly days: number;
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
    withdrawn: false,
  },
  {
    code: 'growth',
    name: 'Growth',
    monthlyFee: euros(49_00),
    includedRequests: 1_000_000,
    pricePerThousand: euros(10),
    requestLimit: 10_000_000,
    withdrawn: false,
  },
  {
    code: 'scale',
    name: 'Scale',
    monthlyFee: euros(499_00),
    includedRequests: 20_000_000,
    pricePerThousand: euros(5),
    requestLimit: null,
    withdrawn: false,
  },
];

/** Days of a period on which one plan held, and what was asked for on them. */
export type PricedTerm = {
  readonly plan: Plan;
  readonly days: number;
  /** How many the period has. */
  readonly ofDays: number;
  readonly requests: number;
};

/**
 * What a period costs: of each plan its share of the days, of the fee as of the requests that are in it. The quantities of
 * requests add up to what was metered.
 */
export function linesOf(terms: readonly PricedTerm[]): InvoiceLine[] {
  return terms.flatMap(({ plan, days, ofDays, requests }) => {
    const included = Math.min(requests, Math.ceil((plan.includedRequests * days) / ofDays));
    const additional = requests - included;
    const of = { plan: plan.code, days };
    const fee = fractionOfMoney(plan.monthlyFee, days, ofDays);
    const lines: InvoiceLine[] = [
      { ...of, kind: 'MONTHLY_FEE', quantity: 1, amount: fee },
      { ...of, kind: 'INCLUDED_REQUESTS', quantity: included, amount: money(0, fee.currency) },
    ];
    const amount = fractionOfMoney(plan.pricePerThousand, additional, 1_000);
    if (additional > 0) lines.push({ ...of, kind: 'ADDITIONAL_REQUESTS', quantity: additional, amount });
    return lines;
  });
}

/** A dearer plan holds from today on; a cheaper one from the next period on, since the fee of this one is owed. */
export function holdsAtOnce(chosen: Plan, current: Plan): boolean {
  return chosen.monthlyFee.amountMinor >= current.monthlyFee.amountMinor;
}

/** From the one to the other, which is the first day of the next; where nothing else is said, a month of UTC. */
export type Period = { readonly start: Date; readonly end: Date };

export function periodFrom(start: Date): Period {
  return { start, end: new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)) };
}

export function periodOf(at: Date): Period {
  return periodFrom(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)));
}

/** A plan from a day on. */
export type PlanChange = { readonly plan: string; readonly from: string };

/** Which plans an organisation has, one after the other. */
export type Course = {
  /** Until the first change. */
  readonly plan: string;
  /** From the earliest. */
  readonly changes: readonly PlanChange[];
};

/** The code of the plan that holds on a day. */
export function planOn({ plan, changes }: Course, day: Date): string {
  return changes.findLast(({ from }) => from <= dayOf(day))?.plan ?? plan;
}

/** The course with a change that is made today: what was to come is taken back. */
export function changed({ plan, changes }: Course, change: PlanChange, today: Date): Course {
  const sofar = {
    plan,
    changes: changes.filter(({ from }) => from <= dayOf(today) && from < change.from),
  };
  if (planOn(sofar, new Date(change.from)) === change.plan) return sofar;
  return { plan, changes: [...sofar.changes, change] };
}

/** What is left of the course when everything before a day is done with. */
export function courseFrom(course: Course, day: Date): Course {
  return { plan: planOn(course, day), changes: course.changes.filter(({ from }) => from > dayOf(day)) };
}

/** The parts of a period, each with the plan that held on its days. */
export function termsIn(course: Course, { start, end }: Period): (Period & { readonly plan: string })[] {
  const cuts = course.changes.map(({ from }) => new Date(from)).filter((from) => from > start && from < end);
  const starts = [start, ...cuts];
  return starts.map((from, index) => ({
    start: from,
    end: starts[index + 1] ?? end,
    plan: planOn(course, from),
  }));
}

export function daysIn({ start, end }: Period): number {
  return Math.round((end.getTime() - start.getTime()) / 86_400_000);
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
