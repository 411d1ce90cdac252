import { describe, expect, test } from '@jest/globals';
import { decodeId, encodeId } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { operation } from '../client/journey.ts';
import { demoGuest, organisations } from '../seed/organisations.ts';
import { simulate } from '../simulate/simulate.ts';
import type { TestPlatform } from './platform.ts';

type Stats = {
  ticketsSold: number;
  ticketsHeld: number;
  checkedIn: number;
  revenue: { amountMinor: number | string };
};

/** What a new user finds after the first start. */
export function describeDemo(platform: () => TestPlatform): void {
  describe('the demo data', () => {
    test('gives the sample guest tickets for shows to come', async () => {
      const token = platform().running.tokens.find(
        ({ role, email }) => role === 'GUEST' && email === demoGuest.email,
      )!.token;
      type Mine = {
        viewer: {
          guest: { name: string };
          tickets: { edges: { node: { occurrence: { startsAt: string } } }[] };
        };
      };
      const { viewer } = await platform().client.query<Mine>(
        operation('MyTickets'),
        { first: 20 },
        { token },
      );
      expect(viewer.guest.name).toBe(demoGuest.name);
      expect(viewer.tickets.edges.length).toBeGreaterThanOrEqual(3);
      for (const { node } of viewer.tickets.edges)
        expect(Date.parse(node.occurrence.startsAt)).toBeGreaterThan(Date.now());
    });

    test('reaches the statistics through JetStream, and they agree with the ticket database', async () => {
      const busiest = await platform().rows<{ id: string; organisation_id: string }>(
        'tickets',
        `select occurrence_id as id, organisation_id from quota_bucket group by 1, 2 order by sum(sold) desc, 1 limit 5`,
      );
      for (const { id, organisation_id: organisationId } of busiest) {
        const token = await platform().tokens.token({ role: 'organiser', organisationId });
        await eventually(
          async () => {
            const variables = { id: encodeId('Occurrence', id) };
            const { occurrence } = await platform().client.query<{ occurrence: { stats: Stats } }>(
              operation('OccurrenceStats'),
              variables,
              { token },
            );
            const { ticketsSold, ticketsHeld, checkedIn } = occurrence.stats;
            expect({ ticketsSold, ticketsHeld, checkedIn }).toEqual(await booksOf(platform(), id));
          },
          { timeoutMs: 90_000 },
        );
      }
    });

    test('carries believable traffic: visits of every kind, sales, and no errors', async () => {
      const summary = await simulate({
        client: platform().client,
        token: (organisationId, role, email) =>
          platform().tokens.token({ organisationId, role, ...(email && { email }) }),
        rate: 25,
        durationMs: 6_000,
        seed: 'e2e',
        pace: 0.1,
      });
      expect(summary.errors).toEqual({});
      expect(Object.keys(summary.visits).length).toBeGreaterThanOrEqual(5);
      expect(summary.outcomes['tickets sold']).toBeGreaterThan(0);
    });

    test('has organisations that do not know each other', async () => {
      const seen = await Promise.all(
        organisations.map(async ({ id }) => {
          const token = await platform().tokens.token({ role: 'organiser', organisationId: id });
          const document = '{ venues(first: 100) { edges { node { id } } } }';
          const { venues } = await platform().client.query<{ venues: { edges: { node: { id: string } }[] } }>(
            document,
            {},
            { token },
          );
          return venues.edges.map((edge) => decodeId('Venue', edge.node.id));
        }),
      );
      // The tour has added one of its own.
      expect(seen.map((ids) => ids.length)).toEqual([17, 14, 10]);
      expect(new Set(seen.flat()).size).toBe(41);
    });
  });
}

async function booksOf(platform: TestPlatform, occurrenceId: string): Promise<object> {
  const [books] = await platform.rows<Record<string, number>>(
    'tickets',
    `select
       (select count(*)::int from ticket where occurrence_id = $1 and status = 'VALID') as "ticketsSold",
       (select sum(held)::int from quota_bucket where occurrence_id = $1) as "ticketsHeld",
       (select count(*)::int from scan where occurrence_id = $1 and result = 'ACCEPTED') as "checkedIn"`,
    [occurrenceId],
  );
  return books!;
}
