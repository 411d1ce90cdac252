import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { aGuestOf, occurrenceIdOf, serveGraph, type Graph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenSeats,
  givenTicketType,
  hold,
  newViewer,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';

let world: World;
let graph: Graph;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

const documents = {
  createQuota: `mutation ($input: CreateQuotaInput!) { createQuota(input: $input) { __typename
    ... on QuotaCreated { quota { id name size ticketTypes { id } } } ... on InvalidInput { field }
    ... on Refusal { message } } }`,
  updateQuota: `mutation ($input: UpdateQuotaInput!) { updateQuota(input: $input) { __typename
    ... on QuotaUpdated { quota { id name size ticketTypes { id } } } ... on QuotaTooSmall { taken }
    ... on InvalidInput { field } ... on Refusal { message } } }`,
  assignQuotas: `mutation ($input: AssignQuotasInput!) { assignQuotas(input: $input) { __typename
    ... on QuotasAssigned { ticketType { id } } ... on InvalidInput { field } ... on Refusal { message } } }`,
  blockPlaces: `mutation ($input: BlockPlacesInput!) { blockPlaces(input: $input) { __typename
    ... on PlacesBlocked { block { id reason quantity releasedAt lines { quantity ticketType { id } seats { label } } } }
    ... on NotEnoughTickets { available } ... on SeatsTaken { seatIds } ... on InvalidInput { field }
    ... on Refusal { message } } }`,
};
type Name = keyof typeof documents;

async function send(name: Name, input: object, viewer = world.viewer) {
  const { data, errors } = await graph.ask(viewer, documents[name], { input });
  return errors?.[0] ? { code: errors[0].extensions.code } : data[name];
}

async function givenQuota(eventId: string, size = 5): Promise<string> {
  const made = await send('createQuota', { eventId: encodeId('Event', eventId), name: 'House', size });
  return made.quota.id;
}

const typeIdOf = ({ id }: { readonly id: string }) => encodeId('TicketType', id);
const unknown = (type: 'Event' | 'Quota' | 'TicketType' | 'Occurrence') => encodeId(type, newUuid());

describe('createQuota', () => {
  test('makes a quota that no type draws on yet', async () => {
    const { eventId } = await givenOccurrence(world);
    const input = { eventId: encodeId('Event', eventId), name: ' House ', size: 5 };
    expect(await send('createQuota', input)).toMatchObject({
      __typename: 'QuotaCreated',
      quota: { name: 'House', size: 5, ticketTypes: [] },
    });
  });

  test.each([
    ['an unknown event', { eventId: 'unknown' }, { __typename: 'NotFound' }],
    ['an id of something else', { eventId: 'quota' }, { __typename: 'InvalidInput', field: 'eventId' }],
    ['no name', { name: ' ' }, { __typename: 'InvalidInput', field: 'name' }],
    ['a size below zero', { size: -1 }, { __typename: 'InvalidInput', field: 'size' }],
    ['a size beyond all houses', { size: 2_000_000 }, { __typename: 'InvalidInput', field: 'size' }],
  ])('refuses %s', async (_, over, expected) => {
    const { eventId } = await givenOccurrence(world);
    const given = { eventId: encodeId('Event', eventId), name: 'House', size: 5, ...over };
    const ids: Record<string, string> = { unknown: unknown('Event'), quota: unknown('Quota') };
    const input = { ...given, eventId: ids[given.eventId] ?? given.eventId };
    expect(await send('createQuota', input)).toMatchObject(expected);
  });
});

describe('updateQuota', () => {
  test('renames, resizes and shows the types that draw on it', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const id = await givenQuota(occurrence.eventId);
    await send('assignQuotas', { ticketTypeId: typeIdOf(type), quotaIds: [id] });
    const quota = { id, name: 'Hall', size: 9, ticketTypes: [{ id: typeIdOf(type) }] };
    expect(await send('updateQuota', { id, name: 'Hall' })).toMatchObject({ quota: { ...quota, size: 5 } });
    expect(await send('updateQuota', { id, size: 9 })).toMatchObject({ quota });
  });

  test('refuses to be smaller than what is held, with how much that is', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const id = await givenQuota(occurrence.eventId);
    await send('assignQuotas', { ticketTypeId: typeIdOf(type), quotaIds: [id] });
    await accepted(hold(world, world.viewer, occurrence, type, { quantity: 3 }));
    expect(await send('updateQuota', { id, size: 2 })).toMatchObject({
      __typename: 'QuotaTooSmall',
      taken: 3,
    });
    expect(await send('updateQuota', { id, size: 3 })).toMatchObject({ __typename: 'QuotaUpdated' });
    expect(await send('updateQuota', { id: unknown('Quota'), size: 3 })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await violations(world)).toEqual([]);
  });
});

