import { buy, must, newKey, planEvent, run, type PlannedEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

/** One of everything that the graph knows, in the owner's organisation; `marker` is in every text. */
export async function plantTarget(platform: TestPlatform, owner: string, marker: string): Promise<Target> {
  const { client } = platform;
  const planned = await planEvent(client, owner, marker);
  const guest = { email: `${marker.toLowerCase()}@example.com`, name: `${marker} Guest` };
  const occurrenceId = planned.occurrenceIds[0]!;
  const items = [{ ticketTypeId: planned.standingId, quantity: 3 }];
  const bought = await buy(client, owner, { occurrenceId, items, guest });
  const held = await must<{ id: string }>(
    client,
    'HoldTickets',
    { input: { idempotencyKey: newKey(), occurrenceId, items } },
    owner,
    'TicketsHeld',
  );
  const offer = { input: { ticketId: bought.tickets[1]!.id, toEmail: 'owner@example.com' } };
  const transfer = await must<{ id: string }>(client, 'OfferTransfer', offer, owner, 'TransferOffered');
  const more = await plantMore(platform, planned, guest, owner, marker);
  const sales = await plantSales(platform, bought.tickets[2]!.id, owner, marker);
  return {
    ids: {
      Venue: planned.venueId,
      Space: planned.spaceId,
      SeatMap: planned.seatMapId,
      Section: planned.sectionId,
      Event: planned.eventId,
      Occurrence: occurrenceId,
      TicketType: planned.standingId,
      Hold: held.id,
      Order: bought.orderId,
      Ticket: bought.tickets[0]!.id,
      Transfer: transfer.id,
      ...more,
      ...sales,
    },
    texts: { credential: bought.tickets[0]!.credential },
  };
}

async function plantMore(
  { client }: TestPlatform,
  planned: PlannedEvent,
  guest: { readonly email: string; readonly name: string },
  token: string,
  marker: string,
): Promise<Target['ids']> {
  const found = await client.query<Found>(
    findMore,
    { spaceId: planned.spaceId, search: guest.email },
    { token },
  );
  const guestId = found.guests.edges[0]!.node.id;
  const made = await client.query<Made>(
    makeMore,
    {
      series: { idempotencyKey: newKey(), title: `${marker} Season` },
      consent: { idempotencyKey: newKey(), guestId, purpose: 'marketing-email', granted: true },
    },
    { token },
  );
  const seats = { ticketTypeId: planned.seatedId, quantity: 6 };
  const seatIds = found.space.seatMap.sections[0]!.rows.flatMap((row) => row.seats.map((seat) => seat.id));
  for (const from of [0, 6, 12]) {
    const items = [{ ...seats, quantity: Math.min(6, 20 - from), seatIds: seatIds.slice(from, from + 6) }];
    await run(
      client,
      'HoldTickets',
      { input: { idempotencyKey: newKey(), occurrenceId: planned.occurrenceIds[1], items } },
      token,
    );
  }
  const waiting = {
    occurrenceId: planned.occurrenceIds[1],
    ticketTypeId: planned.seatedId,
    quantity: 6,
    guest,
  };
  const entry = await must<{ id: string }>(
    client,
    'JoinWaitlist',
    { input: waiting },
    token,
    'WaitlistJoined',
  );
  return {
    Seat: seatIds[0]!,
    GeneralAdmissionArea: found.space.seatMap.generalAdmissionAreas[0]!.id,
    Guest: guestId,
    SpaceBooking: found.space.bookings.edges[0]!.node.id,
    EventSeries: made.createEventSeries.series.id,
    ConsentRecord: made.recordConsent.consent.id,
    WaitlistEntry: entry.id,
    // Not made in this release: any well-formed id will do.
    WebhookEndpoint: planned.venueId.replace('ven_', 'whe_'),
    Delivery: planned.venueId.replace('ven_', 'dlv_'),
  };
}

type Found = {
  readonly space: {
    readonly seatMap: {
      readonly sections: readonly {
        readonly rows: readonly { readonly seats: readonly { readonly id: string }[] }[];
      }[];
      readonly generalAdmissionAreas: readonly { readonly id: string }[];
    };
    readonly bookings: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  };
  readonly guests: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
};

const findMore = `query FindMore($spaceId: ID!, $search: String!) {
  space(id: $spaceId) {
    seatMap { sections { rows { seats { id } } } generalAdmissionAreas { id } }
    bookings(first: 1) { edges { node { id } } }
  }
  guests(first: 1, search: $search) { edges { node { id } } }
}`;

type Made = {
  readonly createEventSeries: { readonly series: { readonly id: string } };
  readonly recordConsent: { readonly consent: { readonly id: string } };
};

const makeMore = `mutation MakeMore($series: CreateEventSeriesInput!, $consent: RecordConsentInput!) {
  createEventSeries(input: $series) { ... on EventSeriesCreated { series { id } } }
  recordConsent(input: $consent) { ... on ConsentRecorded { consent { id } } }
}`;

/** What the organiser sets up for selling, and a ticket that its holder sells on. */
async function plantSales(
  { client }: TestPlatform,
  ticketId: string,
  token: string,
  marker: string,
): Promise<Target['ids']> {
  const made = await client.query<Record<keyof typeof sales, Record<string, { readonly id: string }>>>(
    makeSales,
    {
      ticketId,
      voucher: { code: marker.toUpperCase(), name: `${marker} friends`, percentBasisPoints: 1_000 },
      fee: { name: `${marker} booking fee`, per: 'TICKET', amount: { amountMinor: 50, currency: 'EUR' } },
      tax: { name: `${marker} VAT`, rateBasisPoints: 1_000, inclusive: true },
    },
    { token },
  );
  return Object.fromEntries(
    Object.entries(sales).map(([field, type]) => [
      type,
      Object.values(made[field as keyof typeof sales])[0]!.id,
    ]),
  );
}

const sales = {
  saveVoucher: 'Voucher',
  saveFeeRule: 'FeeRule',
  saveTaxRate: 'TaxRate',
  listTicket: 'ResaleListing',
} as const;

const makeSales = `mutation MakeSales($voucher: VoucherInput!, $fee: FeeRuleInput!, $tax: TaxRateInput!, $ticketId: ID!) {
  saveVoucher(input: $voucher) { ... on VoucherSaved { voucher { id } } }
  saveFeeRule(input: $fee) { ... on FeeRuleSaved { feeRule { id } } }
  saveTaxRate(input: $tax) { ... on TaxRateSaved { taxRate { id } } }
  listTicket(ticketId: $ticketId) { ... on TicketListed { listing { id } } }
}`;
