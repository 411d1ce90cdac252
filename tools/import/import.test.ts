import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GraphClient } from '../client/graph-client.ts';
import { createGraphClient } from '../client/graph-client.ts';
import { decodeCalendar } from './decode-calendar.ts';
import { importFile, ImportRefusedError } from './import-file.ts';
import { formatProgress, formatReport } from './report.ts';
import { parseImportCommand, usage } from './request.ts';
import { chunksOf, splitCalendar } from './split-calendar.ts';

const vevent = (uid: string, ...lines: string[]) =>
  ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT'].join('\n');
const calendar = (...parts: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'X-WR-TIMEZONE:Europe/Berlin',
    'BEGIN:VTIMEZONE',
    'TZID:Mine',
    'END:VTIMEZONE',
    ...parts,
    'END:VCALENDAR',
  ].join('\n');

describe('splitCalendar', () => {
  test('keeps calendar properties and zones with every chunk, and entries of one UID together', () => {
    const file = splitCalendar(
      calendar(vevent('a'), vevent('b'), vevent('a', 'RECURRENCE-ID:20270301'), vevent('c')),
    );
    const chunks = chunksOf(file, file.entries, { maxBytes: 100_000, maxEntries: 2 });
    expect(chunks.map(({ entries }) => entries.map(({ uid }) => uid))).toEqual([
      ['a', 'a'],
      ['b', 'c'],
    ]);
    for (const { content } of chunks) {
      expect(content).toMatch(
        /^BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Europe\/Berlin\r\nBEGIN:VTIMEZONE\r\nTZID:Mine/,
      );
      expect(content.endsWith('END:VCALENDAR')).toBe(true);
    }
  });

  test('knows which line of the file each line of a chunk is', () => {
    const text = calendar(vevent('a'), vevent('b'), vevent('c'));
    const file = splitCalendar(text);
    const lines = text.split('\n');
    for (const chunk of chunksOf(file, file.entries, { maxBytes: 60, maxEntries: 10 })) {
      for (const [index, line] of chunk.content.split('\r\n').entries()) {
        if (!line.includes('VCALENDAR')) expect(lines[chunk.fileLineOf(index + 1) - 1]).toBe(line);
      }
    }
  });

  test('reads a folded UID, and not that of an alarm', () => {
    const text =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nUID:alarm\nEND:VALARM\nUID;X=1:long\n\t-one\n -more\nSUMMARY:x\nEND:VEVENT';
    expect(splitCalendar(text).entries.map(({ uid }) => uid)).toEqual(['long-one-more']);
  });

  test('ends an entry whose END is missing where the next begins, or the calendar ends', () => {
    const text =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nBEGIN:VEVENT\nUID:b\nEND:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:c';
    expect(splitCalendar(text).entries.map(({ line, uid }) => [line, uid])).toEqual([
      [2, 'a'],
      [4, 'b'],
      [7, null],
    ]);
  });

  test('takes along only the zones that are named where there are many', () => {
    const zones = Array.from(
      { length: 100 },
      (_, index) => `BEGIN:VTIMEZONE\nTZID:Zone${index}!\nX-PAD:${'x'.repeat(1_000)}\nEND:VTIMEZONE`,
    );
    const file = splitCalendar(
      `BEGIN:VCALENDAR\n${zones.join('\n')}\n${vevent('a', 'DTSTART;TZID=Zone7!:20270301T100000')}\nEND:VCALENDAR`,
    );
    const [chunk] = chunksOf(file, file.entries, { maxBytes: 100_000, maxEntries: 10 });
    expect(chunk!.content.match(/^TZID:.*$/gm)).toEqual(['TZID:Zone7!']);
  });

  test('loses no entry and adds none, whatever the limits', () => {
    const uids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 });
    fc.assert(
      fc.property(
        uids,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 5 }),
        (given, maxBytes, maxEntries) => {
          const file = splitCalendar(calendar(...given.map((uid, index) => vevent(uid, `SUMMARY:${index}`))));
          const chunks = chunksOf(file, file.entries, { maxBytes, maxEntries });
          const lines = chunks.flatMap(({ entries }) => entries.map(({ line }) => line));
          expect(lines.toSorted((a, b) => a - b)).toEqual(file.entries.map(({ line }) => line));
          expect(file.entries).toHaveLength(given.length);
        },
      ),
    );
  });
});

