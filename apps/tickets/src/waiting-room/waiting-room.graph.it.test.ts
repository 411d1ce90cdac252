import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silentLogger } from '@marquee/telemetry';
import { createContext } from '../context.ts';
import { aGuestOf, occurrenceIdOf, serveGraph, type Graph } from '../graph.test-support.ts';
import { createWorld, givenOccurrence, newViewer, system, type World } from '../harness.test-support.ts';
import { calm, createWaitingRooms } from './waiting-rooms.ts';
import { changesOf } from './waiting-room.resolvers.ts';

let world: World;
let graph: Graph;
beforeAll(async () => {
  const made = await createWorld();
  const waitingRooms = createWaitingRooms({
    database: made.database,
    secret: 'a-secret-that-all-processes-share',
    pressure: () => calm,
    wake: () => undefined,
    logger: silentLogger,
  });
  world = { ...made, services: { ...made.services, waitingRooms } };
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

const set = `mutation ($input: SetWaitingRoomInput!) { setWaitingRoom(input: $input) { __typename
  ... on WaitingRoomSet { waitingRoom { state commitment seed opensAt } } ... on InvalidInput { field } ... on Refusal { message } } }`;
const join = `mutation ($id: ID!) { joinWaitingRoom(occurrenceId: $id) { __typename
  ... on WaitingRoomJoined { token waitingRoom { state } } ... on Refusal { message } } }`;
const look = `query ($id: ID!, $token: String) { waitingRoom(occurrenceId: $id, token: $token) {
  state position estimatedWaitSeconds admissionPass admissionPassExpiresAt seed earlyArrivals laterArrivals occurrence { id } } }`;

test('a visitor joins, waits and is let in, all through the graph', async () => {
  const occurrence = await givenOccurrence(world);
  const id = occurrenceIdOf(occurrence);
  const viewer = aGuestOf(world);
  expect((await graph.ask(viewer, look, { id })).data.waitingRoom).toBeNull();
  expect((await graph.ask(viewer, join, { id })).data.joinWaitingRoom.__typename).toBe('NotFound');
  const input = { occurrenceId: id, enabled: true, opensAt: new Date(Date.now() + 3_600_000).toISOString() };
  expect((await graph.ask(viewer, set, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const made = await graph.ask(world.viewer, set, { input });
  expect(made.data.setWaitingRoom).toMatchObject({
    __typename: 'WaitingRoomSet',
    waitingRoom: { state: 'NOT_JOINED', seed: null, commitment: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  const wrong = await graph.ask(world.viewer, set, { input: { ...input, maxPerSecond: 0 } });
  expect(wrong.data.setWaitingRoom).toMatchObject({ __typename: 'InvalidInput', field: 'maxPerSecond' });

  const joined = await graph.ask(viewer, join, { id });
  expect(joined.data.joinWaitingRoom).toMatchObject({ waitingRoom: { state: 'GATHERING' } });
  const { token } = joined.data.joinWaitingRoom;
  const changes = changesOf(createContext(world.services, viewer), occurrence.id, token);
  const first = await changes.next();
  expect(first.value).toMatchObject({ waitingRoomChanged: { place: { state: 'GATHERING' } } });

  await system(world, (tx) => tx.execute('update waiting_room set opens_at = now()'));
  world.services.waitingRooms.forget();
  await world.services.waitingRooms.step();
  await system(world, (tx) =>
    tx.execute(`update waiting_room set stepped_at = now() - interval '2 seconds'`),
  );
  await world.services.waitingRooms.step();
  const told: unknown[] = [];
  for await (const { waitingRoomChanged } of changes) told.push(waitingRoomChanged.place!.state);
  expect(told.at(-1)).toBe('ADMITTED');
  expect((await graph.ask(viewer, look, { id, token })).data.waitingRoom).toMatchObject({
    state: 'ADMITTED',
    position: 0,
    estimatedWaitSeconds: 0,
    admissionPass: expect.stringMatching(/^WP1\./),
    seed: expect.stringMatching(/^[0-9a-f]{64}$/),
    earlyArrivals: 1,
    laterArrivals: 0,
    occurrence: { id },
  });
  // Another tenant sees no room at all, and another visitor a room that he has not joined.
  expect((await graph.ask(newViewer(), look, { id, token })).data.waitingRoom).toBeNull();
  const other = await graph.ask(aGuestOf(world), look, { id, token });
  expect(other.data.waitingRoom).toMatchObject({ state: 'NOT_JOINED', admissionPass: null });
});
