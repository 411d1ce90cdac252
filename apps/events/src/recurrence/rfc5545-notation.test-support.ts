/**
 * An example of RFC 5545, section 3.8.5.3, with the dates that the specification lists for it. All are in America/New_York; `starts` is DTSTART's wall time. Where the specification writes `...`, the list is
 * held against the rule's first occurrences.
 */
export type RecurrenceExample = {
  readonly title: string;
  readonly starts: string;
  /** Each of these rules gives the same dates. */
  readonly rules: readonly string[];
  readonly exdates?: readonly string[];
  readonly expected: readonly string[];
  readonly endless?: true;
};

/** `1997-09-02T09:00:00` for each day. `months` is like `Sep 2 9; Oct 7`. */
export function on(year: number, months: string, time = '09:00'): string[] {
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return months.split('; ').flatMap((month) => {
    const [name = '', ...days] = month.split(' ');
    const number = String(names.indexOf(name) + 1).padStart(2, '0');
    return days
      .flatMap(expandDays)
      .map((day) => `${year}-${number}-${String(day).padStart(2, '0')}T${time}:00`);
  });
}

/** `2-5` is 2 3 4 5, `2-30/2` every other of them. */
function expandDays(days: string): number[] {
  const [first = 0, last = first, step = 1] = days.split(/[-/]/).map(Number);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

/** 9:00 on Tuesday, 2 September 1997: where most examples start. */
export const tuesday = '1997-09-02T09:00:00';
