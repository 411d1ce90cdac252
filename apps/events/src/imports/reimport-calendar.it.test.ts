import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@marquee/subgraph';
import { eventsOf, newViewer, graphForFile } from '../harness.test-support.ts';
import { nodesOf, sendCalendar, vevent, weekly, type Answer } from './import.test-support.ts';

const { graph, venues, world } = graphForFile();
let viewer: Viewer;
beforeEach(() => {
  viewer = newViewer();
});

const send = (content: string, input: object = {}, who = viewer): Promise<Answer> =>
  sendCalendar(graph, who, content, input);

const statusesOf = (report: Answer) =>
  nodesOf(report).map(({ startsAt, status }: Answer) => `${startsAt.slice(5, 13)} ${status}`);

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
    for (let round = 0; round < 5; round++) {
      const file = weekly(0).replaceAll('UID:weekly', `UID:weekly-${round}`);
      const reports = await Promise.all(Array.from({ length: 10 }, () => send(file)));
      const refused = reports.flatMap(({ entries }) => entries.filter((entry: Answer) => !entry.event));
      expect(refused).toEqual([]);
      expect(new Set(reports.map((report) => report.entries[0].event.id)).size).toBe(1);
      expect(reports.filter(({ created }) => created === 1)).toHaveLength(1);
      expect(reports.filter(({ unchanged }) => unchanged === 1)).toHaveLength(9);
    }
  });

  test("is another organisation's own", async () => {
    const own = await send(weekly(0));
    const other = await send(weekly(0), {}, newViewer());
    expect(other.created).toBe(1);
    expect(other.entries[0].event.id).not.toBe(own.entries[0].event.id);
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
