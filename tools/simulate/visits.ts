import { randomUUID } from 'node:crypto';
import type { GraphClient } from '../client/graph-client.ts';
import { operation } from '../client/journey.ts';
import { inventPerson } from '../seed/names.ts';
import type { SeedOrganisation } from '../seed/organisations.ts';
import type { Random } from '../seed/random.ts';
import type { Tally } from './tally.ts';

/** Someone with a token of one organisation who does something, at a person's pace. */
export type Visitor = {
  readonly client: GraphClient;
  readonly organisation: SeedOrganisation;
  readonly random: Random;
  readonly tally: Tally;
  /** A token for one of the organisation's people; a guest's is that of the e-mail address. */
  readonly token: (role: 'guest' | 'box-office' | 'scanner' | 'organiser', email?: string) => Promise<string>;
  /** Waits as people do; rejects when the traffic is called off. */
  readonly think: (atLeastMs: number, atMostMs: number) => Promise<void>;
  /** Tickets sold in this run, for those at the door. */
  readonly sold: SoldTicket[];
};

export type SoldTicket = {
  readonly organisation: SeedOrganisation;
  readonly occurrenceId: string;
  readonly credential: string;
};

type Answer = { readonly __typename: string } & Readonly<Record<string, unknown>>;

type Edge<T> = { readonly cursor: string; readonly node: T };
type Listed = {
  readonly id: string;
  readonly ticketTypes: readonly { readonly id: string; readonly name: string; readonly available: number }[];
};
type Page = {
  readonly occurrences: {
    readonly edges: readonly Edge<Listed>[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
};

/** What people come for, and how often of a hundred. */
export const visitWeights = {
  browse: 45,
  buy: 34,
  'walk away': 8,
  'my tickets': 5,
  door: 6,
  office: 2,
} as const;

export type VisitKind = keyof typeof visitWeights;

export const visits: Readonly<Record<VisitKind, (visitor: Visitor) => Promise<void>>> = {
  browse: async (visitor) => void (await chooseOccurrence(visitor, await visitor.token('guest'))),
  buy: (visitor) => buy(visitor, true),
  'walk away': (visitor) => buy(visitor, false),
  'my tickets': myTickets,
  door: scanAtTheDoor,
  office: readStats,
};

/** Sends an operation and counts it. Answers null where there was an error; counts it too. */
async function send<T>(visitor: Visitor, name: string, variables: object, token: string): Promise<T | null> {
  const beganMs = performance.now();
  try {
    const { data, errors } = await visitor.client.send<T>(
      operation(name),
      variables as Record<string, unknown>,
      { token },
    );
    visitor.tally.operation(name, performance.now() - beganMs);
    for (const error of errors) visitor.tally.error(name, error.extensions?.code ?? error.message);
    return errors.length > 0 ? null : data;
  } catch (error) {
    visitor.tally.error(
      name,
      (error as { code?: string }).code ?? (error instanceof Error ? error.name : 'unknown'),
    );
    return null;
  }
}

/** As `send`, for a mutation: answers its result when it is of the type hoped for, and counts a refusal otherwise. */
async function mutate(
  visitor: Visitor,
  name: string,
  variables: object,
  token: string,
  hoped: string,
): Promise<Answer | null> {
  const data = await send<Readonly<Record<string, Answer>>>(visitor, name, variables, token);
  const result = data && Object.values(data)[0];
  if (!result) return null;
  if (result.__typename === hoped) return result;
  visitor.tally.refusal(name, result.__typename);
  return null;
}

async function chooseOccurrence(visitor: Visitor, token: string): Promise<Listed | null> {
  const { random } = visitor;
  const filter = { from: new Date().toISOString() };
  let page = await send<Page>(visitor, 'UpcomingOccurrences', { first: 20, filter }, token);
  for (let turn = 0; page?.occurrences.pageInfo.hasNextPage && turn < 3 && random.chance(0.5); turn++) {
    await visitor.think(300, 2_000);
    const after = page.occurrences.pageInfo.endCursor;
    page = (await send<Page>(visitor, 'UpcomingOccurrences', { first: 20, after, filter }, token)) ?? page;
  }
  const listed = page?.occurrences.edges.map((edge) => edge.node) ?? [];
  if (listed.length === 0) return null;
  const chosen = random.pick(listed);
  if (random.chance(0.7)) {
    await visitor.think(300, 1_500);
    await send(visitor, 'SeatPlan', { occurrenceId: chosen.id }, token);
  }
  return chosen;
}

type Plan = {
  readonly occurrence: {
    readonly seatMap: {
      readonly sections: readonly {
        readonly name: string;
        readonly rows: readonly { readonly seats: readonly { readonly id: string }[] }[];
      }[];
    } | null;
    readonly seatAvailability: readonly { readonly seatId: string }[];
  } | null;
};

/** Seats beside each other in a row of the section: none where the type is not seated, null where no row has as many. */
async function chooseSeats(
  visitor: Visitor,
  occurrenceId: string,
  sectionName: string,
  quantity: number,
  token: string,
): Promise<string[] | null> {
  const plan = await send<Plan>(visitor, 'SeatPlan', { occurrenceId }, token);
  const section = plan?.occurrence?.seatMap?.sections.find((each) => each.name === sectionName);
  if (!section) return [];
  const taken = new Set(plan?.occurrence?.seatAvailability.map((seat) => seat.seatId));
  const choices = section.rows.flatMap(({ seats }) =>
    seats
      .map((_, index) => seats.slice(index, index + quantity))
      .filter((group) => group.length === quantity),
  );
  const free = choices.filter((group) => group.every((seat) => !taken.has(seat.id)));
  return free.length > 0 ? visitor.random.pick(free).map((seat) => seat.id) : null;
}

async function buy(visitor: Visitor, pays: boolean): Promise<void> {
  const { random, tally, organisation } = visitor;
  const person = inventPerson(random, organisation, random.int(30_000, 99_999));
  const token = await visitor.token('guest', person.email);
  const chosen = await chooseOccurrence(visitor, token);
  const types = chosen?.ticketTypes.filter((type) => type.available > 0) ?? [];
  if (!chosen || types.length === 0) return;
  const type = random.pick(types);
  const quantity = Number(random.weighted({ '1': 25, '2': 50, '3': 10, '4': 15 }));
  const seatIds = await chooseSeats(visitor, chosen.id, type.name, quantity, token);
  if (!seatIds) return tally.outcome('parties that found no seats together');
  await visitor.think(500, 3_000);
  const items = [{ ticketTypeId: type.id, quantity, ...(seatIds.length > 0 && { seatIds }) }];
  const input = { idempotencyKey: randomUUID(), occurrenceId: chosen.id, items };
  const held = await mutate(visitor, 'HoldTickets', { input }, token, 'TicketsHeld');
  if (!held) return;
  const holdId = (held['hold'] as { id: string }).id;
  await visitor.think(500, 4_000);
  if (!pays) return walkAway(visitor, holdId, token);
  const placed = await mutate(
    visitor,
    'CheckOut',
    { input: { idempotencyKey: randomUUID(), holdId, guest: person } },
    token,
    'OrderPlaced',
  );
  if (!placed) return;
  tally.outcome('orders placed');
  // One in twenty thinks better of it at the last step: the order runs out by itself.
  if (random.chance(0.05)) return tally.outcome('orders left unpaid');
  await visitor.think(500, 3_000);
  await pay(visitor, chosen.id, (placed['order'] as { id: string }).id, token);
}

/** Half of those who walk away say so; the holds of the others run out by themselves. */
async function walkAway(visitor: Visitor, holdId: string, token: string): Promise<void> {
  if (visitor.random.chance(0.5)) return visitor.tally.outcome('holds left to run out');
  if (await mutate(visitor, 'ReleaseHold', { id: holdId }, token, 'HoldReleased'))
    visitor.tally.outcome('holds released');
}

async function pay(visitor: Visitor, occurrenceId: string, orderId: string, token: string): Promise<void> {
  const attempt = (paymentToken: string) => {
    const input = { idempotencyKey: randomUUID(), orderId, provider: 'sandbox', paymentToken };
    return mutate(visitor, 'PayOrder', { input }, token, 'OrderPaid');
  };
  if (visitor.random.chance(0.06)) {
    await attempt('decline');
    await visitor.think(1_000, 3_000);
  }
  const paid = await attempt('approve');
  if (!paid) return;
  const { tickets } = paid['order'] as { tickets: { credential: string | null }[] };
  visitor.tally.outcome('tickets sold', tickets.length);
  for (const { credential } of tickets) {
    if (credential) visitor.sold.push({ organisation: visitor.organisation, occurrenceId, credential });
  }
}

async function myTickets(visitor: Visitor): Promise<void> {
  const email = visitor.organisation.slug === 'northlight' ? 'ada@example.com' : 'nobody@example.com';
  await send(visitor, 'MyTickets', { first: 20 }, await visitor.token('guest', email));
}

async function scanAtTheDoor(visitor: Visitor): Promise<void> {
  const { random, sold, tally } = visitor;
  const token = await visitor.token('scanner');
  for (let reading = 0; reading < 3; reading++) {
    const ours = sold.filter((ticket) => ticket.organisation === visitor.organisation);
    if (ours.length === 0) return;
    const ticket = random.pick(ours);
    const forged = random.chance(0.02);
    const input = {
      occurrenceId: ticket.occurrenceId,
      credential: forged ? `${ticket.credential.slice(0, -4)}AAAA` : ticket.credential,
      nonce: randomUUID(),
      scannedAt: new Date().toISOString(),
      deviceId: 'simulated-door',
    };
    if (await mutate(visitor, 'ScanTicket', { input }, token, 'ScanAccepted'))
      tally.outcome('guests admitted');
    await visitor.think(300, 1_500);
  }
}

async function readStats(visitor: Visitor): Promise<void> {
  const token = await visitor.token('organiser');
  const page = await send<Page>(visitor, 'UpcomingOccurrences', { first: 10 }, token);
  for (const { node } of page?.occurrences.edges.slice(0, 3) ?? []) {
    await visitor.think(200, 800);
    await send(visitor, 'OccurrenceStats', { id: node.id }, token);
  }
}
