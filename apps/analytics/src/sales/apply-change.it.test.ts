import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { keepOccurrence } from '../occurrences/keep-occurrence.ts';
import { migrations } from '../migrations/index.ts';
import { applyChange } from './apply-change.ts';
import { readChange } from './on-ticket-events.ts';
import { salesByDay, salesByMinute } from './read-sales.ts';
import { eventStats, occurrenceStats, organisationStats } from './read-stats.ts';
import { storyOf, storyTotals } from './ticket-events.test-support.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ name: 'analytics', migrations });
});
afterAll(async () => db?.drop());

/** Counts the events in the order given, each in a transaction of its own. */
async function count(organisationId: string, events: ReturnType<typeof storyOf>): Promise<void> {
  for (const event of events) {
    const change = readChange(event);
    if (change) await db.database.transaction({ organisationId }, (tx) => applyChange(tx, 'live', change));
  }
}

async function statsOf(organisationId: string, occurrenceId: string) {
  const stats = await db.database.read({ organisationId }, (tx) => occurrenceStats(tx, [occurrenceId]));
  return stats.get(occurrenceId);
}

describe('the statistics of an occurrence', () => {
  test('add up what its events say', async () => {
    const [organisationId, occurrenceId] = [newUuid(), newUuid()];
    const story = storyOf(organisationId, occurrenceId);
    await count(organisationId, story);
    expect(await statsOf(organisationId, occurrenceId)).toEqual({
      ...storyTotals,
      occurrenceId,
      updatedAt: new Date(story.at(-1)!.occurredAt),
    });
  });

  test('come to the same in whatever order the events arrive', async () => {
    const [organisationId, occurrenceId] = [newUuid(), newUuid()];
    const story = storyOf(organisationId, occurrenceId);
    await count(organisationId, story.toReversed());
    expect(await statsOf(organisationId, occurrenceId)).toEqual({
      ...storyTotals,
      occurrenceId,
      updatedAt: new Date(story.at(-1)!.occurredAt),
    });
  });

  test('are seen by their own organisation only', async () => {
    const [organisationId, occurrenceId] = [newUuid(), newUuid()];
    await count(organisationId, storyOf(organisationId, occurrenceId));
    expect(await statsOf(newUuid(), occurrenceId)).toBeUndefined();
  });

  test('of a generation that is being rebuilt are not seen', async () => {
    const [organisationId, occurrenceId] = [newUuid(), newUuid()];
    const change = readChange(storyOf(organisationId, occurrenceId)[0]!)!;
    await db.database.transaction({ organisationId }, (tx) => applyChange(tx, 'next', change));
    expect(await statsOf(organisationId, occurrenceId)).toBeUndefined();
  });
});

describe('sums', () => {
  test('of an event and of the organisation add up their occurrences', async () => {
    const [organisationId, eventId, other] = [newUuid(), newUuid(), newUuid()];
    const occurrences = [newUuid(), newUuid(), newUuid()];
    for (const [index, occurrenceId] of occurrences.entries()) {
      const status = index === 2 ? 'CANCELLED' : 'SCHEDULED';
      await db.database.transaction({ organisationId }, (tx) =>
        keepOccurrence(tx, { occurrenceId, eventId, status, revision: 1 }),
      );
    }
    await count(organisationId, storyOf(organisationId, occurrences[0]!));
    await count(organisationId, storyOf(organisationId, occurrences[1]!));
    await count(organisationId, storyOf(organisationId, other));

    const twice = {
      occurrenceCount: 2,
      ticketsSold: 10,
      ticketsHeld: 12,
      checkedIn: 4,
      revenue: [
        { amountMinor: 15000n, currency: 'EUR' },
        { amountMinor: 18000n, currency: 'CHF' },
      ],
    };
    const [byEvent, all] = await db.database.read({ organisationId }, async (tx) => [
      await eventStats(tx, [eventId, newUuid()]),
      await organisationStats(tx),
    ]);
    expect([...byEvent!]).toMatchObject([[eventId, twice]]);
    // The third story's occurrence is not known by the events service yet, but its sales are real.
    expect(all).toMatchObject({ ticketsSold: 15, ticketsHeld: 18, checkedIn: 6, occurrenceCount: 2 });
  });

  test('are zero where there is nothing', async () => {
    const all = await db.database.read({ organisationId: newUuid() }, organisationStats);
    expect(all).toEqual({
      occurrenceCount: 0,
      ticketsSold: 0,
      ticketsHeld: 0,
      checkedIn: 0,
      revenue: [],
      updatedAt: null,
    });
  });
});

