import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { occurrenceIdOf, scanTicket, serveGraph, type Graph } from '../graph.test-support.ts';
import {
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  newViewer,
  ticketIdsOf,
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

const createList = `mutation ($input: CreateCheckInListInput!) { createCheckInList(input: $input) { __typename
  ... on CheckInListCreated { checkInList { id name isDefault entriesPerTicket exits reEntry ticketTypes { id } } }
  ... on InvalidInput { field } ... on Refusal { message } } }`;
const updateList = `mutation ($input: UpdateCheckInListInput!) { updateCheckInList(input: $input) { __typename
  ... on CheckInListUpdated { checkInList { id name entriesPerTicket ticketTypes { id } } }
  ... on InvalidInput { field } ... on Refusal { message } } }`;
const undo = `mutation ($input: UndoScanInput!) { undoScan(input: $input) { __typename
  ... on ScanUndone { scan { id result ticket { admittedAt } } } ... on Refusal { message } } }`;
const look = `query ($id: ID!) { checkInList(id: $id) { name occurrence { id } counts { admitted inside entries exits
  rejected conflicts byGate { gate entries exits } byTicketType { ticketType { id } entries } }
  scans(first: 10) { edges { node { id result direction gate } } pageInfo { hasNextPage } } } }`;

/** An occurrence with two types, and a ticket of the first. */
async function given() {
  const occurrence = await givenOccurrence(world);
  const [standing, seated] = [
    await givenTicketType(world, occurrence),
    await givenTicketType(world, occurrence),
  ];
  const [ticketId] = await ticketIdsOf(
    world,
    await givenPaidOrder(world, world.viewer, occurrence, standing),
  );
  const credential = world.services.credentials.sign({
    ticketId: ticketId!,
    occurrenceId: occurrence.id,
    epoch: 1,
  });
  const list = async (settings: object) => {
    const input = {
      idempotencyKey: newUuid(),
      occurrenceId: occurrenceIdOf(occurrence),
      name: 'Door',
      ...settings,
    };
    return (await graph.ask(world.viewer, createList, { input })).data.createCheckInList;
  };
  const scan = async (listId: string | null, more: object = {}) => {
    const input = {
      occurrenceId: occurrenceIdOf(occurrence),
      credential,
      nonce: newUuid(),
      scannedAt: new Date().toISOString(),
      deviceId: 'phone',
      listId,
      ...more,
    };
    const { scanTicket: answer } = (await graph.ask(world.viewer, scanTicket, { input })).data;
    return answer.__typename === 'ScanRejected' ? answer.reason : answer;
  };
  return { occurrence, standing, seated, ticketId: ticketId!, list, scan };
}

const typeId = ({ id }: { readonly id: string }) => encodeId('TicketType', id);

describe('a list', () => {
  test('admits by its rule: types, entries, exits and coming back, each list for itself', async () => {
    const { standing, seated, list, scan } = await given();
    const wrong = (await list({ name: 'Seats', ticketTypeIds: [typeId(seated)] })).checkInList;
    expect(await scan(wrong.id)).toBe('NOT_ON_LIST');
    const twice = (await list({ name: 'Twice', entriesPerTicket: 2, ticketTypeIds: [typeId(standing)] }))
      .checkInList;
    expect((await scan(twice.id)).__typename).toBe('ScanAccepted');
    expect((await scan(twice.id)).__typename).toBe('ScanAccepted');
    expect(await scan(twice.id)).toBe('ALREADY_ADMITTED');
    expect(await scan(twice.id, { direction: 'OUT' })).toBe('EXITS_NOT_TAKEN');
    const past = new Date(Date.now() - 60_000).toISOString();
    const closed = (await list({ name: 'Closed', validUntil: past })).checkInList;
    expect(await scan(closed.id)).toBe('OUTSIDE_WINDOW');
    const { checkInList: turning } = await list({ name: 'Turning', exits: true, reEntry: true });
    expect(turning).toMatchObject({ entriesPerTicket: 1, exits: true, reEntry: true, isDefault: false });
    for (const direction of ['IN', 'OUT', 'IN', 'OUT'])
      expect((await scan(turning.id, { direction, gate: `Gate ${direction}` })).__typename).toBe(
        'ScanAccepted',
      );
    expect(await scan(turning.id, { direction: 'OUT' })).toBe('NOT_INSIDE');
    const seen = (await graph.ask(world.viewer, look, { id: turning.id })).data.checkInList;
    expect(seen.counts).toMatchObject({
      admitted: 1,
      inside: 0,
      entries: 2,
      exits: 2,
      rejected: 1,
      conflicts: 0,
    });
    expect(seen.counts.byGate).toContainEqual({ gate: 'Gate OUT', entries: 0, exits: 2 });
    expect(seen.counts.byTicketType).toEqual([{ ticketType: { id: typeId(standing) }, entries: 2 }]);
    expect(seen.scans.edges.map((edge: { node: { result: string } }) => edge.node.result)).toEqual([
      'REJECTED',
      ...Array.from({ length: 4 }, () => 'ACCEPTED'),
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('is there from the start, and is what a reading that names none is made on', async () => {
    const { occurrence, scan } = await given();
    expect((await scan(null)).__typename).toBe('ScanAccepted');
    const id = encodeId('CheckInList', occurrence.id);
    expect(await scan(id)).toBe('ALREADY_ADMITTED');
    const seen = (await graph.ask(world.viewer, look, { id })).data.checkInList;
    expect(seen).toMatchObject({ name: 'Admission', counts: { admitted: 1, inside: 1, rejected: 1 } });
  });

  test('can change until it is used; then only how often tickets pass it stays', async () => {
    const { list, scan, seated } = await given();
    const { id } = (await list({ unlimitedEntries: true })).checkInList;
    const change = async (input: object) =>
      (await graph.ask(world.viewer, updateList, { input: { id, ...input } })).data.updateCheckInList;
    expect((await change({ entriesPerTicket: 3, name: 'East' })).checkInList).toMatchObject({
      name: 'East',
      entriesPerTicket: 3,
    });
    expect(await change({ reEntry: true })).toMatchObject({ __typename: 'InvalidInput', field: 'reEntry' });
    expect(await change({ name: 'Admission' })).toMatchObject({ __typename: 'CheckInListNameTaken' });
    expect((await list({ name: 'East' })).__typename).toBe('CheckInListNameTaken');
    await scan(id);
    expect(await change({ entriesPerTicket: 1 })).toMatchObject({ __typename: 'CheckInListInUse' });
    const types = await change({ ticketTypeIds: [typeId(seated)] });
    expect(types.checkInList.ticketTypes).toEqual([{ id: typeId(seated) }]);
    const foreign = await givenTicketType(world, await givenOccurrence(world));
    expect(await change({ ticketTypeIds: [typeId(foreign)] })).toMatchObject({ field: 'ticketTypeIds' });
  });
});

describe('undoing a reading', () => {
  test('lets the ticket in again, is told with its reason, and says the same a second time', async () => {
    const { occurrence, ticketId, scan } = await given();
    const { scan: read } = await scan(null);
    const input = { scanId: read.id, reason: 'Held against the wrong screen' };
    const undone = (await graph.ask(world.viewer, undo, { input })).data.undoScan;
    expect(undone).toMatchObject({ scan: { id: read.id, result: 'REVERSED', ticket: { admittedAt: null } } });
    expect((await graph.ask(world.viewer, undo, { input })).data.undoScan.__typename).toBe('ScanUndone');
    expect(await eventTypes(world, `ticket-${ticketId}`)).toEqual([
      'ticket-issued',
      'ticket-scanned',
      'scan-reversed',
    ]);
    expect((await scan(null)).__typename).toBe('ScanAccepted');
    const id = encodeId('CheckInList', occurrence.id);
    const { counts } = (await graph.ask(world.viewer, look, { id })).data.checkInList;
    expect(counts).toMatchObject({ admitted: 1, inside: 1, entries: 1 });
    expect(await violations(world)).toEqual([]);
  });

  test('is refused for a reading that let nobody in, and for what another organisation read', async () => {
    const { occurrence, scan } = await given();
    const { scan: read } = await scan(null);
    await scan(null);
    const id = encodeId('CheckInList', occurrence.id);
    const { scans } = (await graph.ask(world.viewer, look, { id })).data.checkInList;
    const [refused] = scans.edges;
    const input = { scanId: refused.node.id, reason: 'x' };
    expect((await graph.ask(world.viewer, undo, { input })).data.undoScan.__typename).toBe(
      'ScanNotReversible',
    );
    const theirs = { scanId: read.id, reason: 'x' };
    expect((await graph.ask(newViewer(), undo, { input: theirs })).data.undoScan.__typename).toBe('NotFound');
  });
});
