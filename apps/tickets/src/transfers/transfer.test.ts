import { describe, expect, test } from '@jest/globals';
import {
  judgeAcceptance,
  judgeOffer,
  judgeOpen,
  offerExpiry,
  type Transfer,
  type TransferableTicket,
} from './transfer.ts';

const now = new Date('2027-03-20T18:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const ticket: TransferableTicket = { status: 'VALID', admitted: false, startsAt: later(1) };
const transfer: Transfer = {
  id: 'x',
  ticketId: 't',
  fromGuestId: 'g',
  offeredBy: 'someone',
  toEmail: 'bob@example.com',
  status: 'OFFERED',
  expiresAt: later(1),
};

test('an offer stands for its days, but not beyond the start', () => {
  expect(offerExpiry(now, later(86_400_000 * 30), 7)).toEqual(later(86_400_000 * 7));
  expect(offerExpiry(now, later(60_000), 7)).toEqual(later(60_000));
});

describe('a ticket', () => {
  test('can be offered while it is valid and unused', () => {
    expect(judgeOffer(ticket, now).ok).toBe(true);
  });

  test.each([
    [{ status: 'TRANSFER_PENDING' }, 'The ticket is on offer already.'],
    [{ status: 'CANCELLED' }, 'The ticket is no longer valid.'],
    [{ admitted: true }, 'The ticket was admitted already.'],
    [{ startsAt: now }, 'It has begun: tickets stay where they are.'],
  ] as const)('cannot be offered with %j', (over, message) => {
    expect(judgeOffer({ ...ticket, ...over }, now)).toMatchObject({
      refusal: { kind: 'TransferNotPossible', message },
    });
  });
});

describe('an offer', () => {
  const pending = { ...ticket, status: 'TRANSFER_PENDING' as const };

  test('can be accepted while it stands', () => {
    expect(judgeAcceptance(transfer, pending, now).ok).toBe(true);
  });

  test.each([
    [{ expiresAt: now }, {}, 'The offer has expired.'],
    [{ status: 'EXPIRED' }, {}, 'The offer has expired.'],
    [{ status: 'RECALLED' }, {}, 'The offer was recalled already.'],
    [{}, { status: 'CANCELLED' }, 'The ticket is no longer valid.'],
    [{}, { admitted: true }, 'The ticket was admitted already.'],
  ] as const)('cannot be accepted with %j and a ticket with %j', (offer, holder, message) => {
    const judged = judgeAcceptance({ ...transfer, ...offer }, { ...pending, ...holder }, now);
    expect(judged).toMatchObject({ refusal: { message } });
  });

  test('that was accepted is not open any more', () => {
    expect(judgeOpen({ ...transfer, status: 'ACCEPTED' }, now)).toMatchObject({
      refusal: { message: 'The offer was accepted already.' },
    });
  });
});
