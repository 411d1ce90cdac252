import { describe, expect, test } from '@jest/globals';
import { dueOf, forfeitOf, nextOf, scheduleOf, viewSchedule, type PaymentPlan } from './payment-plan.ts';

const startsAt = new Date('2027-06-30T18:00:00Z');
const daysBefore = (days: number) => new Date(startsAt.getTime() - days * 86_400_000);
const plan = (over: Partial<PaymentPlan> = {}): PaymentPlan => ({
  id: 'p1',
  name: 'Three times',
  occurrenceId: null,
  ticketTypeId: null,
  depositBp: 2_000,
  deposit: null,
  instalments: [
    { daysBefore: 60, shareBp: 5_000 },
    { daysBefore: 30, shareBp: 5_000 },
  ],
  graceDays: 3,
  remindDays: 7,
  forfeitBp: 0,
  active: true,
  ...over,
});
const schedule = (now: Date, over: Partial<PaymentPlan> = {}, totalMinor = 10_001n) =>
  scheduleOf(plan(over), totalMinor, { startsAt, now });
const amounts = (made: ReturnType<typeof schedule>) => made?.map(({ amountMinor }) => amountMinor);

describe('a payment plan', () => {
  test('takes the deposit now and the rest by its days, adding up exactly', () => {
    const made = schedule(daysBefore(100))!;
    expect(made).toEqual([
      { amountMinor: 2_000n, dueAt: daysBefore(100), payBy: daysBefore(100) },
      { amountMinor: 4_001n, dueAt: daysBefore(60), payBy: daysBefore(57) },
      { amountMinor: 4_000n, dueAt: daysBefore(30), payBy: daysBefore(27) },
    ]);
  });

  test('adds to the deposit what would be due by now, and is none where all would be', () => {
    expect(amounts(schedule(daysBefore(45)))).toEqual([6_001n, 4_000n]);
    expect(schedule(daysBefore(30))).toBeNull();
    expect(schedule(daysBefore(100), { deposit: { amountMinor: 20_000n, currency: 'EUR' } })).toBeNull();
  });

  test('never lets someone pay later than the start', () => {
    const made = schedule(daysBefore(9), { instalments: [{ daysBefore: 1, shareBp: 1 }] });
    expect(made?.[1]).toEqual({ amountMinor: 8_001n, dueAt: daysBefore(1), payBy: startsAt });
  });
});

describe('what is due', () => {
  const made = schedule(daysBefore(100))!;

  test('is the next instalment, or all that is overdue', () => {
    expect(dueOf(made, 0n, daysBefore(100))).toBe(2_000n);
    expect(dueOf(made, 2_000n, daysBefore(90))).toBe(4_001n);
    expect(dueOf(made, 500n, daysBefore(59))).toBe(5_501n);
    expect(dueOf(made, 10_001n, daysBefore(1))).toBe(0n);
    expect(nextOf(made, 10_001n)).toBeNull();
  });

  test('is seen instalment by instalment, the oldest covered first', () => {
    const seen = viewSchedule(made, { amountMinor: 3_000n, currency: 'EUR' }, daysBefore(70));
    expect(seen.map(({ status, paid }) => [status, paid.amountMinor])).toEqual([
      ['PAID', 2_000n],
      ['DUE', 1_000n],
      ['UPCOMING', 0n],
    ]);
    const late = viewSchedule(made, { amountMinor: 3_000n, currency: 'EUR' }, daysBefore(59));
    expect(late[1]!.status).toBe('OVERDUE');
  });

  test('is kept in part where an instalment is missed', () => {
    expect(forfeitOf(2_001n, 5_000)).toBe(1_001n);
  });
});
