import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId } from '@marquee/kernel';
import { withDeleted } from '@marquee/postgres';
import { interleave, withoutLocks } from '@marquee/testkit';
import { serveGraph, type Graph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  hold,
  newViewer,
  type World,
} from '../harness.test-support.ts';
import { deleteTicketType, purgeTicketType, ticketTypeDeletion } from './delete-ticket-type.ts';
import type { TicketType } from './ticket-type.ts';

const deletion = `mutation ($id: ID!) { result: deleteTicketType(id: $id) { __typename
  ... on TicketTypeDeleted { deleted { id name } } ... on TicketsSold { sold } ... on Refusal { message } } }`;
const restoration = `mutation ($id: ID!) { result: restoreTicketType(id: $id) { __typename
  ... on TicketTypeRestored { ticketType { id name } } ... on Refusal { message } } }`;
const everywhere = `query ($things: [_Any!]!) {
  _entities(representations: $things) { ... on Event { ticketTypes { id } quotas { ticketTypes { id } } } ... on TicketType { id } }
  deletedTicketTypes(first: 100) { edges { node { id } } } }`;

describe.each([
  ['alone', false],
  ['together with others', true],
])('a ticket type that is deleted, where holds are granted %s', (_, coalesced) => {
  let world: World;
  let graph: Graph;
  beforeAll(async () => {
    world = await createWorld({ coalesced });
    graph = await serveGraph(world);
  });
  afterAll(async () => {
    await graph?.stop();
    await world?.drop();
  });
  const wire = ({ id }: TicketType) => encodeId('TicketType', id);
  const run = async (document: string, type: TicketType, viewer = world.viewer) =>
    (await graph.ask(viewer, document, { id: wire(type) })).data.result;
  async function seen(type: TicketType) {
    const things = [
      { __typename: 'Event', id: encodeId('Event', type.eventId) },
      { __typename: 'TicketType', id: wire(type) },
    ];
    const { data } = await graph.ask(world.viewer, everywhere, { things });
    const [event, itself] = data._entities;
    const drawing = event.quotas.flatMap((quota: { ticketTypes: object[] }) => quota.ticketTypes);
    return { listed: event.ticketTypes.length, drawing: drawing.length, itself: itself && itself.id };
  }
  const guest = () => newViewer('GUEST', world.viewer.organisationId, 'ada@example.com');
  const given = async () => {
    const occurrence = await givenOccurrence(world);
    return { occurrence, type: await givenTicketType(world, occurrence) };
  };

  test('is seen and sold nowhere, until it is restored', async () => {
    const { occurrence, type } = await given();
    const deleted = await run(deletion, type);
    expect(deleted).toEqual({
      __typename: 'TicketTypeDeleted',
      deleted: { id: wire(type), name: type.name },
    });
    expect(await run(deletion, type)).toEqual(deleted);
    expect(await seen(type)).toEqual({ listed: 0, drawing: 0, itself: null });
    expect(await hold(world, guest(), occurrence, type)).toMatchObject({ ok: false });
    for (let time = 0; time < 2; time++)
      expect((await run(restoration, type)).ticketType).toEqual({ id: wire(type), name: type.name });
    expect(await seen(type)).toEqual({ listed: 1, drawing: 1, itself: wire(type) });
    await accepted(hold(world, guest(), occurrence, type));
    expect((await run(deletion, type)).__typename).toBe('TicketTypeInUse');
  });

  test("is kept once it is sold, and is nobody else's", async () => {
    const { occurrence, type } = await given();
    expect((await run(deletion, type, newViewer())).__typename).toBe('NotFound');
    await givenPaidOrder(world, guest(), occurrence, type);
    expect(await run(deletion, type)).toMatchObject({ __typename: 'TicketsSold', sold: 1 });
  });

  test('is kept by a hold at the same time, and not without the lock', async () => {
    for (const [guarded, services] of [
      [true, world.services],
      [false, { ...world.services, database: withoutLocks(world.database) }],
    ] as const) {
      const { occurrence, type } = await given();
      const [held, deleted] = await interleave(
        world.database,
        world.viewer,
        // Granted alone: a batch has a connection of its own, which the test cannot keep open.
        (database) => hold({ ...world, services: { ...alone(), database } }, guest(), occurrence, type),
        () => deleteTicketType(services, world.viewer, type.id),
      );
      expect([held.ok, deleted.ok]).toEqual([true, !guarded]);
    }
  });
  const alone = () => {
    const { granting: _granting, ...services } = world.services;
    return services;
  };

  test('is purged after its time, unless something names it', async () => {
    const [{ type }, named] = [await given(), await given()];
    await accepted(hold(world, guest(), named.occurrence, named.type));
    await world.database.transaction(world.viewer, async (tx) => {
      await tx.execute("update hold set status = 'RELEASED' where occurrence_id = $1", [named.occurrence.id]);
    });
    for (const each of [type, named.type]) await run(deletion, each);
    await world.database.transaction(world.viewer, (tx) =>
      withDeleted(tx, () =>
        tx.execute("update ticket_type set deleted_at = deleted_at - interval '31 days'"),
      ),
    );
    expect((await run(restoration, type)).__typename).toBe('NotFound');
    await ticketTypeDeletion(world.services.terms).purgeDue(world.database, purgeTicketType, (error) => {
      throw error;
    });
    const left = await world.database.read(world.viewer, (tx) =>
      withDeleted(tx, () =>
        tx.rows<{ id: string }>('select id from ticket_type where id = any($1)', [[type.id, named.type.id]]),
      ),
    );
    expect(left).toEqual([{ id: named.type.id }]);
  });
});
