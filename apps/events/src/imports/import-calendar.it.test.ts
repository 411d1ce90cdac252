import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import pg from 'pg';
import { entities } from '../entities.ts';
import {
  eventsOf,
  FakeVenues,
  newViewer,
  serveTestGraph,
  unknownId,
  type TestGraph,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';

let world: TestDatabase;
let graph: TestGraph;
let viewer: Viewer;
const venues = new FakeVenues();

beforeAll(async () => {
  world = await testDatabase({ name: 'events', migrations, entities });
  graph = await serveTestGraph(world.database, { venues });
});
afterAll(async () => {
  await graph?.stop();
  await world?.drop();
});
beforeEach(() => {
  viewer = newViewer();
  venues.answers = true;
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

const document = `mutation ($input: ImportCalendarInput!) { importCalendar(input: $input) {
  __typename
  ... on CalendarImported { created updated unchanged refused
    entries { line uid summary result reason warnings event { id title status timeZone description
      occurrences(first: 100) { edges { node { id startsAt endsAt status spaceBookingStatus revision } } } } } }
  ... on InvalidInput { field message } ... on Refusal { message } } }`;

async function send(content: string, input: object = {}, who = viewer): Promise<Answer> {
  const { data, errors } = await graph.query(who, document, { input: { content, ...input } });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.importCalendar;
}

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const vevent = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'X-WR-TIMEZONE:Europe/Berlin', ...events, 'END:VCALENDAR'].join('\r\n');
const weekly = (sequence: number, ...lines: string[]) =>
  calendar(
    vevent(
      'UID:weekly',
      `SEQUENCE:${sequence}`,
      'DTSTART;TZID=Europe/Berlin:20270320T190000',
      'DURATION:PT2H',
      'RRULE:FREQ=WEEKLY;COUNT=4',
      ...lines,
    ),
  );
const nodesOf = (report: Answer, entry = 0) =>
  report.entries[entry].event.occurrences.edges.map((edge: Answer) => edge.node);
const statusesOf = (report: Answer) =>
  nodesOf(report).map(({ startsAt, status }: Answer) => `${startsAt.slice(5, 13)} ${status}`);

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
    const events = Array.from({ length: 3_000 }, (_, index) =>
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
    expect(data.importCalendar).toMatchObject({ created: 3_000, refused: 0 });
    expect(statements.length).toBeLessThan(200);
  });
});

