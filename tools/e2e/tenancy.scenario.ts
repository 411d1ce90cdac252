import { beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isInterfaceType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { buy, must, newKey, planEvent, run, type PlannedEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import { walk, type Target, type WalkedField } from './schema-walk.ts';

/** In every text that organisation A writes: seen by B, it has leaked. */
const marker = 'Zanzibar';

/** Mutations that refuse A's owner what the walk asks, whatever their arguments; each with its reason. */
const mayRefuse: Readonly<Record<string, string>> = {};

/** Every root field of the composed graph, by organisation B with A's ids. New fields are walked by themselves. */
export function describeTenancy(platform: () => TestPlatform): void {
  describe('two organisations', () => {
    const [a, b] = [newUuid(), newUuid()];
    let schema: GraphQLSchema;
    let target: Target;
    let ownerA: string;
    let ownerB: string;
    let before: Readonly<Record<string, string>>;

    beforeAll(async () => {
      const { client, tokens } = platform();
      ownerA = await tokens.token({ role: 'owner', organisationId: a });
      ownerB = await tokens.token({ role: 'owner', organisationId: b });
      const introspected = await client.query<IntrospectionQuery>(
        getIntrospectionQuery(),
        {},
        { token: ownerA },
      );
      schema = buildClientSchema(introspected);
      target = await plantTarget(platform(), a, ownerA);
      before = await settledFingerprint(platform(), a);
    }, 60_000);

    const send = (field: WalkedField, token: string) =>
      platform().client.send<Record<string, { __typename?: string } | null>>(
        field.document,
        field.variables,
        { token },
      );

    test('B sees nothing of A through any root field, and A does', async () => {
      const fields = walk(schema, target);
      let seenByA = 0;
      for (const field of fields.filter((each) => each.kind === 'query')) {
        const [mine, theirs] = [await send(field, ownerA), await send(field, ownerB)];
        // A question that is malformed proves nothing.
        expect({ field: field.name, errors: mine.errors }).toEqual({ field: field.name, errors: [] });
        const leaked = secretsIn(theirs.data, field, target);
        expect({ field: field.name, leaked }).toEqual({ field: field.name, leaked: [] });
        if (secretsIn(mine.data, field, target).length > 0) seenByA++;
      }
      // The walk can see: were there no walls, these would have been leaks.
      expect(seenByA).toBeGreaterThan(20);
    }, 60_000);

    test('B changes nothing of A through any mutation: each answers a refusal', async () => {
      for (const field of walk(schema, target).filter((each) => each.kind === 'mutation')) {
        const { data, errors } = await send(field, ownerB);
        expect({ field: field.name, leaked: secretsIn(data, field, target) }).toEqual({
          field: field.name,
          leaked: [],
        });
        const typename = data?.[field.name]?.__typename;
        const refused = errors.length > 0 || (typename !== undefined && isRefusal(schema, typename));
        expect({ field: field.name, refused: refused || !field.namesTarget }).toEqual({
          field: field.name,
          refused: true,
        });
      }
      expect(await settledFingerprint(platform(), a)).toEqual(before);
    }, 60_000);

    test('without a token no root field answers', async () => {
      for (const field of walk(schema, target)) {
        const { data, errors } = await platform().client.send<Record<string, unknown>>(
          field.document,
          field.variables,
        );
        expect({ field: field.name, data: data?.[field.name] ?? null }).toEqual({
          field: field.name,
          data: null,
        });
        expect({ field: field.name, code: errors[0]?.extensions?.code }).toEqual({
          field: field.name,
          code: 'UNAUTHENTICATED',
        });
      }
    }, 60_000);

    test('no service answers those who come past the gateway', async () => {
      for (const [name, url] of Object.entries(platform().running.urls.services).filter(
        ([each]) => each !== 'gateway',
      )) {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${ownerA}` },
          body: JSON.stringify({ query: '{ _service { sdl } }' }),
        });
        expect({ name, status: response.status }).toEqual({ name, status: 401 });
      }
    }, 20_000);

    // Last: here A's things do change.
    test('the walk is well-formed: for A itself nothing is malformed or unknown', async () => {
      const malformed: unknown[] = [];
      const mutations = walk(schema, target).filter((each) => each.kind === 'mutation');
      // Who is erased first is not found by the others.
      const isErasure = ({ name }: WalkedField) => Number(name.startsWith('erase'));
      for (const field of mutations.toSorted((one, other) => isErasure(one) - isErasure(other))) {
        const { data, errors } = await send(field, ownerA);
        const answer = data?.[field.name];
        const bad = errors.length > 0 || /^(InvalidInput|NotFound)$/.test(answer?.__typename ?? 'null');
        if (bad && !mayRefuse[field.name]) malformed.push({ field: field.name, answer, errors });
      }
      expect(malformed).toEqual([]);
    }, 60_000);
  });
}

function isRefusal(schema: GraphQLSchema, typename: string): boolean {
  const refusal = schema.getType('Refusal');
  return isInterfaceType(refusal) && schema.getPossibleTypes(refusal).some((type) => type.name === typename);
}

/** What of A's is in an answer: its marker, or an id that the question did not hold. */
function secretsIn(data: unknown, field: WalkedField, target: Target): string[] {
  const answer = JSON.stringify(data ?? null);
  const asked = JSON.stringify(field.variables);
  const ids = Object.values(target.ids).filter((id) => answer.includes(id) && !asked.includes(id));
  return answer.includes(marker) ? [marker, ...ids] : ids;
}

/** The digests once nothing of A's own is on its way to another service any more. */
async function settledFingerprint(
  platform: TestPlatform,
  organisationId: string,
): Promise<Readonly<Record<string, string>>> {
  await platform.settled();
  return platform.fingerprint(organisationId);
}

/** One of everything that the graph knows, in organisation A. */
async function plantTarget(platform: TestPlatform, organisationId: string, owner: string): Promise<Target> {
  const { client } = platform;
  const planned = await planEvent(client, owner, marker);
  const guest = { email: `${marker.toLowerCase()}@example.com`, name: `${marker} Guest` };
  const occurrenceId = planned.occurrenceIds[0]!;
  const items = [{ ticketTypeId: planned.standingId, quantity: 2 }];
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
  const more = await plantMore(platform, planned, guest, owner);
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
    },
    texts: { credential: bought.tickets[0]!.credential },
  };
}

async function plantMore(
  { client }: TestPlatform,
  planned: PlannedEvent,
  guest: { readonly email: string; readonly name: string },
  token: string,
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
