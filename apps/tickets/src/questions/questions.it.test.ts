import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  aGuest,
  createWorld,
  givenOccurrence,
  givenTicketType,
  hold,
  pay,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { checkOut, type CheckOutRequest } from '../orders/check-out.ts';
import { submitOrder } from '../orders/decide-order.ts';
import { answerQuestions, saveQuestion } from './ask.ts';
import { findAnswersOfTickets } from './question-rows.ts';

let world: World;
let occurrence: Occurrence;
let type: TicketType;
let mealId: string;
beforeAll(async () => {
  world = await createWorld();
  occurrence = await givenOccurrence(world);
  type = await givenTicketType(world, occurrence);
  const meal = await accepted(
    saveQuestion(world.services, world.viewer, {
      id: null,
      eventId: occurrence.eventId,
      ticketTypeIds: null,
      label: 'Meal',
      kind: 'CHOICE',
      choices: ['Fish', 'Lentils'],
      required: true,
      active: true,
    }),
  );
  mealId = meal.id;
});
afterAll(() => world.drop());

const answer = (place: number, value: string) => ({
  holdId: null,
  ticketTypeId: type.id,
  place,
  questionId: mealId,
  value,
});

async function buy(over: Partial<CheckOutRequest>) {
  const held = await accepted(hold(world, world.viewer, occurrence, type, { quantity: 2 }));
  return checkOut(world.services, world.viewer, {
    idempotencyKey: newUuid(),
    holdId: held.id,
    guest: aGuest,
    voucherCode: null,
    ...over,
  });
}

const answersOf = async (orderId: string) => {
  const ids = await ticketIdsOf(world, { id: orderId });
  const answers = await system(world, (tx) => findAnswersOfTickets(tx, ids));
  return answers.map(({ value }) => value).toSorted();
};

describe('what must be answered', () => {
  test('is answered for each ticket at check-out, and is the ticket’s afterwards', async () => {
    expect(await refused(buy({ answers: [answer(0, 'Fish')] }))).toMatchObject({ field: 'answers' });
    expect(await refused(buy({ answers: [answer(0, 'Steak')] }))).toMatchObject({ field: 'answers.0.value' });
    const order = await accepted(buy({ answers: [answer(0, 'Fish'), answer(1, 'Lentils')] }));
    await accepted(pay(world, world.viewer, order));
    expect(await answersOf(order.id)).toEqual(['Fish', 'Lentils']);
    expect(await violations(world)).toEqual([]);
  });

  test('may wait while it is a draft, but not longer', async () => {
    const order = await accepted(buy({ draft: true }));
    expect(await refused(submitOrder(world.services, world.viewer, order.id))).toMatchObject({
      field: 'answers',
    });
    await accepted(
      answerQuestions(world.services, world.viewer, {
        orderId: order.id,
        given: [answer(0, 'Fish'), answer(1, 'Fish')],
      }),
    );
    expect((await accepted(submitOrder(world.services, world.viewer, order.id))).status).toBe(
      'PENDING_PAYMENT',
    );
  });

  test('may wait where it is sold at a desk', async () => {
    expect((await accepted(buy({ desk: 'cash' }))).status).toBe('PAID');
  });

  test('is changed until the occurrence begins', async () => {
    const order = await accepted(buy({ answers: [answer(0, 'Fish'), answer(1, 'Fish')] }));
    await accepted(pay(world, world.viewer, order));
    const change = () =>
      answerQuestions(world.services, world.viewer, { orderId: order.id, given: [answer(1, 'Lentils')] });
    await accepted(change());
    expect(await answersOf(order.id)).toEqual(['Fish', 'Lentils']);
    await system(world, (tx) =>
      tx.execute(`update occurrence set starts_at = now() - interval '1 minute' where id = $1`, [
        occurrence.id,
      ]),
    );
    expect((await refused(change())).kind).toBe('TooLateToAnswer');
  });
});
