import { expect, test } from '@jest/globals';
import { judgeList } from './check-in-list.ts';

test('a list keeps out by type, by time and by direction, and lets who is inside leave at any time', () => {
  const from = new Date('2027-03-20T18:00:00Z');
  const list = {
    ticketTypeIds: ['a'],
    validFrom: from,
    validUntil: new Date(from.getTime() + 1),
    exits: false,
  };
  const reading = { ticketTypeId: 'a', direction: 'IN' as const, at: from };
  expect(judgeList(list, reading)).toBeNull();
  expect(judgeList(list, { ...reading, ticketTypeId: 'b' })).toBe('NOT_ON_LIST');
  expect(judgeList(list, { ...reading, at: new Date(from.getTime() - 1) })).toBe('OUTSIDE_WINDOW');
  expect(judgeList(list, { ...reading, at: list.validUntil })).toBe('OUTSIDE_WINDOW');
  expect(judgeList(list, { ...reading, direction: 'OUT' })).toBe('EXITS_NOT_TAKEN');
  expect(
    judgeList({ ...list, exits: true }, { ...reading, direction: 'OUT', at: list.validUntil }),
  ).toBeNull();
});
