import { describe, expect, test } from '@jest/globals';
import { reconcileByRecurrence, reconcileInOrder, type ExistingOccurrence } from './reconcile.ts';
import type { PlannedOccurrence } from './schedule.ts';

const now = new Date('2027-03-15T00:00:00Z');

function planned(recurrenceId: string, startsAtLocal = recurrenceId): PlannedOccurrence {
  const startsAt = new Date(`${startsAtLocal}Z`);
  return { recurrenceId, startsAtLocal, startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) };
}

function existing(
  id: string,
  recurrenceId: string,
  change: Partial<ExistingOccurrence> = {},
): ExistingOccurrence {
  return { id, status: 'SCHEDULED', ...planned(recurrenceId), ...change };
}

const first = '2027-03-20T19:00:00';
const second = '2027-03-27T19:00:00';
const third = '2027-04-03T19:00:00';
const past = '2027-03-13T19:00:00';

describe('reconcileByRecurrence', () => {
  test('changes nothing where all is as planned', () => {
    const nothing = { added: [], moved: [], cancelled: [] };
    expect(reconcileByRecurrence([existing('a', first)], [planned(first)], now)).toEqual(nothing);
  });

  test('adds, moves and cancels by the start that the rule gives', () => {
    const result = reconcileByRecurrence(
      [existing('a', first), existing('b', second)],
      [planned(first, '2027-03-21T10:00:00'), planned(third)],
      now,
    );
    expect(result).toEqual({
      added: [planned(third)],
      moved: [{ id: 'a', to: planned(first, '2027-03-21T10:00:00') }],
      cancelled: ['b'],
    });
  });

  test('leaves the past and what is cancelled as it was', () => {
    const result = reconcileByRecurrence(
      [existing('a', past), existing('b', first, { status: 'CANCELLED' })],
      [planned(first, second)],
      now,
    );
    expect(result).toEqual({ added: [], moved: [], cancelled: [] });
  });

  test('moves all when space or zone change', () => {
    const { moved } = reconcileByRecurrence([existing('a', first)], [planned(first)], now, { all: true });
    expect(moved).toEqual([{ id: 'a', to: planned(first) }]);
  });
});

describe('reconcileInOrder', () => {
  test('makes the first upcoming one the first of the new plan, and so on', () => {
    const result = reconcileInOrder(
      [existing('c', third), existing('a', first), existing('b', second)],
      [planned('2027-03-21T10:00:00'), planned('2027-03-28T10:00:00')],
      now,
    );
    expect(result).toEqual({
      added: [],
      moved: [
        { id: 'a', to: planned('2027-03-21T10:00:00') },
        { id: 'b', to: planned('2027-03-28T10:00:00') },
      ],
      cancelled: ['c'],
    });
  });

  test('adds what there are too few for, and leaves what stays', () => {
    const result = reconcileInOrder([existing('a', first)], [planned(first), planned(second)], now);
    expect(result).toEqual({ added: [planned(second)], moved: [], cancelled: [] });
  });

  test('leaves the past out on both sides, and does not cancel what is cancelled', () => {
    const result = reconcileInOrder(
      [existing('a', past), existing('b', first), existing('c', second, { status: 'CANCELLED' })],
      [planned(past), planned(first)],
      now,
    );
    expect(result).toEqual({ added: [], moved: [], cancelled: [] });
  });

  test('moves all when space or zone change', () => {
    expect(reconcileInOrder([existing('a', first)], [planned(first)], now, { all: true }).moved).toHaveLength(
      1,
    );
  });
});
