import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { scopesAtEvents, scopesOf, type Viewer } from '@marquee/subgraph';
import { serveGraph, type Graph } from './graph.test-support.ts';
import {
  createWorld,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  type World,
} from './harness.test-support.ts';

let world: World;
let graph: Graph;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph?.stop();
  await world?.drop();
});

const forbidden = { errors: [{ extensions: { code: 'FORBIDDEN' } }] };
const createType = `mutation ($input: CreateTicketTypeInput!) { createTicketType(input: $input) { __typename } }`;
const scan = `mutation ($input: ScanTicketInput!) { scanTicket(input: $input) { __typename } }`;
const orderOf = 'query ($id: ID!) { order(id: $id) { id tickets { id } } }';

/** An event with one order, paid by somebody else. */
async function givenEvent() {
  const occurrence = await givenOccurrence(world);
  const order = await givenPaidOrder(
    world,
    world.viewer,
    occurrence,
    await givenTicketType(world, occurrence),
  );
  return { occurrence, orderId: encodeId('Order', order.id) };
}

test('who is confined to an event manages, sees and scans there, and nowhere else', async () => {
  const [mine, other] = [await givenEvent(), await givenEvent()];
  const confined: Viewer = {
    ...world.viewer,
    subject: 'confined',
    scopes: scopesAtEvents(scopesOf('ORGANISER')),
    eventIds: [mine.occurrence.eventId],
  };
  const manage = ({ occurrence }: typeof mine) => {
    const price = { amountMinor: 100, currency: 'EUR' };
    const input = { eventId: encodeId('Event', occurrence.eventId), name: newUuid(), price, quotaSize: 5 };
    return graph.ask(confined, createType, { input });
  };
  expect((await manage(mine)).data.createTicketType.__typename).toBe('TicketTypeCreated');
  expect(await manage(other)).toMatchObject(forbidden);

  const see = ({ orderId }: typeof mine) => graph.ask(confined, orderOf, { id: orderId });
  expect((await see(mine)).data.order.tickets).toHaveLength(1);
  expect((await see(other)).data.order).toBeNull();
  const node = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order { id } } }';
  const both = [mine, other].map(({ orderId }) => ({ __typename: 'Order', id: orderId }));
  expect((await graph.ask(confined, node, { of: both })).data._entities).toEqual([null, null]);
  expect((await graph.ask(confined, node, { of: both.slice(0, 1) })).data._entities).toHaveLength(1);
  expect(await graph.ask(confined, '{ orders(first: 5) { edges { node { id } } } }')).toMatchObject(
    forbidden,
  );

  const door = ({ occurrence }: typeof mine, nonce = newUuid()) => {
    const input = {
      occurrenceId: encodeId('Occurrence', occurrence.id),
      credential: 'none',
      nonce,
      scannedAt: new Date().toISOString(),
      deviceId: 'door',
    };
    return graph.ask(confined, scan, { input });
  };
  expect(await door(mine)).toMatchObject({ data: { scanTicket: { __typename: 'ScanRejected' } } });
  expect(await door(other)).toMatchObject(forbidden);
  const unknown = { occurrence: { ...mine.occurrence, id: newUuid() }, orderId: '' };
  expect(await door(unknown)).toMatchObject(forbidden);
  // An own event's id in a text of one's own opens nothing.
  expect(await door(unknown, encodeId('Event', mine.occurrence.eventId))).toMatchObject(forbidden);
});