describe('decodeCalendar', () => {
  test('puts characters together that were folded apart, and moves no line', () => {
    const whole = Buffer.from('SUMMARY:Mati\u00e9e 🎈 x\nUID:1');
    const at = whole.indexOf('🎈') + 2;
    for (const fold of ['\n ', '\r\n\t']) {
      const bytes = Buffer.concat([whole.subarray(0, at), Buffer.from(fold), whole.subarray(at)]);
      const { text, warning } = decodeCalendar(bytes);
      expect(warning).toBeNull();
      expect(text.replaceAll(/\r?\n[ \t]/g, '')).toBe(whole.toString());
      expect(text.split('\n')).toHaveLength(3);
    }
  });

  test('reads UTF-16 of either order and what old programs write', () => {
    const text = 'BEGIN:VCALENDAR\nSUMMARY:Café';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(decodeCalendar(little).text).toBe(text);
    expect(decodeCalendar(Buffer.from(little).swap16()).text).toBe(text);
    expect(decodeCalendar(Buffer.from(text, 'latin1'))).toEqual({
      text,
      warning: expect.stringContaining('Windows-1252'),
    });
  });
});

type Request = { content: string; spaceId?: string; timeZone?: string };

/** A graph that answers each request with what `answer` makes of it. */
function fakeClient(answer: (input: Request) => unknown) {
  const requests: Request[] = [];
  const query = async (_: string, variables: { input: Request }) => {
    requests.push(variables.input);
    return { importCalendar: answer(variables.input) };
  };
  return { requests, client: { query, close: async () => undefined } as unknown as GraphClient };
}

const entriesOf = (content: string) =>
  [...content.matchAll(/BEGIN:VEVENT/g)].map(({ index }) => ({
    line: content.slice(0, index).split('\n').length,
    uid: /UID:(\w+)/.exec(content.slice(index))![1]!,
    summary: null,
    result: 'CREATED',
    reason: null as string | null,
    warnings: [] as string[],
  }));
const taken = (entries: unknown[]) => ({ __typename: 'CalendarImported', entries });

