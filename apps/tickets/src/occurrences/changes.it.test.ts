import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { aGuestOf, occurrenceIdOf, serveGraph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  hold,
  newViewer,
  order,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import { carryOutSagas, dieInSaga, upkeepOf } from '../upkeep/later.test-support.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';
import { clearBatch } from './cancel-occurrence.ts';
import type { Occurrence } from './occurrence.ts';
import { refundRescheduled } from './refund-rescheduled.ts';
import { keepOccurrences } from './replicas.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const keep = (occurrence: Occurrence, over: Partial<Occurrence>) =>
  world.database.transaction(world.viewer, (tx) =>
    keepOccurrences(tx, [{ ...occurrence, revision: occurrence.revision + 1, ...over }]),
  );
const upkeep = () => upkeepOf(world).runOnce();

async function seen(occurrence: Occurrence) {
  const graph = await serveGraph(world);
  const { data } = await graph.ask(
    world.viewer,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Occurrence {
      cancellation { status total done failed startedAt endedAt refundsUnderWay refundsDone }
      reschedule { startsAtBefore startsAt refundUntil } } } }`,
    { representations: [{ __typename: 'Occurrence', id: occurrenceIdOf(occurrence) }] },
  );
  await graph.stop();
  return data._entities[0];
}

/** Six paid orders, an unpaid one, a hold, and one who waits. */
async function givenBusyOccurrence() {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize: 10 });
  const paid = [];
  for (let sold = 0; sold < 6; sold++) paid.push(await givenPaidOrder(world, world.viewer, occurrence, type));
  await order(world, world.viewer, await accepted(hold(world, world.viewer, occurrence, type)));
  await accepted(hold(world, world.viewer, occurrence, type, { quantity: 3 }));
  await accepted(
    joinWaitlist(world.services, world.viewer, {
      occurrenceId: occurrence.id,
      ticketTypeId: type.id,
      quantity: 1,
      guest: { email: `${newUuid()}@example.com`, name: 'W' },
    }),
  );
  return { occurrence, type, paid };
}

describe('a cancellation', () => {
  test('is followed by whoever is alive, killed at any point: each thing is done and counted once', async () => {
    const { occurrence, paid } = await givenBusyOccurrence();
    await keep(occurrence, { status: 'CANCELLED' });
    expect((await seen(occurrence)).cancellation).toMatchObject({ status: 'WAITING', startedAt: null });
    const done = [];
    const dying = { url: world.test.url, sagas: ['occurrence-cancellation'] };
    for (const dieInTransaction of [1, 3, 4, 2]) {
      await dieInSaga({ ...dying, dieInTransaction });
      const { cancellation } = await seen(occurrence);
      done.push(cancellation.done);
    }
    // The first died while it counted, each of the others in the middle of its last thing.
    expect(done).toEqual([0, 1, 4, 5]);
    expect((await seen(occurrence)).cancellation).toMatchObject({ status: 'RUNNING', total: 9 });
    await eventually(async () => {
      await upkeep();
      expect((await seen(occurrence)).cancellation).toMatchObject({
        status: 'DONE',
        total: 9,
        done: 9,
        failed: 0,
        refundsUnderWay: 0,
        refundsDone: 6,
      });
    });
    for (const { id } of paid) {
      const types = await eventTypes(world, `order-${id}`);
      expect(types.filter((type) => type === 'order-refunded')).toHaveLength(1);
    }
    expect(await eventTypes(world, `occurrence-cancellation-${occurrence.id}`)).toEqual([
      'cancellation-followed',
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('goes on with the rest where one thing fails, and comes back to it', async () => {
    const { occurrence, paid } = await givenBusyOccurrence();
    await keep(occurrence, { status: 'CANCELLED' });
    const bad = paid[2]!.id;
    const { database } = world;
    const failing: typeof database = {
      ...database,
      transaction: (scope, work, options) =>
        database.transaction(
          scope,
          (tx) =>
            work({
              ...tx,
              execute: (sql, parameters) =>
                sql.includes('insert into refund') && parameters?.includes(bad)
                  ? Promise.reject(new Error('as if by chance'))
                  : tx.execute(sql, parameters),
            }),
          options,
        ),
    };
    const services = { ...world.services, database: failing };
    await carryOutSagas(services);
    expect((await seen(occurrence)).cancellation).toMatchObject({ status: 'RUNNING', done: 8, failed: 1 });
    await system(world, (tx) =>
      tx.execute(`update cancellation_failure set failed_at = now() - interval '1 hour'`),
    );
    await upkeepOf(world, { passedMs: 31_000 }).runOnce();
    expect((await seen(occurrence)).cancellation).toMatchObject({ status: 'DONE', done: 9, failed: 0 });
    expect(await violations(world)).toEqual([]);
  });

  test('followed by several processes at once counts nothing twice', async () => {
    const { occurrence } = await givenBusyOccurrence();
    await keep(occurrence, { status: 'CANCELLED' });
    // As where a lease ran out while its holder was only slow: several are at the same batch.
    const scope = { organisationId: world.viewer.organisationId };
    await Promise.all(
      Array.from({ length: 4 }, () => clearBatch(world.services, scope, occurrence.id, null)),
    );
    await carryOutSagas(world.services);
    expect((await seen(occurrence)).cancellation).toMatchObject({ status: 'DONE', total: 9, done: 9 });
    expect(await violations(world)).toEqual([]);
  });
});

describe('a new time', () => {
  async function givenRescheduled() {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const guest = aGuestOf(world);
    const named = { email: guest.email!, name: 'Ada' };
    const paid = await givenPaidOrder(world, guest, occurrence, type, {}, named);
    const startsAt = new Date(occurrence.startsAt.getTime() + 86_400_000);
    const endsAt = new Date(occurrence.endsAt.getTime() + 86_400_000);
    await keep(occurrence, { startsAt, endsAt });
    const later = { ...occurrence, startsAt, endsAt, revision: occurrence.revision + 1 };
    const refund = (viewer = guest, orderId = paid.id) =>
      refundRescheduled(world.services, viewer, {
        idempotencyKey: newUuid(),
        orderId,
        occurrenceId: occurrence.id,
      });
    return { occurrence, later, type, guest, named, paid, refund };
  }

  test('leaves tickets good, and gives the money back to those who ask in time', async () => {
    const { occurrence, guest, paid, refund } = await givenRescheduled();
    const { reschedule, cancellation } = await seen(occurrence);
    expect(reschedule).toMatchObject({ startsAtBefore: occurrence.startsAt.toISOString() });
    expect(cancellation).toBeNull();
    expect(new Date(reschedule.refundUntil).getTime()).toBeLessThan(Date.now() + 15 * 86_400_000);
    expect((await refused(refund(newViewer('GUEST', guest.organisationId, 'eve@example.com')))).kind).toBe(
      'NotFound',
    );
    await accepted(refund());
    expect(await eventTypes(world, `order-${paid.id}`)).toContain('order-refunded');
    expect(await refused(refund())).toMatchObject({ kind: 'RefundNotPossible' });
    expect(await violations(world)).toEqual([]);
  });

  test('gives nothing back to those who bought for it, and to nobody when the time is over', async () => {
    const { later, type, guest, named, refund } = await givenRescheduled();
    const after = await givenPaidOrder(world, guest, later, type, {}, named);
    expect(await refused(refund(guest, after.id))).toMatchObject({
      message: 'It was bought for the new time.',
    });
    await system(world, (tx) => tx.execute('update occurrence_reschedule set refund_until = now()'));
    expect(await refused(refund())).toMatchObject({ message: expect.stringContaining('is over') });
    const elsewhere = await givenOccurrence(world);
    const other = await givenPaidOrder(
      world,
      guest,
      elsewhere,
      await givenTicketType(world, elsewhere),
      {},
      named,
    );
    const request = { idempotencyKey: newUuid(), orderId: other.id, occurrenceId: elsewhere.id };
    expect((await refused(refundRescheduled(world.services, guest, request))).kind).toBe('RefundNotPossible');
  });

  test('is asked for through the graph', async () => {
    const { occurrence, guest, paid } = await givenRescheduled();
    const graph = await serveGraph(world);
    const { data } = await graph.ask(
      guest,
      `mutation ($input: RefundRescheduledOrderInput!) { refundRescheduledOrder(input: $input) { __typename
        ... on RescheduledOrderRefunded { order { status } } ... on Refusal { message } } }`,
      {
        input: {
          idempotencyKey: newUuid(),
          orderId: encodeId('Order', paid.id),
          occurrenceId: occurrenceIdOf(occurrence),
        },
      },
    );
    expect(data.refundRescheduledOrder).toEqual({
      __typename: 'RescheduledOrderRefunded',
      order: { status: 'REFUNDED' },
    });
    await graph.stop();
  });
});
