import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, newUuid } from '@marquee/kernel';
import { waitUntilSettled } from '../client/settled.ts';
import { percentile } from '../client/statistics.ts';
import { createTokens } from '../client/tokens.ts';
import { northlight } from '../seed/organisations.ts';
import { startPlatform, type RunningPlatform } from '../start/platform.ts';
import { row, units, type Bench, type BenchOptions, type BenchRow } from './harness.ts';
import type { BareTask } from './live-bare.ts';
import type { LiveTask } from './live-clients.ts';
import { clockMs } from './worker-process.ts';

/**
 * Open subscriptions, each on a connection of its own: what one costs the gateway in memory, and how long after a hold
 * was answered all of them show it. The comparison is graphql-ws alone, with nothing behind it.
 */
export const liveBench: Bench = {
  name: 'live',
  summary:
    'memory of an open subscription and the spread of a change to 10,000 of them, beside bare graphql-ws',
  run: measure,
};

type Figures = { readonly bytes: number; readonly p50: number; readonly p99: number };
type Worker<Task> = { readonly child: ChildProcess; tell<T>(task: Task): Promise<T> };

function startWorker<Task extends object>(file: string): Worker<Task> {
  const child = fork(fileURLToPath(import.meta.resolve(file)), { stdio: 'inherit' });
  return {
    child,
    tell: <T>(task: Task) =>
      new Promise<T>((resolve, reject) => {
        child.once('message', (answer: { value?: T; fault?: string }) =>
          answer.fault ? reject(new Error(answer.fault)) : resolve(answer.value as T),
        );
        child.send(task);
      }),
  };
}

function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}

type Server = {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
  readonly payload: { readonly query: string; readonly variables?: object };
  /** Changes what all watch; resolves when the change is answered. */
  change(): Promise<void>;
};

async function measureServer(server: Server, count: number, changes: number): Promise<Figures> {
  const clients = startWorker<LiveTask>('./live-clients.ts');
  try {
    const { url, token, payload } = server;
    // The first tenth fills what a process has in hand from its start; what comes on top is what one costs.
    const first = count / 10;
    await clients.tell({ task: 'open', url, token, payload, count: first });
    const before = residentBytes(server.pid);
    await clients.tell({ task: 'open', url, token, payload, count });
    const bytes = (residentBytes(server.pid) - before) / (count - first);
    const delays: number[] = [];
    for (let time = 0; time < changes; time += 1) {
      const sinceMs = clockMs();
      await server.change();
      delays.push(...(await clients.tell<number[]>({ task: 'heard', sinceMs })));
    }
    await clients.tell({ task: 'close' });
    return { bytes, p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  } finally {
    clients.child.disconnect();
  }
}

async function measureBare(count: number, changes: number): Promise<Figures> {
  const bare = startWorker<BareTask>('./live-bare.ts');
  try {
    const { port, pid } = await bare.tell<{ port: number; pid: number }>({ task: 'listen' });
    return await measureServer(
      {
        pid,
        url: `ws://127.0.0.1:${port}`,
        token: 'none',
        payload: { query: 'subscription { availabilityChanged }' },
        change: () => bare.tell({ task: 'change' }),
      },
      count,
      changes,
    );
  } finally {
    bare.child.disconnect();
  }
}

/** The gateway, with an occurrence whose tickets are held one by one. */
async function gatewayOf(platform: RunningPlatform): Promise<Server> {
  const viewer = {
    role: 'organiser',
    organisationId: northlight.id,
    email: 'bench@example.com',
    name: 'B',
  } as const;
  const token = await createTokens(platform.home).token(viewer);
  const ask = async <T>(query: string, variables: object = {}): Promise<T> => {
    const response = await fetch(platform.urls.graph, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    assert(data && !errors, `the graph answered ${JSON.stringify(errors)}`);
    return data;
  };
  const { occurrences } = await ask<{
    occurrences: { edges: { node: { id: string; event: { id: string; status: string } } }[] };
  }>('{ occurrences(first: 100) { edges { node { id event { id status } } } } }');
  const onSale = occurrences.edges.findLast(({ node }) => node.event.status === 'PUBLISHED')?.node;
  assert(onSale, 'the demo data has nothing on sale');
  const { createTicketType } = await ask<{ createTicketType: { ticketType: { id: string } } }>(
    'mutation($input: CreateTicketTypeInput!) { createTicketType(input: $input) { ... on TicketTypeCreated { ticketType { id } } } }',
    {
      input: {
        eventId: onSale.event.id,
        name: `Live ${newUuid()}`,
        price: { amountMinor: 100, currency: 'EUR' },
        quotaSize: 100_000,
      },
    },
  );
  const items = [{ ticketTypeId: createTicketType.ticketType.id, quantity: 1 }];
  return {
    pid: platform.pids()['gateway']!,
    url: platform.urls.graph.replace('http', 'ws'),
    token,
    payload: {
      query:
        'subscription($id: ID!) { availabilityChanged(occurrenceId: $id) { availability { available } } }',
      variables: { id: onSale.id },
    },
    change: async () => {
      const input = { idempotencyKey: newUuid(), occurrenceId: onSale.id, items };
      await ask('mutation($input: HoldTicketsInput!) { holdTickets(input: $input) { __typename } }', {
        input,
      });
    },
  };
}

async function measure({ quick, log }: BenchOptions): Promise<BenchRow[]> {
  const [count, changes] = quick ? [1_000, 3] : [10_000, 5];
  const home = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  log('starting the platform with demo data');
  // All connections are one account's here.
  const env = {
    NODE_ENV: 'production',
    MARQUEE_RATE_LIMITS: 'report',
    MARQUEE_LIVE_CONNECTIONS_PER_VIEWER: '20000',
  };
  const platform = await startPlatform({ home, port: 0, logLevel: 'warn', env });
  let ours: Figures;
  try {
    await waitUntilSettled(Object.values(platform.urls.services), 180_000);
    log(`opening ${count.toLocaleString('en')} subscriptions at the gateway`);
    ours = await measureServer(await gatewayOf(platform), count, changes);
  } finally {
    await platform.stop();
    rmSync(home, { recursive: true, force: true });
  }
  log(`opening ${count.toLocaleString('en')} subscriptions at a bare server`);
  const bare = await measureBare(count, changes);
  const of = `of ${count.toLocaleString('en')} subscriptions`;
  const peer = 'bare graphql-ws';
  return [
    row(`memory of one ${of}`, ours.bytes, units.bytes, peer, bare.bytes),
    row(`from a hold sent to its showing, p50 ${of}`, ours.p50, units.milliseconds, peer, bare.p50),
    row(`from a hold sent to its showing, p99 ${of}`, ours.p99, units.milliseconds, peer, bare.p99),
  ];
}
