import { expect } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import { buy, must, newKey, planEvent, run, type PlannedEvent } from './organisation.ts';
import { findId, plantDoor } from './plant-door.test-support.ts';
import { plantIdentity } from './plant-identity.test-support.ts';
import { plantPrivacy } from './plant-privacy.test-support.ts';
import { plantPlugin } from './plant-plugin.test-support.ts';
import { plantWebhook } from './plant-webhook.test-support.ts';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

/** Who buys in the target's organisation. */
export const guestOf = (marker: string) => ({
  email: `${marker.toLowerCase()}@example.com`,
  name: `${marker} Guest`,
});

/** One of everything that the graph knows, in the owner's organisation; `marker` is in every text. */
export async function plantTarget(platform: TestPlatform, owner: string, marker: string): Promise<Target> {
  const { client } = platform;
  const planned = await planEvent(client, owner, marker);
  const guest = guestOf(marker);
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
  const door = await plantDoor(platform, occurrenceId, bought.tickets[0]!.credential, owner, marker);
  const webhook = await plantWebhook(platform, owner, marker);
  const sales = await plantSales(platform, planned, bought.tickets[2]!.id, owner, marker);
  await linksMailed(platform);
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
      ...(await plantIdentity(platform, owner, marker)),
      ...door,
      ...webhook,
      ...(await plantPrivacy(platform, more.Guest!, owner)),
      Plugin: await plantPlugin(platform, owner),
      Invoice: await invoiceOf(platform, bought.orderId, owner),
    },
    texts: { credential: bought.tickets[0]!.credential },
  };
}

/** Buyers without an account are mailed a link to their order: some time after the order is paid. */
async function linksMailed(platform: TestPlatform): Promise<void> {
  await platform.settled();
  await eventually(async () =>
    expect(
      await platform.rows('identity', 'select from order_link where mail_id is null and revoked_at is null'),
    ).toEqual([]),
  );
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
  planned: PlannedEvent,
  ticketId: string,
  token: string,
  marker: string,
): Promise<Target['ids']> {
  const { eventId, standingId: ticketTypeId } = planned;
  const price = { amountMinor: 2_500, currency: 'EUR' };
  const made = await client.query<Record<string, object>>(
    makeSales,
    {
      ticketId,
      voucher: { code: marker.toUpperCase(), name: `${marker} friends`, percentBasisPoints: 1_000 },
      fee: { name: `${marker} booking fee`, per: 'TICKET', amount: { amountMinor: 50, currency: 'EUR' } },
      tax: { name: `${marker} VAT`, rateBasisPoints: 1_000, inclusive: true },
      plan: {
        name: `${marker} in two`,
        ticketTypeId,
        depositBasisPoints: 5_000,
        instalments: [{ daysBefore: 7, shareBasisPoints: 10_000 }],
      },
      question: { eventId, label: `${marker}: which name on the badge?`, kind: 'TEXT' },
      quota: { eventId, name: `${marker} backstage`, size: 10 },
      tiers: { ticketTypeId, tiers: [{ name: `${marker} early bird`, price, amount: 5 }] },
      block: {
        idempotencyKey: newKey(),
        occurrenceId: planned.occurrenceIds[2],
        items: [{ ticketTypeId, quantity: 1 }],
        reason: `${marker} house seats`,
      },
    },
    { token },
  );
  const first = (field: string) => findId(Object.values(made[field]!)[0])!;
  return {
    Voucher: first('saveVoucher'),
    FeeRule: first('saveFeeRule'),
    TaxRate: first('saveTaxRate'),
    PaymentPlan: first('savePaymentPlan'),
    Question: first('saveQuestion'),
    Quota: first('createQuota'),
    PriceTier: first('setPriceTiers'),
    PlaceBlock: first('blockPlaces'),
    ResaleListing: first('listTicket'),
  };
}

const makeSales = `mutation MakeSales(
  $voucher: VoucherInput!, $fee: FeeRuleInput!, $tax: TaxRateInput!, $question: QuestionInput!, $ticketId: ID!,
  $plan: PaymentPlanInput!, $quota: CreateQuotaInput!, $tiers: SetPriceTiersInput!, $block: BlockPlacesInput!
) {
  saveVoucher(input: $voucher) { ... on VoucherSaved { voucher { id } } }
  saveFeeRule(input: $fee) { ... on FeeRuleSaved { feeRule { id } } }
  saveTaxRate(input: $tax) { ... on TaxRateSaved { taxRate { id } } }
  savePaymentPlan(input: $plan) { ... on PaymentPlanSaved { paymentPlan { id } } }
  saveQuestion(input: $question) { ... on QuestionSaved { question { id } } }
  createQuota(input: $quota) { ... on QuotaCreated { quota { id } } }
  setPriceTiers(input: $tiers) { ... on PriceTiersSet { ticketType { priceTiers { id } } } }
  blockPlaces(input: $block) { ... on PlacesBlocked { block { id } } }
  listTicket(ticketId: $ticketId) { ... on TicketListed { listing { id } } }
}`;

/** Invoices are issued a moment after the payment. */
async function invoiceOf({ client }: TestPlatform, orderId: string, token: string): Promise<string> {
  let id: string | undefined;
  await eventually(async () => {
    const query = 'query InvoicesOf($id: ID!) { order(id: $id) { invoices { id } } }';
    id = findId(await client.query<object>(query, { id: orderId }, { token }));
    expect(id).toBeDefined();
  });
  return id!;
}