describe('a calendar that comes again', () => {
  test('moves, adds and cancels dates by SEQUENCE, and keeps the ids of those that stay', async () => {
    const first = await send(weekly(0, 'SUMMARY:Jazz'));
    const second = await send(
      weekly(
        1,
        'SUMMARY:Jazz',
        'EXDATE;TZID=Europe/Berlin:20270327T190000',
        'RDATE;TZID=Europe/Berlin:20270501T190000',
      ),
    );
    expect(second).toMatchObject({ updated: 1, created: 0 });
    expect(statusesOf(second)).toEqual([
      '03-20T18 SCHEDULED',
      '03-27T18 CANCELLED',
      '04-03T17 SCHEDULED',
      '04-10T17 SCHEDULED',
      '05-01T17 SCHEDULED',
    ]);
    expect(
      nodesOf(second)
        .slice(0, 4)
        .map(({ id }: Answer) => id),
    ).toEqual(nodesOf(first).map(({ id }: Answer) => id));
    expect(nodesOf(second)[0].revision).toBe(1);
  });

  test('moves one date by an override', async () => {
    await send(weekly(0));
    const override = vevent(
      'UID:weekly',
      'SEQUENCE:1',
      'RECURRENCE-ID;TZID=Europe/Berlin:20270327T190000',
      'DTSTART;TZID=Europe/Berlin:20270328T150000',
      'DURATION:PT1H',
    );
    const report = await send(weekly(0).replace('END:VCALENDAR', `${override}\r\nEND:VCALENDAR`));
    expect(report).toMatchObject({ updated: 2 });
    expect(nodesOf(report)[1]).toMatchObject({
      startsAt: '2027-03-28T13:00:00.000Z',
      endsAt: '2027-03-28T14:00:00.000Z',
      revision: 2,
    });
  });

  test('tells replicas of a new title', async () => {
    await send(weekly(0, 'SUMMARY:Jazz'));
    const before = (await eventsOf(world.database, viewer.organisationId)).length;
    await send(weekly(1, 'SUMMARY:Blues'));
    const events = (await eventsOf(world.database, viewer.organisationId)).slice(before);
    expect(events.map(({ type }) => type)).toEqual([
      'events.event-updated.v1',
      ...Array.from({ length: 4 }, () => 'events.occurrence-updated.v1'),
      'events.calendar-imported.v1',
    ]);
    expect(events[1]!.data).toMatchObject({ eventTitle: 'Blues' });
  });

  test('changes nothing when it is older', async () => {
    await send(weekly(5, 'SUMMARY:New'));
    const report = await send(weekly(4, 'SUMMARY:Old'));
    expect(report.entries[0]).toMatchObject({
      result: 'UNCHANGED',
      warnings: [expect.stringContaining('older')],
      event: { title: 'New' },
    });
  });

  test('calls off what is cancelled in it, and does not bring it back', async () => {
    await send(weekly(0, 'SUMMARY:Jazz'));
    const cancelled = await send(weekly(1, 'SUMMARY:Jazz', 'STATUS:CANCELLED'));
    expect(cancelled.entries[0]).toMatchObject({ result: 'UPDATED', event: { status: 'CANCELLED' } });
    expect(nodesOf(cancelled).every(({ status }: Answer) => status === 'CANCELLED')).toBe(true);
    const back = await send(weekly(2, 'SUMMARY:Jazz again'));
    expect(back.entries[0]).toMatchObject({
      result: 'REFUSED',
      reason: expect.stringContaining('does not come back'),
    });
  });

  test('keeps what arrives cancelled as cancelled, and books nothing for it', async () => {
    const spaceId = venues.addSpace(viewer);
    const report = await send(weekly(0, 'STATUS:CANCELLED'), { spaceId });
    expect(report.entries[0].event.status).toBe('CANCELLED');
    expect(nodesOf(report)[0]).toMatchObject({ status: 'CANCELLED', spaceBookingStatus: 'NONE' });
  });

  test('is taken once when it comes ten times at once', async () => {
    const reports = await Promise.all(Array.from({ length: 10 }, () => send(weekly(0))));
    expect(new Set(reports.map((report) => report.entries[0].event.id)).size).toBe(1);
    expect(reports.filter(({ created }) => created === 1)).toHaveLength(1);
    expect(reports.filter(({ unchanged }) => unchanged === 1)).toHaveLength(9);
  });

  test("is another organisation's own", async () => {
    const own = await send(weekly(0));
    const other = await send(weekly(0), {}, newViewer());
    expect(other.created).toBe(1);
    expect(other.entries[0].event.id).not.toBe(own.entries[0].event.id);
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
    const daily = Array.from({ length: 80 }, (_, index) =>
      vevent(`UID:d${index}`, 'DTSTART:20270101T100000Z', 'RRULE:FREQ=DAILY;COUNT=700'),
    );
    const light = document.replace(/event \{ id title[\s\S]*?\} \} \} \} \}/, '}');
    const { data } = await graph.query(viewer, light, { input: { content: calendar(...daily) } });
    const report = data.importCalendar;
    expect(report).toMatchObject({ created: 71, refused: 9 });
    expect(report.entries[79].reason).toContain('50000');
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

test('an imported event is published, moved and cancelled as any other, and unchanged content leaves that alone', async () => {
  const first = await send(weekly(0));
  const { id } = first.entries[0].event;
  const occurrence = nodesOf(first)[0].id;
  await graph.query(viewer, 'mutation ($id: ID!) { publishEvent(id: $id) { __typename } }', { id });
  const move =
    'mutation ($id: ID!) { rescheduleOccurrence(input: { id: $id, startsAtLocal: "2027-03-21T10:00" }) { __typename } }';
  await graph.query(viewer, move, { id: occurrence });
  const second = await send(weekly(0));
  expect(second.entries[0].event.status).toBe('PUBLISHED');
  expect(nodesOf(second)[0]).toMatchObject({ id: occurrence, startsAt: '2027-03-21T09:00:00.000Z' });
});
