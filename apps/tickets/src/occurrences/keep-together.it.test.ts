import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DomainEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import fc from 'fast-check';
import { createWorld, type World } from '../harness.test-support.ts';
import { keepTogether, replicaHandlers } from './on-owners-changed.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const ids = [newUuid(), newUuid(), newUuid()];
const anId = fc.constantFrom(...ids);

const guestEvent = fc
  .record({ id: anId, updated: fc.boolean(), name: fc.constantFrom('Ada', 'Grace', 'Mary') })
  .map(({ id, updated, name }) => ({
    type: updated ? 'guests.guest-updated.v1' : 'guests.guest-registered.v1',
    data: { guestId: id, name, email: `${name}@guests.example` },
  }));

const occurrenceEvent = fc
  .record({
    id: anId,
    cancelled: fc.boolean(),
    revision: fc.integer({ min: 1, max: 5 }),
    day: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ id, cancelled, revision, day }) => ({
    type: cancelled ? 'events.occurrence-cancelled.v1' : 'events.occurrence-updated.v1',
    data: {
      occurrenceId: id,
      eventId: id,
      eventTitle: 'A talk',
      eventStatus: 'PUBLISHED',
      spaceId: null,
      startsAt: `2097-05-0${day}T18:00:00.000Z`,
      endsAt: `2097-05-0${day}T20:00:00.000Z`,
      timeZone: 'Europe/Berlin',
      status: cancelled ? 'CANCELLED' : 'SCHEDULED',
      revision,
    },
  }));

const someEvents = fc
  .array(fc.oneof(guestEvent, occurrenceEvent), { minLength: 1, maxLength: 30 })
  .map((events) => events.map((event) => ({ id: newUuid(), ...event })) as unknown as DomainEvent[]);

type AnyHandler = (event: DomainEvent, tx: Transaction) => Promise<void>;

async function oneByOne(events: readonly DomainEvent[], tx: Transaction): Promise<void> {
  for (const event of events) await (replicaHandlers[event.type] as AnyHandler)(event, tx);
}

/** What a new organisation knows after these events. */
async function keptBy(
  handle: (events: readonly DomainEvent[], tx: Transaction) => Promise<void>,
  events: readonly DomainEvent[],
) {
  return world.database.transaction({ organisationId: newUuid() }, async (tx) => {
    await handle(events, tx);
    return Promise.all(
      ['guest', 'occurrence', 'check_in_list', 'occurrence_reschedule', 'occurrence_cancellation'].map(
        (table) =>
          tx.rows(
            `select to_jsonb(t) - '{organisation_id,created_at,requested_at,heard_at,refund_until}'::text[] as row from ${table} t
           where organisation_id = $1 order by 1`,
            [tx.organisationId],
          ),
      ),
    );
  });
}

test('events kept together leave what they leave one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(someEvents, async (events) => {
      expect(await keptBy(keepTogether(replicaHandlers), events)).toEqual(await keptBy(oneByOne, events));
    }),
    { numRuns: 60 },
  );
});