describe('assignQuotas', () => {
  test('lets a type draw on these and on no others, until it is in use', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 50 });
    const [one, two] = [await givenQuota(occurrence.eventId, 2), await givenQuota(occurrence.eventId, 1)];
    const assign = (quotaIds: string[]) => send('assignQuotas', { ticketTypeId: typeIdOf(type), quotaIds });
    expect(await assign([one, two, one])).toEqual({
      __typename: 'QuotasAssigned',
      ticketType: { id: typeIdOf(type) },
    });
    await accepted(hold(world, world.viewer, occurrence, type));
    expect((await hold(world, world.viewer, occurrence, type)).ok).toBe(false);
    expect(await assign([one])).toMatchObject({ __typename: 'TicketTypeInUse' });
  });

  test('refuses none, a quota of another event, and what is not known', async () => {
    const occurrence = await givenOccurrence(world);
    const ticketTypeId = typeIdOf(await givenTicketType(world, occurrence));
    const foreign = await givenQuota((await givenOccurrence(world)).eventId);
    const own = await givenQuota(occurrence.eventId);
    expect(await send('assignQuotas', { ticketTypeId, quotaIds: [] })).toMatchObject({ field: 'quotaIds' });
    expect(await send('assignQuotas', { ticketTypeId, quotaIds: [own, foreign] })).toMatchObject({
      __typename: 'InvalidInput',
    });
    expect(
      await send('assignQuotas', { ticketTypeId: unknown('TicketType'), quotaIds: [own] }),
    ).toMatchObject({
      __typename: 'NotFound',
    });
  });
});

describe('blockPlaces', () => {
  test('keeps seats and places, once for a key, and tells of it', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world);
    const standing = await givenTicketType(world, occurrence, { quotaSize: 5 });
    const input = {
      idempotencyKey: newUuid(),
      occurrenceId: occurrenceIdOf(occurrence),
      reason: 'Press',
      items: [
        { ticketTypeId: typeIdOf(type), seatIds: [encodeId('Seat', seatIds[0]!)] },
        { ticketTypeId: typeIdOf(standing), quantity: 2 },
      ],
    };
    const { block } = await send('blockPlaces', input);
    expect(block).toMatchObject({
      reason: 'Press',
      quantity: 3,
      releasedAt: null,
      lines: [
        { quantity: 1, ticketType: { id: typeIdOf(type) }, seats: [{ label: '1' }] },
        { quantity: 2, ticketType: { id: typeIdOf(standing) }, seats: [] },
      ],
    });
    expect((await send('blockPlaces', input)).block.id).toBe(block.id);
    expect(await send('blockPlaces', { ...input, reason: 'Other' })).toMatchObject({
      __typename: 'IdempotencyConflict',
    });
    const blocks = await system(world, (tx) =>
      tx.rows<{ id: string }>('select id from place_block where occurrence_id = $1', [occurrence.id]),
    );
    expect(blocks).toHaveLength(1);
    expect(await eventTypes(world, `block-${blocks[0]!.id}`)).toEqual(['places-blocked']);
  });

  test('refuses what is taken, what is not there, and what is malformed', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 3 });
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[0]!] }));
    const block = (over: object) =>
      send('blockPlaces', {
        idempotencyKey: newUuid(),
        occurrenceId: occurrenceIdOf(occurrence),
        reason: 'Press',
        items: [{ ticketTypeId: typeIdOf(type), seatIds: [encodeId('Seat', seatIds[0]!)] }],
        ...over,
      });
    expect(await block({})).toMatchObject({
      __typename: 'SeatsTaken',
      seatIds: [encodeId('Seat', seatIds[0]!)],
    });
    const standing = await givenTicketType(world, occurrence, { quotaSize: 1 });
    expect(await block({ items: [{ ticketTypeId: typeIdOf(standing), quantity: 2 }] })).toMatchObject({
      __typename: 'NotEnoughTickets',
      available: 1,
    });
    expect(await block({ occurrenceId: unknown('Occurrence') })).toMatchObject({ __typename: 'NotFound' });
    expect(await block({ items: [] })).toMatchObject({ __typename: 'InvalidInput', field: 'items' });
    expect(await block({ reason: '' })).toMatchObject({ field: 'reason' });
    world.owners.down = true;
    expect(await block({ occurrenceId: unknown('Occurrence') })).toMatchObject({ __typename: 'Unavailable' });
    world.owners.down = false;
    expect(await violations(world)).toEqual([]);
  });
});

test('only who manages tickets, and only of their own organisation, gets to any of it', async () => {
  const { occurrence, type } = await givenSeats(world);
  const quota = await givenQuota(occurrence.eventId);
  const inputs: readonly (readonly [Name, object])[] = [
    ['createQuota', { eventId: encodeId('Event', occurrence.eventId), name: 'House', size: 5 }],
    ['updateQuota', { id: quota, size: 1 }],
    ['assignQuotas', { ticketTypeId: typeIdOf(type), quotaIds: [quota] }],
    [
      'blockPlaces',
      {
        idempotencyKey: newUuid(),
        occurrenceId: occurrenceIdOf(occurrence),
        reason: 'Press',
        items: [{ ticketTypeId: typeIdOf(type), quantity: 1 }],
      },
    ],
  ];
  for (const [name, input] of inputs) {
    expect([name, await send(name, input, aGuestOf(world))]).toEqual([name, { code: 'FORBIDDEN' }]);
    expect([name, await send(name, input, newViewer())]).toMatchObject([name, { __typename: 'NotFound' }]);
  }
});
