import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accepted, pay, refused, system, violations } from '../harness.test-support.ts';
import type { Order } from '../orders/order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import type { PaymentFact } from './provider.ts';
import {
  createWebhookWorld,
  givenUnpaid,
  referenceOf,
  stateOf,
  type WebhookWorld,
} from './webhooks.test-support.ts';

let world: WebhookWorld;
beforeAll(async () => {
  world = await createWebhookWorld();
});
afterAll(() => world.drop(), 60_000);

const givenOrder = (quantity = 2, quotaSize = 10) => givenUnpaid(world, quantity, quotaSize);
const stateNow = (placed: Pick<Order, 'id'>) => stateOf(world, placed);
const amount = { amountMinor: 5000n, currency: 'EUR' };

describe('a provider that does not answer in time', () => {
  test('and declines after all: the order can be paid otherwise', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await system(world, (tx) => tx.execute('update sandbox_charge set approved = false, answers_at = now()'));
    await upkeepOf(world).runOnce();
    await accepted(pay(world, world.viewer, placed));
  });
});

describe('facts of one payment in any order', () => {
  const disputed = (status: 'OPEN' | 'WON' | 'LOST'): PaymentFact => ({
    kind: 'disputed',
    disputeReference: 'd1',
    amount,
    status,
    reason: null,
  });
  const external: PaymentFact = {
    kind: 'refunded',
    refundReference: 'r1',
    refundId: null,
    amount: { amountMinor: 2000n, currency: 'EUR' },
    status: 'DONE',
    reason: null,
  };
  const failed: PaymentFact = { kind: 'failed', reason: 'The first card was declined.' };
  const succeeded: PaymentFact = { kind: 'succeeded', amount };

  const permutations = <T>(items: readonly T[]): T[][] =>
    items.length < 2
      ? [[...items]]
      : items.flatMap((item, place) =>
          permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]),
        );

  test.each<[string, PaymentFact[]]>([
    ['paid after all', [succeeded, failed, { kind: 'cancelled' }]],
    ['refunded at the desk and disputed', [succeeded, external, disputed('OPEN')]],
    ['disputed and won', [failed, disputed('OPEN'), disputed('WON')]],
    ['refunded, disputed, lost', [external, disputed('OPEN'), disputed('LOST')]],
  ])('%s: the end is the same', async (_, facts) => {
    const ends = new Set<string>();
    for (const sequence of permutations(facts)) {
      const { placed } = await givenOrder();
      await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
      const reference = await referenceOf(world, placed);
      // Once more at the end: what comes twice changes nothing.
      for (const fact of [...sequence, sequence[0]!]) await world.post(fact, reference);
      ends.add(JSON.stringify(await stateNow(placed)));
    }
    expect([...ends]).toHaveLength(1);
    expect(await violations(world)).toEqual([]);
  });
});
