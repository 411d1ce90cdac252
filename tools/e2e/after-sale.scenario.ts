import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { eventually, hasChromium, launchChromium } from '@marquee/testkit';
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
  });
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
  });

  /** Somebody without an account buys a ticket, and is mailed a link to the order. */
  async function givenMailedLink(guest: { readonly email: string; readonly name: string }) {
    const { event, tokens } = stage();
    const own = await buy(client(), tokens.organiser, {
      occurrenceId: event.occurrenceIds[1]!,
      items: [{ ticketTypeId: event.standingId, quantity: 1 }],
      guest,
    });
    const mails = join(platform().running.home, 'mail');
    let link = '';
    await eventually(() => {
      const files = readdirSync(mails).filter((name) => name.endsWith('.txt'));
      const texts = files.map((name) => readFileSync(join(mails, name), 'utf8'));
      link = /http\S+#[\w.-]+/.exec(texts.find((text) => text.includes(guest.email)) ?? '')?.[0] ?? '';
      expect(link).not.toBe('');
    });
    return { own, page: link, link: link.split('#')[1]! };
  }

  test('who has no account sees the order by the link of the mail, and no other order', async () => {
    const { bought } = stage();
    const { own, link } = await givenMailedLink({ email: 'nellie@example.com', name: 'Nellie Bly' });
    const exchanged = await fetch(`${platform().running.urls.gateway}/sign-in/order-link`, {
      method: 'POST',
      body: new URLSearchParams({ link }),
    });
    const { access_token: token, order_id: id } = (await exchanged.json()) as Record<string, string>;
    expect(id).toBe(own.orderId);
    const read = `query ($id: ID!) { order(id: $id) { status occurrence { event { title } } tickets { id credential } } }`;
    type Read = { order: { status: string; tickets: { id: string; credential: string }[] } | null };
    const seen = await client().query<Read>(read, { id }, { token: token! });
    expect(seen.order).toMatchObject({ status: 'PAID', tickets: [{ id: own.tickets[0]!.id }] });
    expect(seen.order!.tickets[0]!.credential).toBe(own.tickets[0]!.credential);
    expect(await client().query<Read>(read, { id: bought.orderId }, { token: token! })).toEqual({
      order: null,
    });
    // The link itself is no token.
    const asToken = await client().send(read, { id }, { token: link });
    expect(asToken.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  (hasChromium ? test : test.skip)(
    'the mail leads to a page that shows the order in a real browser, has its tickets as a PDF, and says what is wrong with a link',
    async () => {
      const mailed = await givenMailedLink({ email: 'ida@example.com', name: 'Ida Wells' });
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
        page.on('pageerror', ({ message }) => void complaints.push(message));
        await page.goto(mailed.page);
        await page.getByText(/^Order [\w-]+: paid, €\d+\.\d\d$/).waitFor();
        expect(await page.getByRole('heading', { level: 2 }).textContent()).toContain('Nights');
        await page.getByText('1 ticket', { exact: true }).waitFor();
        const pdf = await page.getByRole('link', { name: 'Tickets as PDF' }).getAttribute('href');
        const file = await fetch(new URL(pdf!, mailed.page));
        expect([file.status, file.headers.get('content-type')]).toEqual([
          200,
          expect.stringContaining('application/pdf'),
        ]);
        expect(complaints).toEqual([]);

        const alertOf = async (link: string) => {
          await page.goto('about:blank');
          await page.goto(link);
          await page.getByRole('alert').waitFor();
          return page.getByRole('alert').textContent();
        };
        const bare = mailed.page.split('#')[0]!;
        expect(await alertOf(bare)).toBe('Open the link in your mail as it is, all of it.');
        const cut = await alertOf(mailed.page.slice(0, -9));
        expect(cut).toMatch(/link/i);
        expect(cut).not.toMatch(/undefined|TypeError|JSON/);
      } finally {
        await browser.close();
      }
    },
  );

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
  });

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
  });
}
