import { on, tuesday, type RecurrenceExample } from './rfc5545-notation.test-support.ts';

export const monthlyByDay: RecurrenceExample[] = [
  {
    title: 'monthly on the first Friday for 10 occurrences',
    starts: '1997-09-05T09:00:00',
    rules: ['FREQ=MONTHLY;COUNT=10;BYDAY=1FR'],
    expected: [
      ...on(1997, 'Sep 5; Oct 3; Nov 7; Dec 5'),
      ...on(1998, 'Jan 2; Feb 6; Mar 6; Apr 3; May 1; Jun 5'),
    ],
  },
  {
    title: 'monthly on the first Friday until December 24, 1997',
    starts: '1997-09-05T09:00:00',
    rules: ['FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR'],
    expected: on(1997, 'Sep 5; Oct 3; Nov 7; Dec 5'),
  },
  {
    title: 'every other month on the first and last Sunday of the month for 10 occurrences',
    starts: '1997-09-07T09:00:00',
    rules: ['FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU'],
    expected: [...on(1997, 'Sep 7 28; Nov 2 30'), ...on(1998, 'Jan 4 25; Mar 1 29; May 3 31')],
  },
  {
    title: 'monthly on the second-to-last Monday of the month for 6 months',
    starts: '1997-09-22T09:00:00',
    rules: ['FREQ=MONTHLY;COUNT=6;BYDAY=-2MO'],
    expected: [...on(1997, 'Sep 22; Oct 20; Nov 17; Dec 22'), ...on(1998, 'Jan 19; Feb 16')],
  },
  {
    title: 'every Tuesday, every other month',
    starts: tuesday,
    rules: ['FREQ=MONTHLY;INTERVAL=2;BYDAY=TU'],
    expected: [
      ...on(1997, 'Sep 2 9 16 23 30; Nov 4 11 18 25'),
      ...on(1998, 'Jan 6 13 20 27; Mar 3 10 17 24 31'),
    ],
    endless: true,
  },
  {
    title: 'every Friday the 13th, forever',
    starts: tuesday,
    rules: ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'],
    exdates: [tuesday],
    expected: [...on(1998, 'Feb 13; Mar 13; Nov 13'), ...on(1999, 'Aug 13'), ...on(2000, 'Oct 13')],
    endless: true,
  },
  {
    title: 'the first Saturday that follows the first Sunday of the month, forever',
    starts: '1997-09-13T09:00:00',
    rules: ['FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13'],
    expected: [
      ...on(1997, 'Sep 13; Oct 11; Nov 8; Dec 13'),
      ...on(1998, 'Jan 10; Feb 7; Mar 7; Apr 11; May 9; Jun 13'),
    ],
    endless: true,
  },
  {
    title:
      'the third instance into the month of one of Tuesday, Wednesday or Thursday, for the next 3 months',
    starts: '1997-09-04T09:00:00',
    rules: ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3'],
    expected: on(1997, 'Sep 4; Oct 7; Nov 6'),
  },
  {
    title: 'the second-to-last weekday of the month',
    starts: '1997-09-29T09:00:00',
    rules: ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2'],
    expected: [...on(1997, 'Sep 29; Oct 30; Nov 27; Dec 30'), ...on(1998, 'Jan 29; Feb 26; Mar 30')],
    endless: true,
  },
];

