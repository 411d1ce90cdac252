import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope, type Transaction } from '@marquee/postgres';
import { eventually } from '@marquee/testkit';
import { accepted, givenOccurrence, givenTicketType, hold } from '../harness.test-support.ts';
import {
  acceptedOf,
  brokenNumbers,
  createRace,
  describeRace,
  guest,
  times,
  type Guard,
  type Race,
} from '../races/race.test-support.ts';
import { blockPlaces } from './block-places.ts';
import { assignQuotas, createQuota, resizeQuota } from './quotas.ts';
import { setPriceTiers } from './set-price-tiers.ts';

const counterGuard: Guard = {
  meet: { before: 'insert into quota_bucket', parties: 20 },
  statements: [['<= size)', '<= size or true)']],
  schema: ['alter table quota_bucket drop constraint quota_bucket_not_oversold'],
};

describeRace('the last early-bird ticket, wanted by 20 at once', counterGuard, async ({ world, guarded }) => {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { price: { amountMinor: 3000n, currency: 'EUR' } });
  const tier = { id: null, name: 'Early', startsAt: null, endsAt: null, amount: 1 };
  const tiers = [{ ...tier, price: { amountMinor: 1000n, currency: 'EUR' } }];
  await accepted(setPriceTiers(world.services, world.viewer, { ticketTypeId: type.id, tiers }));
  const results = await times(20, () => hold(world, guest(world), occurrence, type));
  const totals = results.flatMap((result) =>
    result.status === 'fulfilled' && result.value.ok ? [result.value.value.total.amountMinor] : [],
  );
  const early = totals.filter((amount) => amount === 1000n).length;
  if (guarded) expect([totals.length, early]).toEqual([20, 1]);
  else expect(early).toBeGreaterThan(1);
});

describeRace(
  'the last place, wanted by 10 buyers and 10 blocks at once',
  counterGuard,
  async ({ world, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 1 });
    const results = await times(20, async (place) =>
      place % 2 === 0
        ? hold(world, guest(world), occurrence, type)
        : blockPlaces(world.services, world.viewer, {
            idempotencyKey: newUuid(),
            occurrenceId: occurrence.id,
            items: [{ ticketTypeId: type.id, quantity: 1, seatIds: [] }],
            reason: 'Press',
          }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else {
      expect(acceptedOf(results)).toBeGreaterThan(1);
      expect(await brokenNumbers(world)).toContain(1);
    }
  },
);

const transactionId = async (tx: Transaction): Promise<string> => {
  const [row] = await tx.rows<{ id: string }>('select pg_current_xact_id()::xid::text as id');
  return row!.id;
};

/** Another transaction waits for this one to end. */
async function someoneWaitsFor({ unmet }: Race, id: string): Promise<void> {
  await eventually(async () => {
    const waiting = await unmet.database.transaction(systemScope, (tx) =>
      tx.rows('select 1 from pg_locks where not granted and transactionid::text = $1', [id]),
    );
    expect(waiting.length).toBeGreaterThan(0);
  });
}

const timeoutMs = 120_000;

describe.each([[true], [false]])('what is taken while its quota changes (guarded: %s)', (guarded) => {
  test(
    'a bucket that is being made gets the new size',
    async () => {
      const race = await createRace({ statements: [['order by id for share', 'order by id']] }, guarded);
      const { world, unmet } = race;
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence, { quotaSize: 10 });
      const [quota] = await unmet.database.read(world.viewer, (tx) =>
        tx.rows<{ id: string }>('select quota_id as id from ticket_type_quota where ticket_type_id = $1', [
          type.id,
        ]),
      );
      let held: ReturnType<typeof hold> | null = null;
      await unmet.database.transaction(world.viewer, async (tx) => {
        await accepted(resizeQuota(tx, { quotaId: quota!.id, name: null, size: 5 }));
        held = hold(world, guest(world), occurrence, type, { quantity: 6 });
        await someoneWaitsFor(race, await transactionId(tx));
      });
      const outcome = await held!;
      expect(outcome.ok).toBe(!guarded);
      expect(await brokenNumbers(unmet)).toEqual(guarded ? [] : [1]);
    },
    timeoutMs,
  );

  test(
    'a hold takes of the quotas that its type has when it is placed',
    async () => {
      const race = await createRace({ statements: [['order by id for key share', 'order by id']] }, guarded);
      const { world, unmet } = race;
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence, { quotaSize: 10 });
      const { eventId } = occurrence;
      const other = await accepted(
        createQuota(unmet.services, world.viewer, { eventId, name: 'Other', size: 5 }),
      );
      // The assignment holds the type's lock until it commits; here it is held up right before.
      const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
      const { promise: assigned, resolve: isAssigned } = Promise.withResolvers<string>();
      const paused = {
        ...unmet.services,
        database: {
          ...unmet.database,
          decide: ((scope, work, options) =>
            unmet.database.decide(
              scope,
              async (tx) => {
                const outcome = await work(tx);
                isAssigned(await transactionId(tx));
                await mayCommit;
                return outcome;
              },
              options,
            )) as typeof unmet.database.decide,
        },
      };
      const assigning = assignQuotas(paused, world.viewer, { ticketTypeId: type.id, quotaIds: [other.id] });
      await assigned;
      const held = hold(world, guest(world), occurrence, type, { quantity: 1 });
      if (guarded) await someoneWaitsFor(race, await assigned);
      else await held;
      commit();
      await accepted(assigning);
      const placed = await accepted(held);
      const claims = await unmet.database.read(world.viewer, (tx) =>
        tx.rows<{ quota_id: string }>('select quota_id from quota_claim where owner_id = $1', [placed.id]),
      );
      expect(claims.map((claim) => claim.quota_id === other.id)).toEqual([guarded]);
    },
    timeoutMs,
  );
});
