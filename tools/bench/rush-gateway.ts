import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, newUuid } from '@marquee/kernel';
import { waitUntilSettled } from '../client/settled.ts';
import { createTokens } from '../client/tokens.ts';
import { northlight } from '../seed/organisations.ts';
import { startPlatform, type RunningPlatform } from '../start/platform.ts';
import type { BenchOptions, BenchRow } from './harness.ts';
import { row, units } from './harness.ts';
import { median } from '../client/statistics.ts';
import { runLoad } from './load.ts';

const holdDocument = `mutation Hold($input: HoldTicketsInput!) {
  holdTickets(input: $input) { __typename ... on TicketsHeld { hold { id expiresAt } } ... on Refusal { message } }
}`;
const connections = 64;

/**
 * Holds through the whole gateway: HTTP, the token, the query plan, the service, the log; with the same platform and its
 * grants each alone as the comparison.
 */
export async function measureGateway(options: BenchOptions): Promise<BenchRow[]> {
  const ours = await holdsThroughGateway(options, 'coalesced');
  const alone = await holdsThroughGateway(options, 'single');
  const title = `holds through the gateway, ${connections} connections`;
  return [
    row(
      `${title}, holds/s`,
      ours.perSecond,
      { name: 'holds/s', better: 'more' },
      'each alone',
      alone.perSecond,
    ),
    row(`${title}, p99`, ours.p99, units.milliseconds, 'each alone', alone.p99),
  ];
}

async function holdsThroughGateway(
  { runs, quick, log }: BenchOptions,
  granting: 'coalesced' | 'single',
): Promise<{ perSecond: number; p99: number }> {
  const home = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  log(`starting the platform with demo data, grants ${granting}`);
  // Everything is counted, and nobody refused: one client is all the load.
  const env = { NODE_ENV: 'production', MARQUEE_GRANTING: granting, MARQUEE_RATE_LIMITS: 'report' };
  const platform = await startPlatform({ home, port: 0, logLevel: 'warn', env });
  try {
    await waitUntilSettled(Object.values(platform.urls.services), 180_000);
    const samples = [];
    for (let run = 0; run < runs; run++) samples.push(await measureOnce(platform, quick));
    return {
      perSecond: median(samples.map(({ perSecond }) => perSecond)),
      p99: median(samples.map(({ p99 }) => p99)),
    };
  } finally {
    await platform.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function measureOnce(
  platform: RunningPlatform,
  quick: boolean,
): Promise<{ perSecond: number; p99: number }> {
  const token = await createTokens(platform.home).token({
    role: 'organiser',
    organisationId: northlight.id,
    email: 'bench@example.com',
    name: 'Bench',
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const ask = async <T>(query: string, variables: object): Promise<T> => {
    const response = await fetch(platform.urls.graph, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    assert(data && !errors, `the graph answered ${JSON.stringify(errors)}`);
    return data;
  };
  const { occurrences } = await ask<{
    occurrences: { edges: { node: { id: string; event: { id: string; status: string } } }[] };
  }>('query { occurrences(first: 100) { edges { node { id event { id status } } } } }', {});
  // The last one is not over before the measurement is: what is refused costs a question to events, and is no sale.
  const onSale = occurrences.edges.findLast(({ node }) => node.event.status === 'PUBLISHED');
  assert(onSale, 'the demo data has nothing on sale');
  const { id: occurrenceId, event } = onSale.node;
  const { createTicketType } = await ask<{ createTicketType: { ticketType?: { id: string } } }>(
    `mutation($input: CreateTicketTypeInput!) { createTicketType(input: $input) {
       ... on TicketTypeCreated { ticketType { id } } } }`,
    {
      input: {
        eventId: event.id,
        name: `Rush ${newUuid()}`,
        price: { amountMinor: 4500, currency: 'EUR' },
        quotaSize: 1_000_000,
      },
    },
  );
  const ticketTypeId = createTicketType.ticketType?.id;
  assert(ticketTypeId, 'the ticket type could not be made');
  const bodies = Array.from({ length: quick ? 6_000 : 20_000 }, () =>
    JSON.stringify({
      query: holdDocument,
      variables: {
        input: { idempotencyKey: newUuid(), occurrenceId, items: [{ ticketTypeId, quantity: 1 }] },
      },
    }),
  );
  const times = quick ? { warmUpMs: 500, measureMs: 1_000 } : { warmUpMs: 2_000, measureMs: 4_000 };
  const load = await runLoad({ url: platform.urls.graph, headers, bodies, connections, ...times });
  assert(load.failures === 0, `${load.failures} holds failed; the first: ${load.firstFailure}`);
  const { occurrence } = await ask<{ occurrence: { ticketTypes: { id: string; available: number }[] } }>(
    'query($id: ID!) { occurrence(id: $id) { ticketTypes { id available } } }',
    { id: occurrenceId },
  );
  const held = 1_000_000 - occurrence.ticketTypes.find(({ id }) => id === ticketTypeId)!.available;
  assert(held >= load.requests, `${load.requests} holds were answered, and ${held} are there`);
  return { perSecond: load.requestsPerSecond, p99: load.p99Ms };
}
