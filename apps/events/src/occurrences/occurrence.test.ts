import { describe, expect, test } from '@jest/globals';
import {
  cancelOccurrence,
  collidingStarts,
  isUpcoming,
  moveOccurrence,
  scheduleOccurrence,
  selfCollidingStarts,
  touchOccurrence,
} from './occurrence.ts';

const at = (hour: number) => new Date(Date.UTC(2027, 2, 20, hour));
const planned = {
  recurrenceId: '2027-03-20T19:00:00',
  startsAtLocal: '2027-03-20T19:00:00',
  startsAt: at(18),
  endsAt: at(20),
};
const event = { id: 'event', timeZone: 'Europe/Berlin', spaceId: 'hall' };
const occurrence = scheduleOccurrence('occurrence', event, planned);
const elsewhere = {
  ...planned,
  startsAt: at(10),
  endsAt: at(12),
  timeZone: 'Europe/Berlin',
  spaceId: 'studio',
};

describe('an occurrence', () => {
  test('waits for its space from when it is planned, and for none where it needs none', () => {
    expect(occurrence).toMatchObject({ spaceBookingStatus: 'PENDING', revision: 1, scheduleRevision: 1 });
    expect(scheduleOccurrence('o', { ...event, spaceId: null }, planned).spaceBookingStatus).toBe('NONE');
  });

  test('waits anew when it moves', () => {
    const booked = { ...occurrence, spaceBookingStatus: 'BOOKED' as const, revision: 4 };
    expect(moveOccurrence(booked, elsewhere)).toMatchObject({
      startsAt: at(10),
      spaceId: 'studio',
      spaceBookingStatus: 'PENDING',
      revision: 5,
      scheduleRevision: 5,
    });
    expect(moveOccurrence(booked, { ...elsewhere, spaceId: null }).spaceBookingStatus).toBe('NONE');
  });

  test('moves along and stays cancelled', () => {
    const cancelled = cancelOccurrence(occurrence, 'Ill');
    expect(cancelled).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'Ill',
      spaceBookingStatus: 'RELEASED',
    });
    expect(moveOccurrence(cancelled, elsewhere)).toMatchObject({
      status: 'CANCELLED',
      spaceBookingStatus: 'RELEASED',
    });
    expect(cancelOccurrence({ ...occurrence, spaceId: null }, null).spaceBookingStatus).toBe('NONE');
  });

  test('keeps its place in the space when only replicas must hear of it', () => {
    expect(touchOccurrence(occurrence)).toEqual({ ...occurrence, revision: 2 });
  });

  test('is upcoming until it starts, unless it is cancelled', () => {
    expect(isUpcoming(occurrence, at(17))).toBe(true);
    expect(isUpcoming(occurrence, at(18))).toBe(false);
    expect(isUpcoming(cancelOccurrence(occurrence, null), at(17))).toBe(false);
  });
});

describe('collisions', () => {
  const range = (from: number, to: number) => ({ startsAt: at(from), endsAt: at(to) });

  test('are ranges that share time, not ranges that touch', () => {
    expect(
      collidingStarts([range(8, 10), range(10, 12), range(14, 16)], [range(10, 11), range(16, 18)]),
    ).toEqual([at(10)]);
  });

  test('of a plan with itself are found in any order', () => {
    expect(selfCollidingStarts([range(14, 16), range(8, 15), range(16, 17)])).toEqual([at(14)]);
    expect(selfCollidingStarts([range(8, 10), range(10, 12)])).toEqual([]);
  });
});
