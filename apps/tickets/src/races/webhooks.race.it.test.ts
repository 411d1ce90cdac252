import { expect } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  givenOccurrence,
  givenTicketType,
  hold,
  order,
  pay,
  sandboxSecret,
  system,
  ticketIdsOf,
  type World,
} from '../harness.test-support.ts';
import { applyFact } from '../payments/apply-fact.ts';
import { factData } from '../payments/fact-data.ts';
import { findPayments } from '../payments/payment-rows.ts';
import type { PaymentFact } from '../payments/provider.ts';
import { signBody } from '../payments/signature.ts';
import { receiveWebhook } from '../payments/webhooks.ts';
import { carryOutSagas } from '../upkeep/later.test-support.ts';
import { acceptedOf, describeRace, times } from './race.test-support.ts';

/** An order whose payment was named at the provider, and of which no more was heard. */
async function givenSilence(world: World) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  const placed = await order(
    world,
    world.viewer,
    await accepted(hold(world, world.viewer, occurrence, type)),
  );
  const sandbox = world.services.providers.get('sandbox')!;
  const silent = { ...sandbox, confirm: async () => ({ status: 'PENDING' as const }) };
  const services = { ...world.services, providers: new Map([['sandbox', silent]]) };
  await pay({ ...world, services }, world.viewer, placed);
  const [payment] = await world.database.read(world.viewer, (tx) => findPayments(tx, [placed.id]));
  return { placed, payment: payment! };
}

const send = (world: World, reference: string, fact: PaymentFact, id = newUuid()) => {
  const [rawBody, now] = [JSON.stringify({ id, paymentId: reference, fact: factData(fact) }), new Date()];
  const headers = { 'marquee-signature': signBody(rawBody, sandboxSecret, now) };
  return receiveWebhook(world.services, 'sandbox', { rawBody, headers, now });
};

describeRace(
  'one webhook, sent 8 times at once',
  {
    meet: { before: 'insert into payment_webhook', parties: 8 },
    statements: [['now()) on conflict do nothing', 'now())']],
    schema: ['alter table payment_webhook drop constraint payment_webhook_pkey'],
  },
  async ({ world, unmet, guarded }) => {
    const { placed, payment } = await givenSilence(unmet);
    const [id, fact] = [newUuid(), { kind: 'succeeded' as const, amount: payment.amount }];
    const results = await times(8, () => send(world, payment.reference!, fact, id));
    expect(acceptedOf(results)).toBe(8);
    const kept = await system(unmet, (tx) =>
      tx.rows('select event_id from payment_webhook where event_id = $1', [id]),
    );
    if (!guarded) return expect(kept.length).toBeGreaterThan(1);
    expect(kept).toHaveLength(1);
    await carryOutSagas(unmet.services);
    expect(await ticketIdsOf(unmet, placed)).toHaveLength(1);
  },
);

describeRace(
  'webhooks of one payment that come at once and in any order',
  {
    meet: { before: 'from ticket_order o where o.id = $1', parties: 3 },
    statements: [
      ['where o.id = $1 for update of o', 'where o.id = $1'],
      ['select * from payment where id = $1 for update', 'select * from payment where id = $1'],
    ],
    schema: ['alter table quota_bucket drop constraint quota_bucket_held_check'],
  },
  async ({ world, unmet, guarded }) => {
    const { placed, payment } = await givenSilence(unmet);
    const facts: PaymentFact[] = [
      { kind: 'failed', reason: 'No.' },
      { kind: 'succeeded', amount: payment.amount },
      { kind: 'authorized' },
      { kind: 'succeeded', amount: payment.amount },
      { kind: 'cancelled' },
    ];
    const told = facts.toSorted(() => Math.random() - 0.5);
    const scope = { organisationId: world.viewer.organisationId };
    await Promise.allSettled(told.map((fact) => applyFact(world.services, scope, payment, fact)));
    const tickets = await ticketIdsOf(unmet, placed);
    const [row] = await system(unmet, (tx) =>
      tx.rows('select status from payment where order_id = $1', [placed.id]),
    );
    if (guarded) {
      expect(tickets).toHaveLength(1);
      expect(row).toEqual({ status: 'CONFIRMED' });
    } else expect([tickets.length, row]).not.toEqual([1, { status: 'CONFIRMED' }]);
  },
);
