import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, readContentLine, readContentLines, unescapeText, unfold } from './content-lines.ts';

function read(text: string) {
  const line = readContentLine(1, text);
  if ('fault' in line) throw new Error(line.fault);
  return { name: line.name, params: Object.fromEntries(line.params), value: line.value };
}

describe('unfold', () => {
  test('joins what was folded with a blank or a tab, after CRLF, LF or CR', () => {
    const lines = unfold('SUMMARY:Jazz\r\n  Night\r\nLOCATION:Ber\n\tlin\nURL:a\r b\n');
    expect(lines).toEqual([
      { line: 1, text: 'SUMMARY:Jazz Night' },
      { line: 3, text: 'LOCATION:Berlin' },
      { line: 5, text: 'URL:ab' },
    ]);
  });

  test('passes over a byte order mark and empty lines, and counts them', () => {
    expect(unfold('\uFEFFBEGIN:VCALENDAR\n\n\nEND:VCALENDAR')).toEqual([
      { line: 1, text: 'BEGIN:VCALENDAR' },
      { line: 4, text: 'END:VCALENDAR' },
    ]);
  });

  test('reads a continuation without a line before it as a line', () => {
    expect(unfold(' BEGIN:VCALENDAR')).toEqual([{ line: 1, text: ' BEGIN:VCALENDAR' }]);
  });
});

const name = fc.stringMatching(/^[A-Z][A-Z0-9-]{0,15}$/);
// A value that begins a line with a blank could not be told from a fold, and a line break ends the line.
const value = fc
  .string({ unit: 'grapheme', maxLength: 400 })
  .map((text) => text.replaceAll(/[\r\n\uFEFF]/g, ''));

describe('a line', () => {
  test('comes back from its folds, whatever is in it and however lines end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, value), { maxLength: 8 }),
        fc.constantFrom('\r\n', '\n', '\r'),
        (lines, end) => {
          const texts = lines.map(([key, text]) => `${key}:${text}`);
          const file = texts.map((text) => fold(text).replaceAll('\r\n', end)).join(end);
          expect(unfold(file).map(({ text }) => text)).toEqual(texts);
        },
      ),
    );
  });

  test('comes back from folds at any place, also inside a character pair', () => {
    fc.assert(
      fc.property(
        name,
        value,
        fc.array(fc.nat(500), { maxLength: 12 }),
        fc.constantFrom(' ', '\t'),
        (key, text, cuts, blank) => {
          const line = `${key}:${text}`;
          const places = [...new Set(cuts.filter((cut) => cut > 0 && cut < line.length))].toSorted(
            (a, b) => a - b,
          );
          const parts = [0, ...places].map((place, index) => line.slice(place, places[index]));
          expect(unfold(parts.join(`\n${blank}`))[0]!.text).toBe(line);
        },
      ),
    );
  });

  test('folds at 75 octets and never inside a character', () => {
    fc.assert(
      fc.property(value, (text) => {
        for (const part of fold(`SUMMARY:${text}`).split('\r\n')) {
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
          expect(Buffer.from(part).toString()).toBe(Buffer.from(part, 'utf8').toString('utf8'));
        }
      }),
    );
  });

  test('is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const line of readContentLines(text)) expect(line.line).toBeGreaterThan(0);
      }),
    );
  });
});

describe('readContentLine', () => {
  test('takes name, parameters and value apart', () => {
    expect(read('dtstart;tzid=Europe/Berlin;VALUE=DATE-TIME:20270320T190000')).toEqual({
      name: 'DTSTART',
      params: { TZID: ['Europe/Berlin'], VALUE: ['DATE-TIME'] },
      value: '20270320T190000',
    });
  });

  test('takes quoted parameters with colons, semicolons and commas in them', () => {
    const text = 'DTSTART;TZID="(UTC+01:00) Rome; Vienna, Bern":20270320T190000';
    expect(read(text).params).toEqual({ TZID: ['(UTC+01:00) Rome; Vienna, Bern'] });
    expect(read('ATTENDEE;MEMBER="mailto:a@b","mailto:c@d";X=1,2:mailto:e@f')).toEqual({
      name: 'ATTENDEE',
      params: { MEMBER: ['mailto:a@b', 'mailto:c@d'], X: ['1', '2'] },
      value: 'mailto:e@f',
    });
  });

  test('takes an empty value and an empty parameter', () => {
    expect(read('DESCRIPTION:')).toMatchObject({ value: '' });
    expect(read('X-A;B=:c')).toEqual({ name: 'X-A', params: { B: [''] }, value: 'c' });
  });

  test.each([
    'no property',
    ':value',
    'NAME',
    'NAME;PARAM',
    'NAME;PARAM=x',
    'NAME;PARAM="open:value',
    ';A=b:c',
    'ÄÖ:x',
  ])('says that %j is no property', (text) =>
    expect(readContentLine(7, text)).toEqual({
      line: 7,
      fault: expect.stringContaining('is not a property'),
    }),
  );
});

test('text is freed of its escapes and of what cannot be shown', () => {
  expect(unescapeText('One\\, two\\; three\\nfour\\Nfive \\\\n six \\x')).toBe(
    'One, two; three\nfour\nfive \\n six \\x',
  );
  expect(unescapeText('a\u0000b\u202ec\ud800')).toBe('abc\ufffd');
});
