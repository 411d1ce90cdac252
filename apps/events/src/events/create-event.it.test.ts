import { describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import {
  createDocument,
  eventInput,
  eventsOf,
  makeEvent,
  newViewer,
  now,
  graphForFile,
  unknownId,
} from '../harness.test-support.ts';

const { graph, venues, world } = graphForFile();

async function create(viewer: ReturnType<typeof newViewer>, change: object = {}) {
  const { data, errors } = await graph.query(viewer, createDocument, { input: { ...eventInput, ...change } });
  return data?.createEvent ?? { errors };
}

describe('createEvent', () => {
  test('makes a draft with every occurrence of its rule, at 19:00 on the wall on both sides of the clock change', async () => {
    const viewer = newViewer();
    const created = await create(viewer, { recurrence: 'FREQ=WEEKLY;COUNT=4' });
    expect(created.event).toMatchObject({
      title: 'Spring Concert',
      status: 'DRAFT',
      timeZone: 'Europe/Berlin',
    });
    expect(created.event.recurrence).toEqual({ rule: 'FREQ=WEEKLY;COUNT=4', materialisedUntil: null });
    const nodes = created.event.occurrences.edges.map((edge: { node: object }) => edge.node);
    expect(nodes.map(({ startsAt }: { startsAt: string }) => startsAt)).toEqual([
      '2027-03-20T18:00:00.000Z',
      '2027-03-27T18:00:00.000Z',
      '2027-04-03T17:00:00.000Z',
      '2027-04-10T17:00:00.000Z',
    ]);
    expect(new Set(nodes.map((node: { startsAtLocal: string }) => node.startsAtLocal.slice(11)))).toEqual(
      new Set(['19:00']),
    );
    expect(nodes[0]).toMatchObject({
      endsAt: '2027-03-20T20:00:00.000Z',
      status: 'SCHEDULED',
      spaceBookingStatus: 'NONE',
      revision: 1,
    });
    const events = await eventsOf(world.database, viewer.organisationId);
    expect(events.map(({ type }) => type)).toEqual([
      'events.event-created.v1',
      ...Array.from({ length: 4 }, () => 'events.occurrence-scheduled.v1'),
    ]);
    expect(events[1]).toMatchObject({
      actor: viewer.subject,
      data: { eventTitle: 'Spring Concert', eventStatus: 'DRAFT', spaceId: null, revision: 1 },
    });
  });

  test('takes further dates, leaves dates out and moves single ones', async () => {
    const event = await makeEvent(graph, newViewer(), {
      recurrence: 'FREQ=WEEKLY;COUNT=4',
      rdates: ['2027-03-21T11:00'],
      exdates: ['2027-03-27T19:00'],
      overrides: [
        { recurrenceId: '2027-04-03T19:00', startsAtLocal: '2027-04-04T15:00', durationMinutes: 60 },
        { recurrenceId: '2027-04-10T19:00', cancelled: true },
      ],
    });
    const times = event.occurrences.map((node: { startsAtLocal: string }) => node.startsAtLocal);
    expect(times).toEqual(['2027-03-20T19:00', '2027-03-21T11:00', '2027-04-04T15:00']);
    expect(event.occurrences[2].endsAt).toBe('2027-04-04T14:00:00.000Z');
  });

  test('materialises a rule without an end up to the horizon and says how far', async () => {
    const event = await makeEvent(graph, newViewer(), { recurrence: 'FREQ=DAILY' });
    expect(new Date(event.recurrence.materialisedUntil).getTime()).toBeGreaterThan(
      now.getTime() + 600 * 86_400_000,
    );
    expect(event.occurrences).toHaveLength(50);
  });

  test('answers the same event for the same key, also twenty times at once, and refuses it for another request', async () => {
    const viewer = newViewer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(viewer)));
    expect(new Set(answers.map(({ event }) => event.id)).size).toBe(1);
    expect(await create(viewer, { title: 'Another' })).toMatchObject({ __typename: 'IdempotencyConflict' });
    expect(await eventsOf(world.database, viewer.organisationId)).toHaveLength(2);
  });

  test('answers the same event for the same key even when the space is taken by it now', async () => {
    const viewer = newViewer();
    const spaceId = venues.addSpace(viewer);
    const first = await create(viewer, { spaceId });
    venues.taken = [{ startsAt: new Date('2027-03-20T18:00Z'), endsAt: new Date('2027-03-20T20:00Z') }];
    expect((await create(viewer, { spaceId })).event.id).toBe(first.event.id);
    venues.answers = false;
    expect((await create(viewer, { spaceId })).event.id).toBe(first.event.id);
  });
});

