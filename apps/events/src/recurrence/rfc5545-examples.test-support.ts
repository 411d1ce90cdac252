import { monthlyByDay, monthlyByMonthDay, yearly } from './rfc5545-monthly-examples.test-support.ts';
import { on, tuesday, type RecurrenceExample } from './rfc5545-notation.test-support.ts';

const januaries = [1998, 1999, 2000].flatMap((year) => on(year, 'Jan 1-31'));
const workDay = ['09', '10', '11', '12', '13', '14', '15', '16'].flatMap((hour) =>
  ['00', '20', '40'].map((minute) => `${hour}:${minute}`),
);

const daily: RecurrenceExample[] = [
  {
    title: 'daily for 10 occurrences',
    starts: tuesday,
    rules: ['FREQ=DAILY;COUNT=10'],
    expected: on(1997, 'Sep 2-11'),
  },
  {
    title: 'daily until December 24, 1997',
    starts: tuesday,
    rules: ['FREQ=DAILY;UNTIL=19971224T000000Z'],
    expected: on(1997, 'Sep 2-30; Oct 1-31; Nov 1-30; Dec 1-23'),
  },
  {
    title: 'every other day, forever',
    starts: tuesday,
    rules: ['FREQ=DAILY;INTERVAL=2'],
    expected: on(1997, 'Sep 2-30/2; Oct 2-30/2; Nov 1-29/2; Dec 1 3'),
    endless: true,
  },
  {
    title: 'every 10 days, 5 occurrences',
    starts: tuesday,
    rules: ['FREQ=DAILY;INTERVAL=10;COUNT=5'],
    expected: on(1997, 'Sep 2 12 22; Oct 2 12'),
  },
  {
    title: 'every day in January, for 3 years',
    starts: '1998-01-01T09:00:00',
    rules: [
      'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
      'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1',
    ],
    expected: januaries,
  },
];

const weekly: RecurrenceExample[] = [
  {
    title: 'weekly for 10 occurrences',
    starts: tuesday,
    rules: ['FREQ=WEEKLY;COUNT=10'],
    expected: on(1997, 'Sep 2 9 16 23 30; Oct 7 14 21 28; Nov 4'),
  },
  {
    title: 'weekly until December 24, 1997',
    starts: tuesday,
    rules: ['FREQ=WEEKLY;UNTIL=19971224T000000Z'],
    expected: on(1997, 'Sep 2 9 16 23 30; Oct 7 14 21 28; Nov 4 11 18 25; Dec 2 9 16 23'),
  },
  {
    title: 'every other week, forever',
    starts: tuesday,
    rules: ['FREQ=WEEKLY;INTERVAL=2;WKST=SU'],
    expected: [...on(1997, 'Sep 2 16 30; Oct 14 28; Nov 11 25; Dec 9 23'), ...on(1998, 'Jan 6 20; Feb 3 17')],
    endless: true,
  },
  {
    title: 'weekly on Tuesday and Thursday for five weeks',
    starts: tuesday,
    rules: [
      'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
      'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH',
    ],
    expected: on(1997, 'Sep 2 4 9 11 16 18 23 25 30; Oct 2'),
  },
  {
    title: 'every other week on Monday, Wednesday and Friday until December 24, 1997, from a Monday',
    starts: '1997-09-01T09:00:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR'],
    expected: on(
      1997,
      'Sep 1 3 5 15 17 19 29; Oct 1 3 13 15 17 27 29 31; Nov 10 12 14 24 26 28; Dec 8 10 12 22',
    ),
  },
  {
    title: 'every other week on Tuesday and Thursday, for 8 occurrences',
    starts: tuesday,
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH'],
    expected: on(1997, 'Sep 2 4 16 18 30; Oct 2 14 16'),
  },
  {
    title: 'an example where the days generated makes a difference because of WKST: Monday',
    starts: '1997-08-05T09:00:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO'],
    expected: on(1997, 'Aug 5 10 19 24'),
  },
  {
    title: 'an example where the days generated makes a difference because of WKST: Sunday',
    starts: '1997-08-05T09:00:00',
    rules: ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU'],
    expected: on(1997, 'Aug 5 17 19 31'),
  },
];

const withinTheDay: RecurrenceExample[] = [
  {
    // The specification prints UNTIL=19970902T170000Z, which is 13:00 in New York: erratum 3883 corrects it.
    title: 'every 3 hours from 9:00 AM to 5:00 PM on a specific day',
    starts: tuesday,
    rules: ['FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z'],
    expected: ['09:00', '12:00', '15:00'].flatMap((time) => on(1997, 'Sep 2', time)),
  },
  {
    title: 'every 15 minutes for 6 occurrences',
    starts: tuesday,
    rules: ['FREQ=MINUTELY;INTERVAL=15;COUNT=6'],
    expected: ['09:00', '09:15', '09:30', '09:45', '10:00', '10:15'].flatMap((time) =>
      on(1997, 'Sep 2', time),
    ),
  },
  {
    title: 'every hour and a half for 4 occurrences',
    starts: tuesday,
    rules: ['FREQ=MINUTELY;INTERVAL=90;COUNT=4'],
    expected: ['09:00', '10:30', '12:00', '13:30'].flatMap((time) => on(1997, 'Sep 2', time)),
  },
  {
    title: 'every 20 minutes from 9:00 AM to 4:40 PM every day',
    starts: tuesday,
    rules: [
      'FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40',
      'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16',
    ],
    expected: ['Sep 2', 'Sep 3', 'Sep 4'].flatMap((day) => workDay.flatMap((time) => on(1997, day, time))),
    endless: true,
  },
];

/** Every example of RFC 5545, section 3.8.5.3. */
export const recurrenceExamples: readonly RecurrenceExample[] = [
  ...daily,
  ...weekly,
  ...monthlyByDay,
  ...monthlyByMonthDay,
  ...yearly,
  ...withinTheDay,
];