describe('an occurrence', () => {
  test('is kept by its highest revision, in whatever order they come', async () => {
    const [organisationId, occurrenceId, eventId] = [newUuid(), newUuid(), newUuid()];
    for (const [revision, status] of [
      [2, 'SCHEDULED'],
      [3, 'CANCELLED'],
      [1, 'SCHEDULED'],
      [3, 'SCHEDULED'],
    ] as const) {
      await db.database.transaction({ organisationId }, (tx) =>
        keepOccurrence(tx, { occurrenceId, eventId, status, revision }),
      );
    }
    const all = await db.database.read({ organisationId }, organisationStats);
    expect(all.occurrenceCount).toBe(0);
  });
});

describe('sales over time', () => {
  test('have one entry a day of the asked-for zone, days without a sale included', async () => {
    const [organisationId, occurrenceId] = [newUuid(), newUuid()];
    const change = {
      ...readChange(storyOf(organisationId, occurrenceId)[2]!)!,
      at: '2027-03-20T23:30:00.000Z',
    };
    await db.database.transaction({ organisationId }, (tx) => applyChange(tx, 'live', change));
    const days = (timeZone: string) =>
      db.database.read({ organisationId }, (tx) =>
        salesByDay(
          tx,
          { from: new Date('2027-03-20T12:00:00Z'), to: new Date('2027-03-22T00:00:00Z') },
          timeZone,
        ),
      );
    const sold = {
      ordersPaid: 1,
      ticketsSold: 3,
      ticketsCancelled: 0,
      paid: [{ amountMinor: 7500n, currency: 'EUR' }],
      refunded: [],
    };
    const empty = { ordersPaid: 0, ticketsSold: 0, ticketsCancelled: 0, paid: [], refunded: [] };
    expect(await days('UTC')).toEqual([
      { date: '2027-03-20', ...sold },
      { date: '2027-03-21', ...empty },
      { date: '2027-03-22', ...empty },
    ]);
    expect(await days('Europe/Berlin')).toEqual([
      { date: '2027-03-20', ...empty },
      { date: '2027-03-21', ...sold },
      { date: '2027-03-22', ...empty },
    ]);
    expect((await days('America/New_York')).map(({ date }) => date)).toEqual(['2027-03-20', '2027-03-21']);
  });

  test('have an entry for each minute with a sale, a refund or a cancellation', async () => {
    const [organisationId, occurrenceId] = [newUuid(), newUuid()];
    const story = storyOf(organisationId, occurrenceId);
    await count(organisationId, story);
    const [from, to] = [story[0]!, story.at(-1)!].map(({ occurredAt }) => new Date(occurredAt));
    const minutes = await db.database.read({ organisationId }, (tx) =>
      salesByMinute(tx, occurrenceId, { from: from!, to: to! }),
    );
    expect(new Set(minutes.map((minute) => minute.occurrenceId))).toEqual(new Set([occurrenceId]));
    expect(minutes.map(({ startsAt: _, occurrenceId: _of, ...sales }) => sales)).toEqual([
      {
        ordersPaid: 1,
        ticketsSold: 3,
        ticketsCancelled: 0,
        paid: [{ amountMinor: 7500n, currency: 'EUR' }],
        refunded: [],
      },
      {
        ordersPaid: 1,
        ticketsSold: 1,
        ticketsCancelled: 0,
        paid: [{ amountMinor: 2500n, currency: 'EUR' }],
        refunded: [],
      },
      {
        ordersPaid: 1,
        ticketsSold: 2,
        ticketsCancelled: 0,
        paid: [{ amountMinor: 9000n, currency: 'CHF' }],
        refunded: [],
      },
      {
        ordersPaid: 0,
        ticketsSold: 0,
        ticketsCancelled: 0,
        paid: [],
        refunded: [{ amountMinor: 2500n, currency: 'EUR' }],
      },
      { ordersPaid: 0, ticketsSold: 0, ticketsCancelled: 1, paid: [], refunded: [] },
    ]);
  });
});
