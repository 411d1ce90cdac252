import { describe, expect, test } from '@jest/globals';
import { expandRule } from './expand-rule.ts';
import { parseRecurrenceRule } from './recurrence-rule.ts';
import { recurrenceExamples } from './rfc5545-examples.test-support.ts';
import { planOccurrences, type Schedule } from './schedule.ts';
import { addMinutes } from './wall-time.ts';

const newYork = 'America/New_York';

function startsOf(written: string, first: string, limit: number): readonly string[] {
  const rule = parseRecurrenceRule(written);
  if (!rule.ok) throw new Error(rule.refusal.message);
  return expandRule(rule.value, first, newYork, { from: first, to: '2010-12-31T00:00:00', limit }).starts;
}

describe('RFC 5545, section 3.8.5.3', () => {
  const cases = recurrenceExamples.flatMap((example) => example.rules.map((rule) => ({ ...example, rule })));

  test('all the examples of the section are held', () => {
    expect(recurrenceExamples).toHaveLength(39);
  });

  test.each(cases)(
    'gives the dates of "$title" ($rule)',
    ({ rule, starts, exdates = [], expected, endless }) => {
      // One more than listed, so that a rule that should have ended is seen to go on.
      const limit = expected.length + exdates.length + (endless ? 0 : 1);
      const given = startsOf(rule, starts, limit).filter((start) => !exdates.includes(start));
      expect(endless ? given.slice(0, expected.length) : given).toEqual(expected);
    },
  );

  test.each(cases.filter(({ endless }) => !endless))(
    'plans the same dates for "$title" when they are all still to come ($rule)',
    ({ rule, starts, expected }) => {
      const schedule: Schedule = {
        timeZone: newYork,
        startsAtLocal: starts,
        durationMinutes: 60,
        allDay: false,
        rule,
        rdates: [],
        exdates: [],
        overrides: [],
      };
      const plan = planOccurrences(schedule, new Date('1995-01-01T00:00:00Z'));
      const dates = plan.ok ? plan.value.occurrences.map((occurrence) => occurrence.startsAtLocal) : [];
      // The first year of them: what lies beyond is materialised as time goes on.
      const planned = expected.slice(0, dates.length);
      expect(dates).toEqual(planned);
      expect(planned.length === expected.length || expected.at(-1)! > addMinutes(starts, 365 * 1440)).toBe(
        true,
      );
    },
  );
});
