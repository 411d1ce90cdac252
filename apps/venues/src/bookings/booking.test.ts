import { describe, expect, test } from '@jest/globals';
import { nextStep, type OccurrenceFacts, type SpaceBooking } from './booking.ts';

const facts: OccurrenceFacts = {
  occurrenceId: 'occurrence',
  spaceId: 'hall',
  startsAt: new Date('2027-03-20T18:00:00Z'),
  endsAt: new Date('2027-03-20T20:00:00Z'),
  revision: 2,
  cancelled: false,
};
const booking = (revision: number): SpaceBooking => ({
  id: 'booking',
  occurrenceId: 'occurrence',
  spaceId: 'studio',
  startsAt: facts.startsAt,
  endsAt: facts.endsAt,
  status: 'BOOKED',
  revision,
});

describe('nextStep', () => {
  test('books for a new occurrence with a space', () => {
    expect(nextStep(null, facts)).toEqual({ kind: 'book', spaceId: 'hall' });
  });

  test('books anew for a newer revision', () => {
    expect(nextStep(booking(1), facts)).toEqual({ kind: 'book', spaceId: 'hall' });
  });

  test('does nothing for a revision that was applied, or an older one', () => {
    expect(nextStep(booking(2), facts)).toEqual({ kind: 'none' });
    expect(nextStep(booking(3), facts)).toEqual({ kind: 'none' });
  });

  test('releases when the occurrence is cancelled or moves out of every space', () => {
    expect(nextStep(booking(1), { ...facts, cancelled: true })).toEqual({
      kind: 'release',
      spaceId: 'studio',
    });
    expect(nextStep(booking(1), { ...facts, spaceId: null })).toEqual({ kind: 'release', spaceId: 'studio' });
  });

  test('remembers a cancellation that comes first, so that an older booking cannot follow it', () => {
    expect(nextStep(null, { ...facts, cancelled: true })).toEqual({ kind: 'release', spaceId: 'hall' });
  });

  test('has nothing to do for an occurrence that never had a space', () => {
    expect(nextStep(null, { ...facts, spaceId: null })).toEqual({ kind: 'none' });
  });
});
