import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scopesOf, type Viewer } from '@marquee/subgraph';
import { operation } from '../client/journey.ts';
import { waitUntilSettled } from '../client/settled.ts';
import { createTokens } from '../client/tokens.ts';
import { northlight } from '../seed/organisations.ts';
import { startPlatform, type RunningPlatform } from '../start/platform.ts';
import type { BareGatewayPlan } from './bare-gateway.ts';
import { peerEnvironment } from './config.ts';
import { compare, units, type Bench, type BenchOptions, type BenchRow, type Contender } from './harness.ts';
import { runLoad, type LoadPlan } from './load.ts';

const peerName = 'bare Apollo gateway';
const connectionCounts = [1, 16, 64];

const oneHop = `query OneHop($first: Int!) {
  occurrences(first: $first) { edges { node { id startsAt event { title } availability { status available } } } }
}`;

/** Bodies of requests that a shop window sends, over the demo data. */
const queries = [
  { name: 'UpcomingOccurrences', document: operation('UpcomingOccurrences'), variables: { first: 20 } },
  { name: 'one hop', document: oneHop, variables: { first: 20 } },
];

export const graphBench: Bench = {
  name: 'graph',
  summary: 'the graph through our gateway, and through a bare ApolloGateway over the same services',
  async run(options) {
    const home = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
    try {
      return await withPlatform(home, options, (platform) => measure(platform, options));
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

async function withPlatform<T>(
  home: string,
  { log }: BenchOptions,
  work: (platform: RunningPlatform) => Promise<T>,
): Promise<T> {
  log('starting the platform with demo data');
  // Everything is counted, and nobody refused: one client is all the load.
  const env = { NODE_ENV: 'production', MARQUEE_RATE_LIMITS: 'report' };
  const platform = await startPlatform({ home, port: 0, logLevel: 'warn', env });
  try {
    return await work(platform);
  } finally {
    await platform.stop();
  }
}

async function measure(platform: RunningPlatform, options: BenchOptions): Promise<BenchRow[]> {
  const person = { email: 'bench@example.com', name: 'Bench' };
  const token = await createTokens(platform.home).token({
    role: 'organiser',
    organisationId: northlight.id,
    ...person,
  });
  const viewer: Viewer = {
    subject: 'bench',
    organisationId: northlight.id,
    role: 'ORGANISER',
    scopes: scopesOf('ORGANISER'),
    ...person,
  };
  const peer = await startBareGateway(platform, viewer);
  try {
    options.log('waiting until the demo data has reached every service');
    await waitUntilSettled(Object.values(platform.urls.services), 180_000);
    const rows: BenchRow[] = [];
    for (const { name, document, variables } of queries) {
      const body = JSON.stringify({ query: document, variables });
      await checkSame(platform.urls.graph, peer.url, token, body);
      for (const connections of connectionCounts) {
        const load = (contender: string, url: string): Contender<'req/s' | 'p50' | 'p99'> => ({
          name: contender,
          measure: () => measureOnce({ url, token, body, connections, quick: options.quick }),
        });
        const figures = {
          'req/s': units.requestsPerSecond,
          p50: units.milliseconds,
          p99: units.milliseconds,
        };
        const title = `${name} at ${connections}`;
        rows.push(
          ...(await compare(
            title,
            figures,
            load('marquee', platform.urls.graph),
            load(peerName, peer.url),
            options,
          )),
        );
      }
    }
    return rows;
  } finally {
    peer.stop();
  }
}

async function measureOnce(run: {
  readonly url: string;
  readonly token: string;
  readonly body: string;
  readonly connections: number;
  readonly quick: boolean;
}): Promise<{ 'req/s': number; p50: number; p99: number }> {
  const plan: LoadPlan = {
    url: run.url,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${run.token}` },
    bodies: [run.body],
    connections: run.connections,
    warmUpMs: run.quick ? 300 : 800,
    measureMs: run.quick ? 700 : 2_500,
  };
  const { requests, failures, firstFailure, requestsPerSecond, p50Ms, p99Ms } = await runLoad(plan);
  if (requests === 0)
    throw new Error('not one request was answered in time: is the machine busy with something else?');
  if (failures > 0) throw new Error(`${failures} requests failed; the first: ${firstFailure}`);
  return { 'req/s': requestsPerSecond, p50: p50Ms, p99: p99Ms };
}

/** Both must answer the same data, or they are not compared. */
async function checkSame(ours: string, peer: string, token: string, body: string): Promise<void> {
  const ask = async (url: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: 'POST', headers, body });
    return JSON.stringify(((await response.json()) as { data?: unknown }).data);
  };
  const [mine, theirs] = [await ask(ours), await ask(peer)];
  if (mine !== theirs)
    throw new Error(`the answers differ:\n${mine?.slice(0, 500)}\n${theirs?.slice(0, 500)}`);
}

async function startBareGateway(
  platform: RunningPlatform,
  viewer: Viewer,
): Promise<{ url: string; stop(): void }> {
  const child = fork(fileURLToPath(import.meta.resolve('./bare-gateway.ts')), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: peerEnvironment,
  });
  const plan: BareGatewayPlan = {
    supergraphFile: join(platform.home, 'supergraph.graphql'),
    subgraphUrls: Object.fromEntries(
      Object.entries(platform.urls.services).map(([name, url]) => [name, `${url}/graphql`]),
    ),
    internalSecret: platform.internalSecret,
    viewer,
  };
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string));
    child.once('exit', (code) => reject(new Error(`the bare gateway ended with ${code}`)));
    child.send(plan);
  });
  return { url, stop: () => child.disconnect() };
}
