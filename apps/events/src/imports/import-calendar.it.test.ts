import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@marquee/subgraph';
import pg from 'pg';
import { createEventDeletion } from '../events/delete-event.ts';
import { eventsOf, newViewer, now, graphForFile, unknownId } from '../harness.test-support.ts';
import { importCalendar } from './import-calendar.ts';
import {
  calendar,
  document,
  fixture,
  nodesOf,
  sendCalendar,
  vevent,
  weekly,
  type Answer,
} from './import.test-support.ts';

const { graph, venues, world } = graphForFile();
let viewer: Viewer;
beforeEach(() => {
  viewer = newViewer();
});

const send = (content: string, input: object = {}, who = viewer): Promise<Answer> =>
  sendCalendar(graph, who, content, input);

describe('importCalendar', () => {
  test.each([
    ['google.ics', { created: 5, refused: 0 }],
    ['outlook.ics', { created: 3, refused: 0 }],
    ['apple.ics', { created: 3, refused: 0 }],
    ['broken.ics', { created: 4, refused: 5 }],
  ])('takes %s, and the second time finds nothing new', async (name, counts) => {
    const first = await send(fixture(name));
    expect(first).toMatchObject({ __typename: 'CalendarImported', updated: 0, unchanged: 0, ...counts });
    const before = await eventsOf(world.database, viewer.organisationId);
    const second = await send(fixture(name));
    expect(second).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: counts.created,
      refused: counts.refused,
    });
    expect(second.entries.map(({ event }: Answer) => event?.id)).toEqual(
      first.entries.map(({ event }: Answer) => event?.id),
    );
    const after = await eventsOf(world.database, viewer.organisationId);
    expect(after.slice(before.length).map(({ type }) => type)).toEqual(['events.calendar-imported.v1']);
  });

  test('reports every entry in the order of the file: what it took, and what it refused and why', async () => {
    const { entries } = await send(fixture('broken.ics'));
    expect(entries.map(({ line, result, reason }: Answer) => [line, result, reason])).toEqual([
      [4, 'CREATED', null],
      [9, 'REFUSED', 'It has no DTSTART.'],
      [13, 'REFUSED', 'DTSTART is not a date: "20270231T100000Z" (line 15).'],
      [18, 'REFUSED', 'FREQ=SOMETIMES is not a frequency.'],
      [24, 'REFUSED', 'It ends before it starts.'],
      [30, 'REFUSED', 'A VTODO is no event.'],
      [34, 'CREATED', null],
      [39, 'CREATED', null],
      [43, 'CREATED', null],
    ]);
    expect(entries[8].warnings[0]).toContain('Middle-earth/Shire');
  });

  test('makes drafts whose occurrences wait for the space', async () => {
    const spaceId = venues.addSpace(viewer, { timeZone: 'Europe/Paris' });
    const report = await send(
      calendar(vevent('UID:1', 'DTSTART:20270320T190000', 'SUMMARY:Show')).replace(/X-WR.*\r\n/, ''),
      { spaceId },
    );
    expect(report.entries[0].event).toMatchObject({
      title: 'Show',
      status: 'DRAFT',
      timeZone: 'Europe/Paris',
    });
    expect(nodesOf(report)[0]).toMatchObject({
      spaceBookingStatus: 'PENDING',
      startsAt: '2027-03-20T18:00:00.000Z',
    });
  });

  test('takes the past as history', async () => {
    const report = await send(calendar(vevent('UID:1', 'DTSTART:20190320T190000Z', 'DURATION:PT1H')));
    expect(nodesOf(report)).toMatchObject([{ startsAt: '2019-03-20T19:00:00.000Z' }]);
  });

  test('takes thousands of entries in a bounded number of statements', async () => {
    const events = Array.from({ length: 1_000 }, (_, index) =>
      vevent(
        `UID:many-${index}`,
        `DTSTART:2027${String((index % 12) + 1).padStart(2, '0')}10T${String(index % 24).padStart(2, '0')}0000Z`,
        `SUMMARY:Event ${index}`,
      ),
    );
    const statements: string[] = [];
    const stop = world.database.observe((sql) => statements.push(sql));
    const light = document.replace(/event \{ id title[\s\S]*?\} \} \} \} \}/, '}');
    const { data } = await graph.query(viewer, light, { input: { content: calendar(...events) } });
    stop();
    expect(data.importCalendar).toMatchObject({ created: 1_000, refused: 0 });
    expect(statements.length).toBeLessThan(70);
  });
});

describe('one bad entry', () => {
  test('that the database will not store never spoils the others', async () => {
    const owner = new pg.Client({ connectionString: world.ownerUrl });
    await owner.connect();
    await owner.query(`alter table event add constraint no_poison check (title <> 'Poison')`);
    try {
      const report = await send(
        calendar(
          ...['One', 'Poison', 'Two'].map((title, index) =>
            vevent(`UID:p${index}`, 'DTSTART:20270320T190000Z', `SUMMARY:${title}`),
          ),
        ),
      );
      expect(report.entries.map(({ result }: Answer) => result)).toEqual(['CREATED', 'REFUSED', 'CREATED']);
      expect(report.entries[1].reason).toBe('It could not be stored.');
    } finally {
      await owner.query('alter table event drop constraint no_poison');
      await owner.end();
    }
  });

  test('that would make too many dates leaves room for the others', async () => {
    const rules = ['COUNT=3', 'COUNT=7', 'COUNT=2'];
    const events = rules.map((count, index) =>
      vevent(`UID:d${index}`, 'DTSTART:20270101T100000Z', `RRULE:FREQ=DAILY;${count}`),
    );
    const { database } = world;
    const command = {
      database,
      viewer,
      clock: { now: () => now },
      askVenues: venues.ask,
      eventDeletion: createEventDeletion(30),
      onCommit: () => undefined,
    };
    const request = { content: calendar(...events), spaceId: null, timeZone: null };
    const report = await importCalendar(command, request, { maxOccurrences: 6 });
    expect(report).toMatchObject({ ok: true, value: { created: 2, refused: 1 } });
    expect(report.ok && report.value.entries[1]!.reason).toContain('smaller parts');
  });
});

describe('importCalendar refuses', () => {
  test.each([
    ['content', { content: '' }],
    ['content', { content: 'x'.repeat(1_000_000) }],
    ['content', { content: `BEGIN:VCALENDAR\n${'x'.repeat(2 * 1024 * 1024)}` }],
    ['spaceId', { content: weekly(0), spaceId: 'spc_1' }],
    ['timeZone', { content: weekly(0), timeZone: 'Mars' }],
  ])('a bad %s', async (field, input) => {
    expect(await send('', input)).toMatchObject({ __typename: 'InvalidInput', field });
  });

  test('an unknown space, a foreign one, and to guess while venues is silent', async () => {
    const foreign = venues.addSpace(newViewer());
    expect((await send(weekly(0), { spaceId: unknownId('Space') })).__typename).toBe('NotFound');
    expect((await send(weekly(0), { spaceId: foreign })).__typename).toBe('NotFound');
    venues.answers = false;
    expect((await send(weekly(0), { spaceId: venues.addSpace(viewer) })).__typename).toBe('Unavailable');
  });

  test('guests', async () => {
    const { errors } = await graph.query(newViewer('GUEST'), document, { input: { content: weekly(0) } });
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});
