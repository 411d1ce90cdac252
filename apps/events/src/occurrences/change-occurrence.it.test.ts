import { beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { eventsOf, makeEvent, newViewer, graphForFile, unknownId } from '../harness.test-support.ts';
import { noteSpaceBooking } from './on-space-booking.ts';

const { graph, venues, clock, world } = graphForFile();
let viewer: Viewer;
beforeEach(() => {
  viewer = newViewer();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

const publish = (id: string) =>
  graph.query(viewer, 'mutation ($id: ID!) { publishEvent(id: $id) { __typename } }', { id });

async function change(name: string, input: object, who = viewer): Promise<Answer> {
  const member = name === 'cancelOccurrence' ? 'OccurrenceCancelled' : 'OccurrenceRescheduled';
  const type = name === 'cancelOccurrence' ? 'CancelOccurrenceInput' : 'RescheduleOccurrenceInput';
  const document = `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename
    ... on ${member} { occurrence { id startsAt endsAt startsAtLocal status spaceId spaceBookingStatus revision event { title } } }
    ... on InvalidInput { field } ... on PastDate { field } ... on Refusal { message } } }`;
  const { data, errors } = await graph.query(who, document, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.result;
}

describe('rescheduleOccurrence', () => {
  test('moves one and leaves the others, with a revision for replicas', async () => {
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=2' });
    const [first] = event.occurrences;
    const moved = await change('rescheduleOccurrence', { id: first.id, startsAtLocal: '2027-03-22T20:00' });
    expect(moved.occurrence).toMatchObject({
      startsAtLocal: '2027-03-22T20:00',
      startsAt: '2027-03-22T19:00:00.000Z',
      endsAt: '2027-03-22T21:00:00.000Z',
      revision: 2,
    });
    expect((await eventsOf(world.database, viewer.organisationId)).slice(3)).toMatchObject([
      {
        type: 'events.occurrence-rescheduled.v1',
        data: { startsAt: '2027-03-22T19:00:00.000Z', revision: 2 },
      },
    ]);
  });

  test('changes its length or its space alone', async () => {
    const event = await makeEvent(graph, viewer, { spaceId: venues.addSpace(viewer) });
    const { id } = event.occurrences[0];
    const longer = await change('rescheduleOccurrence', { id, durationMinutes: 180 });
    expect(longer.occurrence.endsAt).toBe('2027-03-20T21:00:00.000Z');
    const without = await change('rescheduleOccurrence', { id, spaceId: null });
    expect(without.occurrence).toMatchObject({
      spaceId: null,
      spaceBookingStatus: 'NONE',
      endsAt: longer.occurrence.endsAt,
    });
  });

  test('refuses a taken space, silence, the past, nothing to change, and what is not there', async () => {
    const event = await makeEvent(graph, viewer, { spaceId: venues.addSpace(viewer) });
    const { id } = event.occurrences[0];
    const input = { id, startsAtLocal: '2027-03-22T20:00' };
    venues.taken = [{ startsAt: new Date('2027-03-22T20:00Z'), endsAt: new Date('2027-03-22T22:00Z') }];
    expect((await change('rescheduleOccurrence', input)).__typename).toBe('SpaceConflict');
    venues.answers = false;
    expect((await change('rescheduleOccurrence', input)).__typename).toBe('Unavailable');
    venues.answers = true;
    expect(await change('rescheduleOccurrence', { id, startsAtLocal: '2020-01-01T10:00' })).toMatchObject({
      __typename: 'PastDate',
      field: 'startsAtLocal',
    });
    expect((await change('rescheduleOccurrence', { id })).__typename).toBe('InvalidInput');
    expect(await change('rescheduleOccurrence', { ...input, id: 'x' })).toMatchObject({ field: 'id' });
    expect((await change('rescheduleOccurrence', { ...input, id: unknownId('Occurrence') })).__typename).toBe(
      'NotFound',
    );
    expect((await change('rescheduleOccurrence', input, newViewer())).__typename).toBe('NotFound');
    clock.set('2027-03-20T18:30:00Z');
    expect(await change('rescheduleOccurrence', input)).toMatchObject({
      __typename: 'PastDate',
      field: 'id',
    });
  });
});

describe('cancelOccurrence', () => {
  test('cancels one, once, and it can no longer be moved', async () => {
    const event = await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=2' });
    const { id } = event.occurrences[1];
    const cancelled = await change('cancelOccurrence', { id, reason: 'Ill' });
    expect(cancelled.occurrence).toMatchObject({
      status: 'CANCELLED',
      spaceBookingStatus: 'NONE',
      revision: 2,
    });
    await change('cancelOccurrence', { id });
    expect((await eventsOf(world.database, viewer.organisationId)).slice(3)).toHaveLength(1);
    const moved = await change('rescheduleOccurrence', { id, durationMinutes: 10 });
    expect(moved.__typename).toBe('WrongState');
  });

  test('refuses what is over, malformed, unknown or foreign', async () => {
    const event = await makeEvent(graph, viewer);
    const { id } = event.occurrences[0];
    expect(await change('cancelOccurrence', { id: 'occ_' })).toMatchObject({ field: 'id' });
    expect((await change('cancelOccurrence', { id: unknownId('Occurrence') })).__typename).toBe('NotFound');
    expect((await change('cancelOccurrence', { id }, newViewer())).__typename).toBe('NotFound');
    clock.set('2027-03-20T20:00:00Z');
    expect((await change('cancelOccurrence', { id })).__typename).toBe('PastDate');
  });
});

describe('the verdict of venues', () => {
  const note = (id: string, revision: number, status: 'BOOKED' | 'CONFLICT') =>
    world.database.transaction(viewer, (tx) =>
      noteSpaceBooking(tx, { occurrenceId: decodeId('Occurrence', id)!, revision }, status),
    );
  const statusOf = async (id: string) => {
    const ask = 'query ($id: ID!) { occurrence(id: $id) { spaceBookingStatus } }';
    return (await graph.query(viewer, ask, { id })).data.occurrence.spaceBookingStatus;
  };

  test('is shown on the occurrence, and counts only for the schedule it was given for', async () => {
    const event = await makeEvent(graph, viewer, { spaceId: venues.addSpace(viewer) });
    const { id } = event.occurrences[0];
    await note(id, 1, 'CONFLICT');
    expect(await statusOf(id)).toBe('CONFLICT');
    await change('rescheduleOccurrence', { id, startsAtLocal: '2027-03-21T19:00' });
    expect(await statusOf(id)).toBe('PENDING');
    await note(id, 1, 'BOOKED');
    expect(await statusOf(id)).toBe('PENDING');
    await note(id, 2, 'BOOKED');
    await note(id, 2, 'BOOKED');
    expect(await statusOf(id)).toBe('BOOKED');
  });

  test('still counts when the event was published meanwhile', async () => {
    const event = await makeEvent(graph, viewer, { spaceId: venues.addSpace(viewer) });
    await publish(event.id);
    const { id } = event.occurrences[0];
    await note(id, 1, 'BOOKED');
    expect(await statusOf(id)).toBe('BOOKED');
  });
});