describe('createEvent in a space', () => {
  test('asks venues about every range and waits for its verdict', async () => {
    const viewer = newViewer();
    const spaceId = venues.addSpace(viewer);
    const event = await makeEvent(graph, viewer, { spaceId, recurrence: 'FREQ=WEEKLY;COUNT=3' });
    expect(event.occurrences[0].spaceBookingStatus).toBe('PENDING');
    expect(venues.questions).toHaveLength(1);
    expect(venues.questions[0]!.ranges).toHaveLength(3);
  });

  test('refuses a space that is taken at one of the times, and names them', async () => {
    const viewer = newViewer();
    const spaceId = venues.addSpace(viewer);
    venues.taken = [{ startsAt: new Date('2027-03-27T19:00Z'), endsAt: new Date('2027-03-27T23:00Z') }];
    const refused = await create(viewer, { spaceId, recurrence: 'FREQ=WEEKLY;COUNT=3' });
    expect(refused).toMatchObject({ __typename: 'SpaceConflict', startsAt: ['2027-03-27T18:00:00.000Z'] });
    expect(await eventsOf(world.database, viewer.organisationId)).toEqual([]);
  });

  test('refuses occurrences that would overlap each other in the space', async () => {
    const viewer = newViewer();
    const change = {
      spaceId: venues.addSpace(viewer),
      recurrence: 'FREQ=DAILY;COUNT=3',
      durationMinutes: 1500,
    };
    expect(await create(viewer, change)).toMatchObject({ __typename: 'SpaceConflict' });
  });

  test('does not find an unknown space, nor one of another organisation', async () => {
    const foreign = venues.addSpace(newViewer());
    for (const spaceId of [unknownId('Space'), foreign]) {
      expect((await create(newViewer(), { spaceId })).__typename).toBe('NotFound');
    }
  });

  test('is Unavailable while venues does not answer, writes nothing, and works with the same key afterwards', async () => {
    const viewer = newViewer();
    const spaceId = venues.addSpace(viewer);
    venues.answers = false;
    expect((await create(viewer, { spaceId })).__typename).toBe('Unavailable');
    expect(await eventsOf(world.database, viewer.organisationId)).toEqual([]);
    venues.answers = true;
    expect((await create(viewer, { spaceId })).__typename).toBe('EventCreated');
  });
});

describe('createEvent refuses', () => {
  const tooMany = Array.from({ length: 501 }, () => '2027-03-21T11:00');

  test.each<[string, object]>([
    ['idempotencyKey', { idempotencyKey: '' }],
    ['title', { title: ' ' }],
    ['title', { title: 'x'.repeat(1_000_000) }],
    ['description', { description: 'x'.repeat(1_000_000) }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: 'x'.repeat(1_000_000) }],
    ['spaceId', { spaceId: 'spc_nonsense' }],
    ['spaceId', { spaceId: encodeId('Venue', newUuid()) }],
    ['seriesId', { seriesId: 'ser_' }],
    ['startsAtLocal', { startsAtLocal: '9999-01-01T10:00' }],
    ['durationMinutes', { durationMinutes: 0 }],
    ['durationMinutes', { durationMinutes: -30 }],
    ['durationMinutes', { durationMinutes: 2_000_000_000 }],
    ['recurrence', { recurrence: 'FREQ=SOMETIMES' }],
    ['recurrence', { recurrence: 'every Tuesday' }],
    ['recurrence', { recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }],
    ['recurrence', { recurrence: 'FREQ=DAILY;UNTIL=20270101T000000Z' }],
    ['recurrence', { recurrence: 'x'.repeat(1_000_000) }],
    ['rdates', { rdates: tooMany }],
    ['exdates', { exdates: tooMany }],
    [
      'overrides.0.durationMinutes',
      { overrides: [{ recurrenceId: '2027-03-20T19:00', durationMinutes: 0 }] },
    ],
  ])('a bad %s by name and writes nothing', async (field, change) => {
    const viewer = newViewer();
    expect(await create(viewer, change)).toMatchObject({ __typename: 'InvalidInput', field });
    expect(await eventsOf(world.database, viewer.organisationId)).toEqual([]);
  });

  test.each<[string, object]>([
    ['startsAtLocal', { startsAtLocal: '2026-12-01T12:00', timeZone: 'Europe/Berlin' }],
    ['startsAtLocal', { startsAtLocal: '1997-09-02T09:00', recurrence: 'FREQ=DAILY' }],
    ['rdates[1]', { rdates: ['2027-03-21T11:00', '2026-03-21T11:00'] }],
    [
      'overrides[0].startsAtLocal',
      { overrides: [{ recurrenceId: '2027-03-20T19:00', startsAtLocal: '2020-01-01T00:00' }] },
    ],
  ])('a past %s', async (field, change) => {
    expect(await create(newViewer(), change)).toMatchObject({ __typename: 'PastDate', field });
  });

  test.each([
    { startsAtLocal: 'tomorrow' },
    { startsAtLocal: '2027-02-30T19:00' },
    { rdates: ['2027-03-20T19:00Z'] },
  ])('a wall time that is none: %j', async (change) => {
    const { errors } = await create(newViewer(), change);
    expect(errors[0].message).toMatch(/LocalDateTime/);
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  test('an unknown series', async () => {
    expect(await create(newViewer(), { seriesId: unknownId('EventSeries') })).toMatchObject({
      __typename: 'NotFound',
    });
  });

  test('guests', async () => {
    expect((await create(newViewer('GUEST'))).errors[0].extensions.code).toBe('FORBIDDEN');
  });
});
