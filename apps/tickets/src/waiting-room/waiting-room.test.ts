import { describe, expect, test } from '@jest/globals';
import { judgePlace, nextRate, positionOf, type WaitingRoom } from './waiting-room.ts';

const now = new Date('2027-03-20T10:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const room: WaitingRoom = {
  organisationId: 'organisation',
  occurrenceId: 'occurrence',
  enabled: true,
  round: 1,
  opensAt: minutesAgo(5),
  openedAt: minutesAgo(5),
  commitment: '',
  seed: '',
  early: 1000,
  arrived: 500,
  admitted: 100,
  perSecond: 10,
  maxPerSecond: 50,
  passMinutes: 10,
};
const justNow = () => minutesAgo(1);

describe('a place in the waiting room', () => {
  test('is unknown while people gather, but for the time until it opens', () => {
    const gathering = { ...room, openedAt: null, opensAt: new Date(now.getTime() + 90_000) };
    expect(judgePlace(gathering, { kind: 'EARLY', lot: 0.5 }, justNow, now)).toEqual({
      state: 'GATHERING',
      position: null,
      estimatedWaitSeconds: 90,
      passUntil: null,
    });
  });

  test('is by lot for who came early, and behind all of them by arrival for who came later', () => {
    expect(positionOf(room, { kind: 'EARLY', lot: 0 })).toBe(0);
    expect(positionOf(room, { kind: 'EARLY', lot: 0.9999 })).toBe(999);
    expect(positionOf(room, { kind: 'LATER', number: 0 })).toBe(1000);
    expect(positionOf(room, { kind: 'LATER', number: 7 })).toBe(1007);
  });

  test('says how many are before it and about how long that takes', () => {
    expect(judgePlace(room, { kind: 'LATER', number: 0 }, justNow, now)).toEqual({
      state: 'WAITING',
      position: 900,
      estimatedWaitSeconds: 91,
      passUntil: null,
    });
  });

  test('is let in until its time is over, counted from its turn and not from when it asks', () => {
    const entry = { kind: 'EARLY', lot: 0.05 } as const;
    expect(judgePlace(room, entry, justNow, now)).toMatchObject({
      state: 'ADMITTED',
      passUntil: new Date(now.getTime() + 9 * 60_000),
    });
    expect(judgePlace(room, entry, () => minutesAgo(10), now).state).toBe('MISSED');
    expect(judgePlace(room, entry, () => null, now).state).toBe('MISSED');
  });

  test('means nothing where the room is off', () => {
    expect(judgePlace({ ...room, enabled: false }, { kind: 'LATER', number: 0 }, justNow, now).state).toBe(
      'OFF',
    );
  });
});

describe('the rate of admission', () => {
  const calm = { waiting: 1, waitedMs: 5, sustainablePerSecond: 0, refusedAsTooBusy: 0 };

  test('grows slowly while the way is free, up to its maximum', () => {
    expect(nextRate(room, calm, calm, 1)).toBe(12.5);
    expect(nextRate({ ...room, perSecond: 49 }, calm, calm, 1)).toBe(50);
  });

  test('halves when holds have to wait or are turned away, and never stops altogether', () => {
    expect(nextRate(room, { ...calm, waitedMs: 900 }, calm, 1)).toBe(5);
    expect(nextRate(room, { ...calm, refusedAsTooBusy: 1 }, calm, 1)).toBe(5);
    expect(nextRate({ ...room, perSecond: 1 }, { ...calm, waitedMs: 900 }, calm, 1)).toBe(1);
  });

  test('is never more than the grant path bears, shared by the open rooms', () => {
    const measured = { ...calm, sustainablePerSecond: 40 };
    expect(nextRate({ ...room, perSecond: 30 }, measured, calm, 1)).toBe(20);
    expect(nextRate({ ...room, perSecond: 30 }, measured, calm, 4)).toBe(5);
  });
});
