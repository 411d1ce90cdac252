import type { Money } from '@marquee/kernel';
import { share, splitBy } from '../pricing/pricing.ts';

/** How an organisation lets orders be paid: some of it now, the rest by dates before the occurrence. */
export type PaymentPlan = {
  readonly id: string;
  readonly name: string;
  /** The more particular wins: of a ticket type, of an occurrence, of all. */
  readonly occurrenceId: string | null;
  readonly ticketTypeId: string | null;
  /** Due at once, of the whole order: a part of its total, or an amount. */
  readonly depositBp: number | null;
  readonly deposit: Money | null;
  readonly instalments: readonly { readonly daysBefore: number; readonly shareBp: number }[];
  /** How long after its day an instalment may still be paid. */
  readonly graceDays: number;
  /** How long before its day the guest is reminded. */
  readonly remindDays: number;
  /** What is kept of the money that was paid where an instalment is missed. */
  readonly forfeitBp: number;
  readonly active: boolean;
};

/** One payment that an order owes; the first is the deposit. Missed where it is not there by `payBy`. */
export type Instalment = { readonly amountMinor: bigint; readonly dueAt: Date; readonly payBy: Date };

const dayMs = 86_400_000;
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n);

/**
 * When what of a total is due. What would be due by now is due with the deposit; what is due at the same instant is one
 * instalment. Null where all of it is due now: that is no plan.
 */
export function scheduleOf(
  plan: PaymentPlan,
  totalMinor: bigint,
  { startsAt, now }: { readonly startsAt: Date; readonly now: Date },
): Instalment[] | null {
  const wanted = plan.deposit?.amountMinor ?? share(totalMinor, BigInt(plan.depositBp ?? 0), 10_000n);
  const deposit = wanted < totalMinor ? wanted : totalMinor;
  const shares = splitBy(
    totalMinor - deposit,
    plan.instalments.map(({ shareBp }) => BigInt(shareBp)),
  );
  const later = new Map<number, bigint>();
  plan.instalments.forEach(({ daysBefore }, place) => {
    const at = startsAt.getTime() - daysBefore * dayMs;
    if (at > now.getTime() && shares[place]! > 0n) later.set(at, (later.get(at) ?? 0n) + shares[place]!);
  });
  const first = totalMinor - sum([...later.values()]);
  if (later.size === 0 || first <= 0n) return null;
  const rest = [...later].toSorted(([a], [b]) => a - b);
  return [
    { amountMinor: first, dueAt: now, payBy: now },
    ...rest.map(([at, amountMinor]) => ({
      amountMinor,
      dueAt: new Date(at),
      payBy: new Date(Math.min(at + plan.graceDays * dayMs, startsAt.getTime())),
    })),
  ];
}

export type InstalmentStatus = 'PAID' | 'DUE' | 'UPCOMING' | 'OVERDUE';
export type InstalmentView = {
  readonly amount: Money;
  readonly paid: Money;
  readonly dueAt: Date;
  readonly status: InstalmentStatus;
};

/** The schedule against what was paid, which covers the oldest instalments first. */
export function viewSchedule(schedule: readonly Instalment[], paid: Money, now: Date): InstalmentView[] {
  const { currency } = paid;
  let left = paid.amountMinor;
  let isNext = true;
  return schedule.map(({ amountMinor, dueAt }, place) => {
    const covered = left < amountMinor ? left : amountMinor;
    left -= covered;
    const open = covered < amountMinor;
    const status = !open ? 'PAID' : place > 0 && dueAt <= now ? 'OVERDUE' : isNext ? 'DUE' : 'UPCOMING';
    if (open) isNext = false;
    return {
      amount: { amountMinor, currency },
      paid: { amountMinor: covered, currency },
      dueAt,
      status,
    };
  });
}

/** What is to be paid next: all that is overdue, else the instalment that comes next; nothing once all is paid. */
export function dueOf(schedule: readonly Instalment[], paidMinor: bigint, now: Date): bigint {
  const overdue = sum(schedule.filter(({ dueAt }) => dueAt <= now).map(({ amountMinor }) => amountMinor));
  if (overdue > paidMinor) return overdue - paidMinor;
  return (nextOf(schedule, paidMinor)?.untilMinor ?? paidMinor) - paidMinor;
}

/** The first instalment that is not paid in full, and what has been paid once it is. */
export function nextOf(
  schedule: readonly Instalment[],
  paidMinor: bigint,
): { readonly instalment: Instalment; readonly untilMinor: bigint } | null {
  let untilMinor = 0n;
  for (const instalment of schedule) {
    untilMinor += instalment.amountMinor;
    if (untilMinor > paidMinor) return { instalment, untilMinor };
  }
  return null;
}

/** What of the money is kept where an instalment is missed. */
export function forfeitOf(paidMinor: bigint, forfeitBp: number): bigint {
  return share(paidMinor, BigInt(forfeitBp), 10_000n);
}
