import { expect, test } from '@jest/globals';
import { operation } from '../client/journey.ts';
import { buy, must, newKey, run, type PlannedEvent, type Purchase } from './organisation.ts';
import type { TestPlatform } from './platform.ts';

type Stage = {
  readonly event: PlannedEvent;
  readonly tokens: { readonly organiser: string; readonly guest: string };
};

/** Seats chosen on the plan. */
export function describeSeats(platform: () => TestPlatform, stage: () => Stage): void {
  test('seats are chosen on the plan, and a seat goes to one buyer', async () => {
    const { event, tokens } = stage();
    const { client } = platform();
    const occurrenceId = event.occurrenceIds[3]!;
    type Plan = {
      occurrence: {
        seatMap: { sections: { rows: { seats: { id: string }[] }[] }[] };
        seatAvailability: { seatId: string; status: string }[];
      };
    };
    const plan = () => client.query<Plan>(operation('SeatPlan'), { occurrenceId }, { token: tokens.guest });
    const seatIds = (await plan()).occurrence.seatMap.sections[0]!.rows[0]!.seats.slice(0, 2).map(
      (seat) => seat.id,
    );
    const items = [{ ticketTypeId: event.seatedId, quantity: 2, seatIds }];
    const hold = (token: string) =>
      run(client, 'HoldTickets', { input: { idempotencyKey: newKey(), occurrenceId, items } }, token);
    const results = await Promise.all([hold(tokens.guest), hold(tokens.organiser)]);
    expect(results.map((result) => result.__typename).toSorted()).toEqual(['SeatsTaken', 'TicketsHeld']);
    const taken = (await plan()).occurrence.seatAvailability.filter((seat) => seatIds.includes(seat.seatId));
    expect(taken.map((seat) => seat.status)).toEqual(['HELD', 'HELD']);
  }, 20_000);
}

type Aftermath = Stage & { readonly bought: Purchase; readonly organisationId: string };

/** Beyond the first release's promise, and there already. */
export function describeAfterSale(platform: () => TestPlatform, stage: () => Aftermath): void {
  const client = () => platform().client;

  test('a ticket goes to another guest, and its old credential is worthless', async () => {
    const { event, tokens, organisationId } = stage();
    const guest = { email: 'hedy@example.com', name: 'Hedy Lamarr' };
    const hedy = await platform().tokens.token({ role: 'guest', organisationId, email: guest.email });
    const occurrenceId = event.occurrenceIds[1]!;
    const items = [{ ticketTypeId: event.standingId, quantity: 1 }];
    const { tickets } = await buy(client(), tokens.organiser, {
      occurrenceId,
      items,
      guest: { email: 'mary@example.com', name: 'Mary' },
    });
    const ticket = tickets[0]!;
    const offer = { input: { ticketId: ticket.id, toEmail: guest.email } };
    const { id } = await must<{ id: string }>(
      client(),
      'OfferTransfer',
      offer,
      tokens.organiser,
      'TransferOffered',
    );
    const taken = await must<{ credential: string }>(
      client(),
      'AcceptTransfer',
      { id },
      hedy,
      'TransferAccepted',
    );
    expect(taken.credential).not.toBe(ticket.credential);
    const scan = (credential: string) => {
      const input = {
        occurrenceId,
        credential,
        nonce: newKey(),
        scannedAt: new Date().toISOString(),
        deviceId: 'door',
      };
      return run(client(), 'ScanTicket', { input }, tokens.organiser);
    };
    expect(await scan(ticket.credential)).toMatchObject({ __typename: 'ScanRejected', reason: 'REVOKED' });
    expect(await scan(taken.credential)).toMatchObject({ __typename: 'ScanAccepted' });
  }, 20_000);

  test('an order can be read as it stood before it was refunded, and refunds never exceed payments', async () => {
    const { tokens, bought } = stage();
    const before = new Date().toISOString();
    const refund = (amountMinor?: number) => {
      const amount = amountMinor === undefined ? {} : { amount: { amountMinor, currency: 'EUR' } };
      const input = { idempotencyKey: newKey(), orderId: bought.orderId, reason: 'e2e', ...amount };
      return run(client(), 'RefundOrder', { input }, tokens.organiser);
    };
    expect(await refund(5_001)).toMatchObject({ __typename: 'RefundExceedsPayments' });
    expect(await refund(1_000)).toMatchObject({
      __typename: 'OrderRefunded',
      order: { status: 'PARTIALLY_REFUNDED' },
    });
    expect(await refund()).toMatchObject({ __typename: 'OrderRefunded', order: { status: 'REFUNDED' } });
    type Order = { order: { status: string; history: { type: string }[] } };
    const asOf = (at: string) =>
      client().query<Order>(operation('OrderAsOf'), { id: bought.orderId, at }, { token: tokens.organiser });
    expect((await asOf(before)).order.status).toBe('PAID');
    expect((await asOf(new Date().toISOString())).order.status).toBe('REFUNDED');
  }, 20_000);

  test('a waitlist is for what is sold out', async () => {
    const { event, tokens } = stage();
    const guest = { email: 'lise@example.com', name: 'Lise Meitner' };
    const join = (occurrenceId: string, quantity: number) =>
      run(
        client(),
        'JoinWaitlist',
        { input: { occurrenceId, ticketTypeId: event.standingId, quantity, guest } },
        tokens.guest,
      );
    expect(await join(event.occurrenceIds[3]!, 1)).toMatchObject({ __typename: 'TicketsAvailable' });
    expect(await join(event.occurrenceIds[2]!, 6)).toMatchObject({
      __typename: 'WaitlistJoined',
      entry: { status: 'WAITING', position: 1 },
    });
  }, 20_000);
}
