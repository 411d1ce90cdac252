import { randomUUID } from 'node:crypto';
import type { GraphClient } from '../client/graph-client.ts';
import { operation } from '../client/journey.ts';

export type Result = { readonly __typename: string } & Readonly<Record<string, unknown>>;

/** Sends one mutation of the journey and answers its result, whatever its type. Throws on errors. */
export async function run(
  client: GraphClient,
  name: string,
  variables: Readonly<Record<string, unknown>>,
  token: string,
): Promise<Result> {
  const data = await client.query<Record<string, Result>>(operation(name), variables, { token });
  const result = Object.values(data)[0];
  if (!result) throw new Error(`${name} answered nothing`);
  return result;
}

/** As `run`, for a result that must be of this type: its one member is answered. */
export async function must<T>(
  client: GraphClient,
  name: string,
  variables: Readonly<Record<string, unknown>>,
  token: string,
  typename: string,
): Promise<T> {
  const result = await run(client, name, variables, token);
  if (result.__typename !== typename) throw new Error(`${name}: ${JSON.stringify(result)}`);
  const member = Object.entries(result).find(([key]) => key !== '__typename');
  return member?.[1] as T;
}

/** An idempotency key that nobody else uses. */
export const newKey = (): string => randomUUID();

/** 19:00 on a day this many days ahead, as the wall clock shows it. */
export function eveningIn(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T19:00`;
}

export type PlannedEvent = {
  readonly venueId: string;
  readonly spaceId: string;
  readonly seatMapId: string;
  readonly sectionId: string;
  readonly eventId: string;
  readonly occurrenceIds: readonly string[];
  /** General admission, 50 places unless told. */
  readonly standingId: string;
  /** Seats of the section Stalls, 20 places. */
  readonly seatedId: string;
};

/** Plans and publishes a weekly event in a new venue, all through the graph. `name` is in every text it writes. */
export async function planEvent(
  client: GraphClient,
  organiser: string,
  name: string,
  standingPlaces = 50,
): Promise<PlannedEvent> {
  const make = <T>(operationName: string, variables: object, typename: string): Promise<T> =>
    must<T>(client, operationName, variables as Record<string, unknown>, organiser, typename);
  const venue = await make<{ id: string }>('CreateVenue', { input: venueInput(name) }, 'VenueCreated');
  const space = await make<{ id: string }>(
    'CreateSpace',
    { input: { venueId: venue.id, name: `${name} Hall`, capacity: 80 } },
    'SpaceCreated',
  );
  const map = await make<{ id: string; sections: { id: string }[] }>(
    'PublishSeatMap',
    { input: seatMapInput(space.id) },
    'SeatMapPublished',
  );
  const event = await make<{ id: string; occurrences: { edges: { node: { id: string } }[] } }>(
    'CreateEvent',
    { input: eventInput(space.id, name) },
    'EventCreated',
  );
  const ticketType = (typeName: string, amountMinor: number, quotaSize: number, sectionName: string | null) =>
    make<{ id: string }>(
      'CreateTicketType',
      {
        input: {
          eventId: event.id,
          name: typeName,
          price: { amountMinor, currency: 'EUR' },
          quotaSize,
          maxPerOrder: 6,
          sectionName,
        },
      },
      'TicketTypeCreated',
    );
  const standing = await ticketType(`${name} Standing`, 2_500, standingPlaces, null);
  const seated = await ticketType(`${name} Stalls`, 4_200, 20, 'Stalls');
  await make('PublishEvent', { id: event.id }, 'EventPublished');
  return {
    venueId: venue.id,
    spaceId: space.id,
    seatMapId: map.id,
    sectionId: map.sections[0]!.id,
    eventId: event.id,
    occurrenceIds: event.occurrences.edges.map((edge) => edge.node.id),
    standingId: standing.id,
    seatedId: seated.id,
  };
}

export function venueInput(name: string) {
  return {
    name: `${name} House`,
    timeZone: 'Europe/Vienna',
    address: { line1: `${name} 1`, city: 'Vienna', countryCode: 'AT' },
    location: { latitude: 48.2082, longitude: 16.3738 },
  };
}

export function seatMapInput(spaceId: string) {
  const seats = (row: number) =>
    Array.from({ length: 10 }, (_, x) => ({ label: String(x + 1), x, y: row, accessible: x === 0 }));
  const rows = ['A', 'B'].map((label, row) => ({ label, seats: seats(row) }));
  return {
    spaceId,
    sections: [{ name: 'Stalls', rows }],
    generalAdmissionAreas: [{ name: 'Floor', capacity: 50 }],
  };
}

export function eventInput(spaceId: string | null, name: string) {
  return {
    idempotencyKey: newKey(),
    title: `${name} Nights`,
    description: `Four evenings of ${name}.`,
    spaceId,
    timeZone: 'Europe/Vienna',
    startsAtLocal: eveningIn(30),
    durationMinutes: 120,
    recurrence: 'FREQ=WEEKLY;COUNT=4',
  };
}

export type Purchase = {
  readonly holdId: string;
  readonly orderId: string;
  readonly tickets: readonly { readonly id: string; readonly credential: string }[];
};

/** Holds, checks out and pays. Throws where any step is refused. */
export async function buy(
  client: GraphClient,
  token: string,
  order: {
    readonly occurrenceId: string;
    readonly items: readonly {
      readonly ticketTypeId: string;
      readonly quantity: number;
      readonly seatIds?: readonly string[];
    }[];
    readonly guest: { readonly email: string; readonly name: string };
  },
): Promise<Purchase> {
  const { occurrenceId, items, guest } = order;
  const hold = await must<{ id: string }>(
    client,
    'HoldTickets',
    { input: { idempotencyKey: newKey(), occurrenceId, items } },
    token,
    'TicketsHeld',
  );
  const placed = await must<{ id: string }>(
    client,
    'CheckOut',
    { input: { idempotencyKey: newKey(), holdId: hold.id, guest } },
    token,
    'OrderPlaced',
  );
  const paid = await must<{ tickets: { id: string; credential: string }[] }>(
    client,
    'PayOrder',
    { input: { idempotencyKey: newKey(), orderId: placed.id, provider: 'sandbox', paymentToken: 'approve' } },
    token,
    'OrderPaid',
  );
  return { holdId: hold.id, orderId: placed.id, tickets: paid.tickets };
}
