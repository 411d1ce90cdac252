import { beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { operation } from '../client/journey.ts';
import { must, newKey, planEvent, run, type PlannedEvent, type Purchase } from './organisation.ts';
import { describeAfterSale, describeSeats } from './after-sale.scenario.ts';
import type { TestPlatform } from './platform.ts';

type Stats = {
  ticketsSold: number;
  ticketsHeld: number;
  checkedIn: number;
  revenue: { amountMinor: number; currency: string };
};

/** The main job, from an empty organisation to guests admitted, by the operations that front ends send. */
export function describeJourney(platform: () => TestPlatform): void {
  describe('the journey', () => {
    const organisationId = newUuid();
    const guest = { email: 'grace@example.com', name: 'Grace Hopper' };
    let event: PlannedEvent;
    let tokens: { organiser: string; guest: string; scanner: string };
    let bought: Purchase;
    const client = () => platform().client;

    beforeAll(async () => {
      const { tokens: issuer } = platform();
      tokens = {
        organiser: await issuer.token({ role: 'organiser', organisationId }),
        guest: await issuer.token({ role: 'guest', organisationId, email: guest.email }),
        scanner: await issuer.token({ role: 'scanner', organisationId }),
      };
    });

    const stats = async (): Promise<Stats> => {
      const id = event.occurrenceIds[0]!;
      const data = await client().query<{ occurrence: { stats: Stats } }>(
        operation('OccurrenceStats'),
        { id },
        { token: tokens.organiser },
      );
      return data.occurrence.stats;
    };

    test('an organiser plans a weekly event in a new venue and publishes it', async () => {
      event = await planEvent(client(), tokens.organiser, 'Journey');
      expect(event.occurrenceIds).toHaveLength(4);
    });

    test('its occurrences are found at once, with venue, prices and what is left', async () => {
      const variables = { first: 10, filter: { eventId: event.eventId } };
      const find = () =>
        client().query<{ occurrences: { edges: { node: Record<string, unknown> }[] } }>(
          operation('UpcomingOccurrences'),
          variables,
          {
            token: tokens.guest,
          },
        );
      await eventually(async () => {
        const { occurrences } = await find();
        expect(occurrences.edges).toHaveLength(4);
        expect(occurrences.edges[0]!.node).toMatchObject({
          id: event.occurrenceIds[0],
          event: { title: 'Journey Nights' },
          space: {
            name: 'Journey Hall',
            venue: { timeZone: 'Europe/Vienna', address: { city: 'Vienna', countryCode: 'AT' } },
          },
          availability: { status: 'AVAILABLE', available: 70 },
        });
      });
    });

    test('a guest holds tickets, lets go, holds again, is declined, pays and has tickets', async () => {
      const items = [{ ticketTypeId: event.standingId, quantity: 2 }];
      const occurrenceId = event.occurrenceIds[0]!;
      const hold = (idempotencyKey: string) =>
        must<{ id: string; total: object }>(
          client(),
          'HoldTickets',
          { input: { idempotencyKey, occurrenceId, items } },
          tokens.guest,
          'TicketsHeld',
        );
      const first = await hold(newKey());
      expect(first.total).toEqual({ amountMinor: 5_000, currency: 'EUR' });
      await must(client(), 'ReleaseHold', { id: first.id }, tokens.guest, 'HoldReleased');

      const { id: holdId } = await hold(newKey());
      const order = await must<{ id: string; status: string }>(
        client(),
        'CheckOut',
        { input: { idempotencyKey: newKey(), holdId, guest } },
        tokens.guest,
        'OrderPlaced',
      );
      const pay = (paymentToken: string) =>
        run(
          client(),
          'PayOrder',
          { input: { idempotencyKey: newKey(), orderId: order.id, provider: 'sandbox', paymentToken } },
          tokens.guest,
        );
      expect(await pay('decline')).toMatchObject({ __typename: 'PaymentDeclined' });
      const paid = await pay('approve');
      expect(paid).toMatchObject({ __typename: 'OrderPaid', order: { id: order.id, status: 'PAID' } });
      const { tickets } = paid['order'] as { tickets: (Purchase['tickets'][number] & { guest: object })[] };
      expect(tickets).toHaveLength(2);
      expect(tickets[0]).toMatchObject({
        status: 'VALID',
        guest: { name: guest.name },
        occurrence: { id: occurrenceId, event: { title: 'Journey Nights' } },
      });
      bought = { holdId, orderId: order.id, tickets };
    });

    test('the same key with another request is refused, with the same request answered the same', async () => {
      const occurrenceId = event.occurrenceIds[1]!;
      const idempotencyKey = newKey();
      const hold = (quantity: number) =>
        run(
          client(),
          'HoldTickets',
          { input: { idempotencyKey, occurrenceId, items: [{ ticketTypeId: event.standingId, quantity }] } },
          tokens.guest,
        );
      const first = await hold(1);
      expect(await hold(1)).toEqual(first);
      expect(await hold(2)).toMatchObject({ __typename: 'IdempotencyConflict' });
    });

    test('more tickets than are left are refused with what is left', async () => {
      const items = [{ ticketTypeId: event.standingId, quantity: 6 }];
      const occurrenceId = event.occurrenceIds[2]!;
      const hold = () =>
        run(
          client(),
          'HoldTickets',
          { input: { idempotencyKey: newKey(), occurrenceId, items } },
          tokens.organiser,
        );
      const results = await Promise.all(Array.from({ length: 12 }, hold));
      expect(results.filter((result) => result.__typename === 'TicketsHeld')).toHaveLength(8);
      const refused = results.filter((result) => result.__typename !== 'TicketsHeld');
      expect(refused.every((result) => result.__typename === 'NotEnoughTickets')).toBe(true);
      expect(await hold()).toMatchObject({ __typename: 'NotEnoughTickets', available: 2 });
    });

    test('a guest sees the own tickets, and no one else does', async () => {
      type Mine = {
        viewer: { guest: { email: string } | null; tickets: { edges: { node: { id: string } }[] } };
      };
      const mine = await client().query<Mine>(operation('MyTickets'), { first: 10 }, { token: tokens.guest });
      expect(mine.viewer.guest).toMatchObject(guest);
      const ids = mine.viewer.tickets.edges.map((edge) => edge.node.id);
      expect(new Set(ids)).toEqual(new Set(bought.tickets.map((ticket) => ticket.id)));
      const other = await platform().tokens.token({
        role: 'guest',
        organisationId,
        email: 'someone@example.com',
      });
      const theirs = await client().query<Mine>(operation('MyTickets'), { first: 10 }, { token: other });
      expect(theirs.viewer).toMatchObject({ guest: null, tickets: { edges: [] } });
    });

    test('the door admits a ticket once, and knows forged ones and other evenings', async () => {
      const scan = (credential: string, nonce: string, occurrenceId = event.occurrenceIds[0]!) => {
        const scannedAt = new Date().toISOString();
        return run(
          client(),
          'ScanTicket',
          { input: { occurrenceId, credential, nonce, scannedAt, deviceId: 'door' } },
          tokens.scanner,
        );
      };
      const { credential } = bought.tickets[0]!;
      const nonce = newKey();
      const first = await scan(credential, nonce);
      expect(first).toMatchObject({
        __typename: 'ScanAccepted',
        scan: { ticket: { guest: { name: guest.name } } },
      });
      expect(await scan(credential, nonce)).toEqual(first);
      expect(await scan(credential, newKey())).toMatchObject({
        __typename: 'ScanRejected',
        reason: 'ALREADY_ADMITTED',
      });
      const other = bought.tickets[1]!.credential;
      expect(await scan(other, newKey(), event.occurrenceIds[1])).toMatchObject({
        reason: 'WRONG_OCCURRENCE',
      });
      const forged = await scan(`${other.slice(0, -6)}AAAAAA`, newKey());
      expect(forged).toMatchObject({ __typename: 'ScanRejected' });
    });

    test('the statistics agree a moment later', async () => {
      await eventually(async () => {
        expect(await stats()).toMatchObject({
          ticketsSold: 2,
          ticketsHeld: 0,
          checkedIn: 1,
          revenue: { amountMinor: 5_000, currency: 'EUR' },
        });
      });
    });

    test('an id is enough to find a thing again', async () => {
      const refetch = (id: string, token: string) =>
        client().query<{ node: object | null }>(operation('Refetch'), { id }, { token });
      expect((await refetch(event.occurrenceIds[0]!, tokens.guest)).node).toMatchObject({
        __typename: 'Occurrence',
        id: event.occurrenceIds[0],
      });
      expect((await refetch(bought.orderId, tokens.guest)).node).toMatchObject({
        __typename: 'Order',
        status: 'PAID',
      });
    });

    describeSeats(platform, () => ({ event, tokens }));
    describeAfterSale(platform, () => ({ event, tokens, bought, organisationId }));
  });
}
