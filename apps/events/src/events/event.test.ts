import { expect, test } from '@jest/globals';
import { recurs, scheduleOf, type Event } from './event.ts';

const once: Event = {
  id: 'event',
  seriesId: null,
  title: 'Concert',
  description: '',
  status: 'DRAFT',
  spaceId: null,
  timeZone: 'Europe/Berlin',
  startsAtLocal: '2027-03-20T19:00:00',
  durationMinutes: 60,
  allDay: false,
  rule: null,
  rdates: [],
  exdates: [],
  overrides: [],
  materialisedUntil: null,
  publishedAt: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

test('an event recurs by a rule, or by dates', () => {
  expect(recurs(once)).toBe(false);
  expect(recurs({ ...once, rule: 'FREQ=DAILY' })).toBe(true);
  expect(recurs({ ...once, rdates: ['2027-03-21T19:00:00'] })).toBe(true);
});

test("an event's schedule is what its times come from, and nothing else", () => {
  expect(Object.keys(scheduleOf(once)).toSorted()).toEqual([
    'allDay',
    'durationMinutes',
    'exdates',
    'overrides',
    'rdates',
    'rule',
    'startsAtLocal',
    'timeZone',
  ]);
});
