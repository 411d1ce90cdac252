import { beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { eventsOf, makeEvent, newViewer, graphForFile, unknownId } from '../harness.test-support.ts';
import { noteSpaceBooking } from '../occurrences/on-space-booking.ts';

const { graph, venues, clock, world } = graphForFile();
let viewer: Viewer;
beforeEach(() => {
  viewer = newViewer();
});

const fields = `id title description status spaceId timeZone startsAtLocal durationMinutes recurrence { rule rdates }
  occurrences(first: 50) { edges { node { id startsAtLocal startsAt status revision spaceId spaceBookingStatus } } }`;
const mutation = (name: string, member: string, argument = 'input: $input') =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { result: ${name}(${argument}) { __typename
    ... on ${member} { event { ${fields} } } ... on InvalidInput { field }
    ... on WrongState { status } ... on Refusal { message } } }`;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

async function run(document: string, input: object, who = viewer): Promise<Answer> {
  const { data, errors } = await graph.query(who, document, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.result;
}
const update = (input: object, who?: Viewer) => run(mutation('updateEvent', 'EventUpdated'), input, who);
const reschedule = (input: object) =>
  run(
    mutation('rescheduleEvent', 'EventRescheduled').replace(
      '... on WrongState',
      '... on SpaceConflict { startsAt } ... on PastDate { field } ... on WrongState',
    ),
    input,
  );
const cancel = (input: object, who?: Viewer) =>
  run(
    `mutation ($input: CancelEventInput!) { result: cancelEvent(input: $input) { __typename
       ... on EventCancelled { event { ${fields} } } ... on InvalidInput { field } ... on Refusal { message } } }`,
    input,
    who,
  );
async function publish(id: string, who = viewer): Promise<Answer> {
  const document = `mutation PublishEvent($id: ID!) { publishEvent(id: $id) { __typename
    ... on EventPublished { event { ${fields} } } ... on InvalidInput { field } ... on SpaceConflict { startsAt }
    ... on WrongState { status } ... on Refusal { message } } }`;
  return (await graph.query(who, document, { id })).data.publishEvent;
}
const nodes = (event: Answer) => event.occurrences.edges.map((edge: Answer) => edge.node);
const logged = async (skip: number) => (await eventsOf(world.database, viewer.organisationId)).slice(skip);

describe('publishEvent', () => {
  test('opens the event and tells replicas with every occurrence', async () => {
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=2' });
    const published = await publish(event.id);
    expect(published.event).toMatchObject({ id: event.id, status: 'PUBLISHED' });
    expect(await logged(3)).toMatchObject([
      { type: 'events.event-published.v1', data: { eventId: decodeId('Event', event.id) } },
      { type: 'events.occurrence-updated.v1', data: { eventStatus: 'PUBLISHED', revision: 2 } },
      { type: 'events.occurrence-updated.v1', data: { eventStatus: 'PUBLISHED', revision: 2 } },
    ]);
  });

  test('changes nothing the second time, also when ten publish at once', async () => {
    const event = await makeEvent(graph, viewer);
    await Promise.all(Array.from({ length: 10 }, () => publish(event.id)));
    expect((await publish(event.id)).__typename).toBe('EventPublished');
    expect(await logged(2)).toHaveLength(2);
  });

  test('is refused while an occurrence is in conflict over its space', async () => {
    const spaceId = venues.addSpace(viewer);
    const event = await makeEvent(graph, viewer, { spaceId });
    const occurrenceId = decodeId('Occurrence', event.occurrences[0].id)!;
    await world.database.transaction(viewer, (tx) =>
      noteSpaceBooking(tx, { occurrenceId, revision: 1 }, 'CONFLICT'),
    );
    expect(await publish(event.id)).toMatchObject({
      __typename: 'SpaceConflict',
      startsAt: ['2027-03-20T18:00:00.000Z'],
    });
    await world.database.transaction(viewer, (tx) =>
      noteSpaceBooking(tx, { occurrenceId, revision: 1 }, 'BOOKED'),
    );
    expect((await publish(event.id)).__typename).toBe('EventPublished');
  });

  test('is refused for what is cancelled, over, unknown, foreign or malformed', async () => {
    const cancelled = await makeEvent(graph, viewer);
    await cancel({ id: cancelled.id });
    expect(await publish(cancelled.id)).toMatchObject({ __typename: 'WrongState', status: 'CANCELLED' });
    const over = await makeEvent(graph, viewer);
    clock.set('2027-04-01T00:00:00Z');
    expect((await publish(over.id)).__typename).toBe('PastDate');
    expect((await publish(unknownId('Event'))).__typename).toBe('NotFound');
    expect((await publish(over.id, newViewer())).__typename).toBe('NotFound');
    expect(await publish('evt_nonsense')).toMatchObject({ __typename: 'InvalidInput', field: 'id' });
  });
});

describe('updateEvent', () => {
  test('changes the title for every replica and leaves absent fields alone', async () => {
    const event = await makeEvent(graph, viewer);
    const updated = await update({ id: event.id, title: 'Summer Concert' });
    expect(updated.event).toMatchObject({ title: 'Summer Concert', description: 'An evening of strings.' });
    expect(await logged(2)).toMatchObject([
      { type: 'events.event-updated.v1', data: { title: 'Summer Concert' } },
      { type: 'events.occurrence-updated.v1', data: { eventTitle: 'Summer Concert', revision: 2 } },
    ]);
  });

  test('does not bother replicas with a description', async () => {
    const event = await makeEvent(graph, viewer);
    await update({ id: event.id, description: '' });
    expect((await logged(2)).map(({ type }) => type)).toEqual(['events.event-updated.v1']);
  });

  test('puts the event into a series, and refuses one that is unknown', async () => {
    const event = await makeEvent(graph, viewer);
    const made = await graph.query(
      viewer,
      `mutation { createEventSeries(input: { idempotencyKey: "s", title: "Season" }) { ... on EventSeriesCreated { series { id title events { edges { node { id } } } } } } }`,
    );
    const { series } = made.data.createEventSeries;
    await update({ id: event.id, seriesId: series.id });
    const ask = `query ($id: ID!) { eventSeries(id: $id) { title events { edges { node { id series { id } } } } } }`;
    const { data } = await graph.query(viewer, ask, { id: series.id });
    expect(data.eventSeries).toEqual({
      title: 'Season',
      events: { edges: [{ node: { id: event.id, series: { id: series.id } } }] },
    });
    expect((await graph.query(newViewer(), ask, { id: series.id })).data.eventSeries).toBeNull();
    expect((await update({ id: event.id, seriesId: unknownId('EventSeries') })).__typename).toBe('NotFound');
    await update({ id: event.id, seriesId: null });
    expect((await graph.query(viewer, ask, { id: series.id })).data.eventSeries.events.edges).toEqual([]);
  });

  test('refuses what it cannot take', async () => {
    const event = await makeEvent(graph, viewer);
    expect(await update({ id: event.id, title: '' })).toMatchObject({ field: 'title' });
    expect(await update({ id: 'x' })).toMatchObject({ field: 'id' });
    expect((await update({ id: event.id, title: 'Mine' }, newViewer())).__typename).toBe('NotFound');
    await cancel({ id: event.id });
    expect((await update({ id: event.id, title: 'Late' })).__typename).toBe('WrongState');
  });
});

describe('rescheduleEvent', () => {
  test('moves every occurrence in order, so that tickets stay with theirs', async () => {
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=3' });
    const before = event.occurrences.map(({ id }: Answer) => id);
    const moved = await reschedule({ id: event.id, startsAtLocal: '2027-03-21T15:00', durationMinutes: 90 });
    expect(nodes(moved.event).map(({ id }: Answer) => id)).toEqual(before);
    expect(nodes(moved.event).map(({ startsAtLocal }: Answer) => startsAtLocal)).toEqual([
      '2027-03-21T15:00',
      '2027-03-28T15:00',
      '2027-04-04T15:00',
    ]);
    expect((await logged(4)).map(({ type }) => type)).toEqual([
      'events.event-rescheduled.v1',
      ...Array.from({ length: 3 }, () => 'events.occurrence-rescheduled.v1'),
    ]);
  });

  test('adds and cancels where the new rule has more or fewer dates', async () => {
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=3' });
    const more = await reschedule({
      id: event.id,
      startsAtLocal: '2027-03-20T19:00',
      recurrence: 'FREQ=DAILY;COUNT=5',
    });
    expect(nodes(more.event)).toHaveLength(5);
    const fewer = await reschedule({ id: event.id, startsAtLocal: '2027-03-20T19:00', recurrence: null });
    expect(fewer.event.recurrence).toBeNull();
    expect(nodes(fewer.event).map(({ status }: Answer) => status)).toEqual([
      'SCHEDULED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
    ]);
  });

  test('leaves the past as it was and a cancelled date cancelled', async () => {
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=4' });
    await graph.query(viewer, `mutation ($id: ID!) { cancelOccurrence(input: { id: $id }) { __typename } }`, {
      id: event.occurrences[2].id,
    });
    clock.set('2027-03-21T00:00:00Z');
    const moved = await reschedule({
      id: event.id,
      startsAtLocal: '2027-03-28T10:00',
      recurrence: 'FREQ=WEEKLY;COUNT=3',
    });
    expect(nodes(moved.event).map(({ startsAtLocal, status }: Answer) => [startsAtLocal, status])).toEqual([
      ['2027-03-20T19:00', 'SCHEDULED'],
      ['2027-03-28T10:00', 'SCHEDULED'],
      ['2027-04-04T10:00', 'CANCELLED'],
      ['2027-04-11T10:00', 'SCHEDULED'],
    ]);
  });

  test('moves to another space and zone, asking venues without its own bookings', async () => {
    const event = await makeEvent(graph, viewer, { spaceId: venues.addSpace(viewer) });
    const spaceId = venues.addSpace(viewer, { timeZone: 'Europe/London' });
    const input = { id: event.id, startsAtLocal: '2027-03-20T19:00', spaceId, timeZone: 'Europe/London' };
    const moved = await reschedule(input);
    expect(moved.event).toMatchObject({ spaceId, timeZone: 'Europe/London' });
    expect(nodes(moved.event)[0]).toMatchObject({
      spaceId,
      spaceBookingStatus: 'PENDING',
      startsAt: '2027-03-20T19:00:00.000Z',
    });
    expect(venues.questions.at(-1)!.exceptOccurrenceIds).toEqual([
      decodeId('Occurrence', event.occurrences[0].id),
    ]);
    const without = await reschedule({ ...input, spaceId: null });
    expect(nodes(without.event)[0]).toMatchObject({ spaceId: null, spaceBookingStatus: 'NONE' });
  });

  test('refuses a taken space, an unknown one, no answer, the past, a bad rule, and what is not there', async () => {
    const event = await makeEvent(graph, viewer, { spaceId: venues.addSpace(viewer) });
    const input = { id: event.id, startsAtLocal: '2027-03-21T15:00' };
    venues.taken = [{ startsAt: new Date('2027-03-21T13:00Z'), endsAt: new Date('2027-03-21T15:00Z') }];
    expect(await reschedule(input)).toMatchObject({ __typename: 'SpaceConflict' });
    expect((await reschedule({ ...input, spaceId: unknownId('Space') })).__typename).toBe('NotFound');
    venues.answers = false;
    expect((await reschedule(input)).__typename).toBe('Unavailable');
    expect(await reschedule({ ...input, startsAtLocal: '2020-03-21T15:00', spaceId: null })).toMatchObject({
      __typename: 'PastDate',
      field: 'startsAtLocal',
    });
    expect(await reschedule({ ...input, recurrence: 'FREQ=NEVER' })).toMatchObject({ field: 'recurrence' });
    expect(await reschedule({ ...input, id: 'evt' })).toMatchObject({ field: 'id' });
    expect((await reschedule({ ...input, id: unknownId('Event') })).__typename).toBe('NotFound');
    await cancel({ id: event.id });
    expect((await reschedule({ ...input, spaceId: null })).__typename).toBe('WrongState');
  });

  test('refuses a rule that names no date that comes', async () => {
    const event = await makeEvent(graph, viewer);
    const recurrence = 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30';
    const refused = await reschedule({ id: event.id, startsAtLocal: '2027-03-21T15:00', recurrence });
    expect(refused).toMatchObject({ __typename: 'InvalidInput', field: 'recurrence' });
  });
});

describe('cancelEvent', () => {
  test('cancels what is still to come, with the reason, once', async () => {
    const spaceId = venues.addSpace(viewer);
    const event = await makeEvent(graph, viewer, { spaceId, recurrence: 'FREQ=WEEKLY;COUNT=3' });
    clock.set('2027-03-21T00:00:00Z');
    const cancelled = await cancel({ id: event.id, reason: 'Storm' });
    expect(cancelled.event.status).toBe('CANCELLED');
    expect(
      nodes(cancelled.event).map(
        ({ status, spaceBookingStatus }: Answer) => `${status} ${spaceBookingStatus}`,
      ),
    ).toEqual(['SCHEDULED PENDING', 'CANCELLED RELEASED', 'CANCELLED RELEASED']);
    await cancel({ id: event.id });
    expect(await logged(4)).toMatchObject([
      { type: 'events.event-cancelled.v1', data: { reason: 'Storm' } },
      {
        type: 'events.occurrence-cancelled.v1',
        data: { status: 'CANCELLED', eventStatus: 'CANCELLED', revision: 2 },
      },
      { type: 'events.occurrence-cancelled.v1' },
    ]);
  });

  test('refuses a long reason and does not find what belongs to others', async () => {
    const event = await makeEvent(graph, viewer);
    expect(await cancel({ id: event.id, reason: 'x'.repeat(501) })).toMatchObject({ field: 'reason' });
    expect((await cancel({ id: event.id }, newViewer())).__typename).toBe('NotFound');
  });
});
