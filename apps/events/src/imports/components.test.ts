import { describe, expect, test } from '@jest/globals';
import { propertyOf, readCalendarFile } from './components.ts';

const entriesOf = (content: string) =>
  readCalendarFile(content)?.entries.map(({ name, line, ...entry }) => [
    name,
    line,
    propertyOf(entry, 'UID')?.value,
  ]);

describe('readCalendarFile', () => {
  test('gives calendar, zones and entries with the lines at which they begin', () => {
    const file = readCalendarFile(
      'BEGIN:VCALENDAR\nX-WR-TIMEZONE:Europe/Paris\nBEGIN:VTIMEZONE\nTZID:A\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR',
    )!;
    expect(propertyOf(file, 'X-WR-TIMEZONE')?.value).toBe('Europe/Paris');
    expect(file.timeZones).toHaveLength(1);
    expect(file.entries).toMatchObject([{ name: 'VEVENT', line: 6 }]);
  });

  test('keeps what an alarm says out of its event', () => {
    const file = readCalendarFile(
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nUID:alarm\nDESCRIPTION:Wake\nEND:VALARM\nSUMMARY:Show\nEND:VEVENT\nEND:VCALENDAR',
    )!;
    expect(file.entries[0]!.properties.map(({ name }) => name)).toEqual(['UID', 'SUMMARY']);
    expect(file.entries[0]!.components).toMatchObject([{ name: 'VALARM' }]);
  });

  test('ends an entry whose END is missing where the next one begins, and at the end of the file', () => {
    expect(entriesOf('BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nBEGIN:VEVENT\nUID:2')).toEqual([
      ['VEVENT', 2, '1'],
      ['VEVENT', 5, '2'],
    ]);
  });

  test('passes over an END of what is not open', () => {
    expect(
      entriesOf('BEGIN:VCALENDAR\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nEND:VTODO\nEND:VEVENT\nEND:VCALENDAR'),
    ).toEqual([['VEVENT', 3, '1']]);
  });

  test('takes several calendars in one file, in any case, and entries outside of one', () => {
    const content =
      'begin:vcalendar\nbegin:vevent\nuid:1\nend:vevent\nend:vcalendar\nBEGIN:VEVENT\nUID:2\nEND:VEVENT';
    expect(entriesOf(content)).toEqual([
      ['VEVENT', 2, '1'],
      ['VEVENT', 6, '2'],
    ]);
  });

  test('warns of a line that is no property, with its number, on the entry it stands in', () => {
    const file = readCalendarFile('BEGIN:VCALENDAR\nBEGIN:VEVENT\nwhat is this\nEND:VEVENT\nEND:VCALENDAR')!;
    expect(file.entries[0]!.warnings).toEqual([expect.stringContaining('Line 3 was passed over')]);
  });

  test.each(['', '<!doctype html><html></html>', 'UID:1', '{"a": 1}'])(
    'finds no calendar in %j',
    (content) => {
      expect(readCalendarFile(content)).toBeNull();
    },
  );

  test('takes nesting without end for a few levels', () => {
    expect(readCalendarFile(`BEGIN:VCALENDAR\n${'BEGIN:X\n'.repeat(10_000)}`)!.entries).toHaveLength(1);
  });
});
