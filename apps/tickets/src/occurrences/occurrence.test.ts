import { expect, test } from '@jest/globals';
import { judgeOnSale, type Occurrence } from './occurrence.ts';

const now = new Date('2027-03-20T18:00:00Z');
const occurrence: Occurrence = {
  id: 'o',
  eventId: 'e',
  eventTitle: 'An Evening',
  eventStatus: 'PUBLISHED',
  spaceId: null,
  startsAt: now,
  endsAt: new Date(now.getTime() + 1),
  timeZone: 'UTC',
  status: 'SCHEDULED',
  revision: 1,
};

test('an occurrence is for sale from its publication to its end', () => {
  expect(judgeOnSale(occurrence, now).ok).toBe(true);
});

test.each([
  [{ endsAt: now }, 'It is over.'],
  [{ status: 'CANCELLED' }, 'It was cancelled.'],
  [{ eventStatus: 'CANCELLED' }, 'It was cancelled.'],
  [{ eventStatus: 'DRAFT' }, 'It is not published yet.'],
] as const)('it is not for sale with %j', (over, message) => {
  expect(judgeOnSale({ ...occurrence, ...over }, now)).toEqual({
    ok: false,
    refusal: { kind: 'NotOnSale', message },
  });
});
