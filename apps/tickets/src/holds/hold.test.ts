import { describe, expect, test } from '@jest/globals';
import {
  judgeHoldLive,
  notEnoughTickets,
  planHold,
  seatsTaken,
  type Hold,
  type HoldItem,
  type Sellable,
} from './hold.ts';

const euros = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });
const standing: Sellable = {
  id: 'standing',
  name: 'Standing',
  price: euros(2500n),
  maxPerOrder: 4,
  seated: false,
  sectionName: null,
  quotaIds: ['q2', 'q1'],
  tiers: [],
};
const stalls: Sellable = {
  ...standing,
  id: 'stalls',
  name: 'Stalls',
  price: euros(9900n),
  seated: true,
  sectionName: 'Stalls',
  quotaIds: ['q1'],
};
const abroad: Sellable = { ...standing, id: 'abroad', price: { amountMinor: 10n, currency: 'JPY' } };
const sellable = new Map([standing, stalls, abroad].map((type) => [type.id, type]));
const item = (ticketTypeId: string, quantity: number | null, seatIds: string[] = []): HoldItem => ({
  ticketTypeId,
  quantity,
  seatIds,
});
const plan = (...items: HoldItem[]) => planHold(items, sellable);

describe('planning a hold', () => {
  test('sums lines, total and what is taken of each quota, in the order of the locks', () => {
    expect(plan(item('standing', 2), item('stalls', null, ['s9', 's1']))).toMatchObject({
      ok: true,
      value: {
        quantity: 4,
        total: euros(24_800n),
        quotas: [
          { quotaId: 'q1', quantity: 4 },
          { quotaId: 'q2', quantity: 2 },
        ],
        seats: [
          { seatId: 's1', sectionName: 'Stalls' },
          { seatId: 's9', sectionName: 'Stalls' },
        ],
      },
    });
  });

  test.each([
    ['no item', [], 'items'],
    ['too many items', Array.from({ length: 21 }, () => item('standing', 1)), 'items'],
    ['a type named twice', [item('standing', 1), item('standing', 1)], 'items.1.ticketTypeId'],
    ['two currencies', [item('standing', 1), item('abroad', 1)], 'items.1.ticketTypeId'],
    ['no quantity', [item('standing', null)], 'items.0.quantity'],
    ['nothing', [item('standing', 0)], 'items.0.quantity'],
    ['more than an order may have', [item('standing', 5)], 'items.0.quantity'],
    ['half a ticket', [item('standing', 1.5)], 'items.0.quantity'],
    ['no seats for a seated type', [item('stalls', 1)], 'items.0.seatIds'],
    ['seats for a type without', [item('standing', 1, ['s1'])], 'items.0.seatIds'],
    ['a seat named twice', [item('stalls', null, ['s1', 's1'])], 'items.0.seatIds'],
    ['another number than that of the seats', [item('stalls', 1, ['s1', 's2'])], 'items.0.quantity'],
  ])('refuses %s and names the field', (_, items, field) => {
    expect(plan(...items)).toMatchObject({ ok: false, refusal: { kind: 'InvalidInput', field } });
  });

  test('refuses a ticket type that is not sold for the occurrence', () => {
    expect(plan(item('other', 1))).toMatchObject({ ok: false, refusal: { kind: 'NotFound' } });
  });
});

describe('a hold', () => {
  const now = new Date('2027-03-20T18:00:00Z');
  const hold: Hold = {
    id: 'h',
    occurrenceId: 'o',
    status: 'ACTIVE',
    lines: [],
    quantity: 1,
    total: euros(1n),
    placedBy: 'someone',
    expiresAt: new Date(now.getTime() + 1),
  };

  test('holds until the instant it expires, whatever a sweeper has done', () => {
    expect(judgeHoldLive(hold, now).ok).toBe(true);
    expect(judgeHoldLive({ ...hold, expiresAt: now }, now)).toMatchObject({
      refusal: { kind: 'HoldExpired' },
    });
    expect(judgeHoldLive({ ...hold, status: 'EXPIRED' }, now)).toMatchObject({
      refusal: { kind: 'HoldExpired' },
    });
  });

  test.each(['CONVERTED', 'RELEASED'] as const)('that was %s can not be acted on', (status) => {
    expect(judgeHoldLive({ ...hold, status }, now)).toMatchObject({
      refusal: { kind: 'HoldNotActive', status },
    });
  });

  test('is refused with what is left and which seats are taken', () => {
    expect(notEnoughTickets(0).refusal.message).toBe('Sold out.');
    expect(notEnoughTickets(2).refusal).toMatchObject({ message: 'Only 2 left.', available: 2 });
    expect(seatsTaken(['a']).refusal.message).toBe('That seat is taken.');
    expect(seatsTaken(['a', 'b']).refusal.seatIds).toEqual(['a', 'b']);
  });
});