describe('importFile', () => {
  const text = calendar(vevent('a'), vevent('b'), vevent('c'));
  const limits = { maxBytes: 100_000, maxEntries: 2 };

  test('sends every entry once and says where in the file each one is', async () => {
    const { client, requests } = fakeClient(({ content }) =>
      taken(
        entriesOf(content).map((entry) => ({
          ...entry,
          reason: `Bad (line ${entry.line + 1}).`,
          warnings: ['Line 6 was odd.'],
        })),
      ),
    );
    const progress: number[] = [];
    const report = await importFile({
      client,
      text,
      limits,
      spaceId: 'spc_1',
      timeZone: 'UTC',
      onProgress: (done) => progress.push(done),
    });
    expect(requests).toHaveLength(2);
    expect(requests[0]).toMatchObject({ spaceId: 'spc_1', timeZone: 'UTC' });
    expect(report).toMatchObject({ created: 3, refused: 0 });
    expect(report.entries.map(({ line, uid, reason }) => [line, uid, reason])).toEqual([
      [6, 'a', 'Bad (line 7).'],
      [9, 'b', 'Bad (line 10).'],
      [12, 'c', 'Bad (line 13).'],
    ]);
    expect(report.entries[2]!.warnings).toEqual(['Line 12 was odd.']);
    expect(progress).toEqual([2, 3]);
  });

  test('sends again by itself what one request had no room for, and gives up on what never has', async () => {
    const { client, requests } = fakeClient(({ content }) =>
      taken(
        entriesOf(content).map((entry, index) =>
          index > 0 || entry.uid === 'c'
            ? { ...entry, result: 'REFUSED', reason: 'Too many; send it in smaller parts.' }
            : entry,
        ),
      ),
    );
    const report = await importFile({ client, text, limits: { ...limits, maxEntries: 10 } });
    expect(requests).toHaveLength(3);
    expect(report).toMatchObject({ created: 2, refused: 1 });
  });

  test('tries again while the graph does not answer, or a service does not', async () => {
    let calls = 0;
    const { client } = fakeClient(({ content }) => {
      calls += 1;
      if (calls === 1) throw new Error('ECONNREFUSED');
      return calls === 2 ? { __typename: 'Unavailable', message: 'Later.' } : taken(entriesOf(content));
    });
    expect(await importFile({ client, text, pauseMs: 0 })).toMatchObject({ created: 3 });
    const { client: silent } = fakeClient(() => {
      throw new Error('ECONNREFUSED');
    });
    await expect(importFile({ client: silent, text, pauseMs: 0 })).rejects.toThrow('ECONNREFUSED');
  });

  test('ends with the reason where the request as a whole is refused', async () => {
    const { client } = fakeClient(() => ({ __typename: 'NotFound', message: 'The space was not found.' }));
    await expect(importFile({ client, text, pauseMs: 0 })).rejects.toThrow(
      new ImportRefusedError('The space was not found.'),
    );
  });

  test('works over HTTP', async () => {
    const server = createServer((request, response) => {
      expect(request.headers.authorization).toBe('Bearer t');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { importCalendar: taken([]) } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const client = createGraphClient({ url, token: 't' });
    expect(await importFile({ client, text })).toMatchObject({ created: 0, entries: [] });
    await client.close();
    server.close();
  });
});

describe('the command line', () => {
  test('names a file and an organisation', () => {
    const command = parseImportCommand([
      'gigs.ics',
      '--organisation',
      'northlight',
      '--time-zone',
      'Europe/Rome',
      '--json',
    ]);
    expect(command).toMatchObject({ file: 'gigs.ics', timeZone: 'Europe/Rome', json: true });
    expect(command!.access).toMatchObject({ request: { role: 'ORGANISER' } });
  });

  test('takes a token instead, and gives help', () => {
    expect(parseImportCommand(['-', '--token', 'abc', '--url', 'http://x/graphql'])).toMatchObject({
      file: '-',
      access: { token: 'abc' },
    });
    expect(parseImportCommand(['--help'])).toBeNull();
    expect(usage).toContain('--organisation');
  });

  test.each([
    [['--organisation', 'northlight'], 'Name one calendar file'],
    [['a.ics', 'b.ics', '--organisation', 'northlight'], 'Name one calendar file'],
    [['a.ics'], '--organisation'],
    [['a.ics', '--organisation', 'nobody'], 'no demo organisation'],
    [['a.ics', '--organisation', 'northlight', '--token', 'x'], '--token says'],
    [['a.ics', '--token', 'x', '--url', 'nowhere'], 'no URL'],
    [['a.ics', '--frobnicate'], 'frobnicate'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => parseImportCommand(args)).toThrow(message);
  });
});

describe('the report', () => {
  const entry = {
    line: 7,
    uid: 'x@y',
    summary: 'Jazz',
    result: 'REFUSED' as const,
    reason: 'No start.',
    warnings: [],
  };

  test('names what was refused and guessed line by line, then the sum', () => {
    const guessed = {
      ...entry,
      line: 9,
      uid: null,
      summary: null,
      result: 'CREATED' as const,
      reason: null,
      warnings: ['Odd.', 'Very.'],
    };
    const report = { created: 1, updated: 0, unchanged: 1_200, refused: 1, entries: [entry, guessed] };
    expect(formatReport('gigs.ics', report)).toBe(
      [
        'Refused:',
        '  line 7  "Jazz" (x@y): No start.',
        '',
        'Taken with a guess:',
        '  line 9  without a title: Odd. Very.',
        '',
        'gigs.ics: 1 created, 0 updated, 1,200 unchanged, 1 refused.',
      ].join('\n'),
    );
  });

  test('lets no title move the cursor of a terminal', () => {
    const report = {
      created: 0,
      updated: 0,
      unchanged: 0,
      refused: 1,
      entries: [{ ...entry, summary: `\u001b[2J${'x'.repeat(100)}` }],
    };
    expect(formatReport('f', report)).not.toMatch(/\u001b|x{60}/);
  });

  test('shows how far it is', () => {
    expect(formatProgress(1_200, 3_000, { created: 1_000, updated: 0, unchanged: 200, refused: 0 })).toBe(
      '1,200 of 3,000 entries: 1,000 created, 0 updated, 200 unchanged, 0 refused',
    );
  });
});