export const monthlyByMonthDay: RecurrenceExample[] = [
  {
    title: 'monthly on the third-to-the-last day of the month, forever',
    starts: '1997-09-28T09:00:00',
    rules: ['FREQ=MONTHLY;BYMONTHDAY=-3'],
    expected: [...on(1997, 'Sep 28; Oct 29; Nov 28; Dec 29'), ...on(1998, 'Jan 29; Feb 26')],
    endless: true,
  },
  {
    title: 'monthly on the 2nd and 15th of the month for 10 occurrences',
    starts: tuesday,
    rules: ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15'],
    expected: [...on(1997, 'Sep 2 15; Oct 2 15; Nov 2 15; Dec 2 15'), ...on(1998, 'Jan 2 15')],
  },
  {
    title: 'monthly on the first and last day of the month for 10 occurrences',
    starts: '1997-09-30T09:00:00',
    rules: ['FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1'],
    expected: [...on(1997, 'Sep 30; Oct 1 31; Nov 1 30; Dec 1 31'), ...on(1998, 'Jan 1 31; Feb 1')],
  },
  {
    title: 'every 18 months on the 10th thru 15th of the month for 10 occurrences',
    starts: '1997-09-10T09:00:00',
    rules: ['FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15'],
    expected: [...on(1997, 'Sep 10-15'), ...on(1999, 'Mar 10-13')],
  },
  {
    title: 'an invalid date (February 30) is ignored',
    starts: '2007-01-15T09:00:00',
    rules: ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5'],
    expected: on(2007, 'Jan 15 30; Feb 15; Mar 15 30'),
  },
];

export const yearly: RecurrenceExample[] = [
  {
    title: 'yearly in June and July for 10 occurrences',
    starts: '1997-06-10T09:00:00',
    rules: ['FREQ=YEARLY;COUNT=10;BYMONTH=6,7'],
    expected: [1997, 1998, 1999, 2000, 2001].flatMap((year) => on(year, 'Jun 10; Jul 10')),
  },
  {
    title: 'every other year on January, February and March for 10 occurrences',
    starts: '1997-03-10T09:00:00',
    rules: ['FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3'],
    expected: [
      ...on(1997, 'Mar 10'),
      ...[1999, 2001, 2003].flatMap((year) => on(year, 'Jan 10; Feb 10; Mar 10')),
    ],
  },
  {
    title: 'every third year on the 1st, 100th and 200th day for 10 occurrences',
    starts: '1997-01-01T09:00:00',
    rules: ['FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200'],
    expected: [
      ...on(1997, 'Jan 1; Apr 10; Jul 19'),
      ...on(2000, 'Jan 1; Apr 9; Jul 18'),
      ...on(2003, 'Jan 1; Apr 10; Jul 19'),
      ...on(2006, 'Jan 1'),
    ],
  },
  {
    title: 'every 20th Monday of the year, forever',
    starts: '1997-05-19T09:00:00',
    rules: ['FREQ=YEARLY;BYDAY=20MO'],
    expected: [...on(1997, 'May 19'), ...on(1998, 'May 18'), ...on(1999, 'May 17')],
    endless: true,
  },
  {
    title: 'Monday of week number 20, forever',
    starts: '1997-05-12T09:00:00',
    rules: ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'],
    expected: [...on(1997, 'May 12'), ...on(1998, 'May 11'), ...on(1999, 'May 17')],
    endless: true,
  },
  {
    title: 'every Thursday in March, forever',
    starts: '1997-03-13T09:00:00',
    rules: ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH'],
    expected: [...on(1997, 'Mar 13 20 27'), ...on(1998, 'Mar 5 12 19 26'), ...on(1999, 'Mar 4 11 18 25')],
    endless: true,
  },
  {
    title: 'every Thursday, but only during June, July and August, forever',
    starts: '1997-06-05T09:00:00',
    rules: ['FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8'],
    expected: [
      ...on(1997, 'Jun 5 12 19 26; Jul 3 10 17 24 31; Aug 7 14 21 28'),
      ...on(1998, 'Jun 4 11 18 25; Jul 2 9 16 23 30; Aug 6 13 20 27'),
      ...on(1999, 'Jun 3 10 17 24; Jul 1 8 15 22 29; Aug 5 12 19 26'),
    ],
    endless: true,
  },
  {
    title: 'every four years, the first Tuesday after a Monday in November (U.S. presidential election day)',
    starts: '1996-11-05T09:00:00',
    rules: ['FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8'],
    expected: [...on(1996, 'Nov 5'), ...on(2000, 'Nov 7'), ...on(2004, 'Nov 2')],
    endless: true,
  },
];
