import { createFileKeyManagement } from '@marquee/event-log';
import { systemClock, type Clock } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { temporaryDirectory, testDatabase } from '@marquee/testkit';
import { askGraph, servedForTest } from '@marquee/testkit/graph';
import { buildSchema } from 'graphql';
import { createDocumentLinks } from './billing/download-documents.ts';
import { createEndpointBreakers } from './deliveries/endpoint-breakers.ts';
import { startEngine, type EngineOptions } from './deliveries/engine.ts';
import { createAddressRule } from './guard/addresses.ts';
import { createGuardedAgent } from './guard/guarded-agent.ts';
import type { Marketplace } from './plugins/marketplace.ts';
import { PluginSecrets } from './plugins/plugin-secrets.ts';
import { migrations } from './migrations/index.ts';
import { defaultPlans } from './plans/plan.ts';
import { createPriceLists } from './plans/price-lists.ts';
import type { Graph } from './selections/graph.ts';
import { createPayloads } from './selections/payloads.ts';
import { SecretStore } from './signing/secrets.ts';
import { serveHub } from './subgraph.ts';

const schema = buildSchema(`
  type Query { order(id: ID!): Order orders(first: Int = 20): [Order!]! secret: String }
  type Order { id: ID! number: String! lines(first: Int = 100): [Line!]! }
  type Line { order: Order! orders(first: Int = 100): [Order!]! }`);

/** A graph that answers what a test says. */
function fakeGraph(): Graph & {
  readonly asked: { viewer: Viewer; variables: unknown }[];
  answer: () => unknown;
} {
  const asked: { viewer: Viewer; variables: unknown }[] = [];
  return {
    asked,
    answer: () => ({ order: { number: `A-${asked.length}` } }),
    schema: async () => schema,
    async query(viewer, _, variables) {
      asked.push({ viewer, variables });
      return this.answer();
    },
  };
}

const noMarketplace: Marketplace = {
  releases: async () => [],
  open: () => Promise.reject(new Error('there is no marketplace')),
};

/** A database, the subgraph over HTTP as the gateway sees it, and a worker when one is started. */
export async function createWorld({
  marketplaceOf = () => noMarketplace,
  clock = systemClock,
}: { readonly marketplaceOf?: (database: Database) => Marketplace; readonly clock?: Clock } = {}) {
  const db = await testDatabase({ name: 'hub', migrations, connection: { poolSize: 5 } });
  const { path } = await temporaryDirectory();
  const keys = await createFileKeyManagement({ path: `${path}/keys.json` });
  const [secrets, pluginSecrets] = [new SecretStore(keys), new PluginSecrets(keys)];
  const addresses = createAddressRule(['127.0.0.0/8']);
  const graph = fakeGraph();
  const { database } = db;
  const marketplace = marketplaceOf(database);
  const priceLists = createPriceLists(database, defaultPlans);
  const services = {
    database,
    clock,
    secrets,
    pluginSecrets,
    marketplace,
    addresses,
    graph,
    priceLists,
    documentLinks: createDocumentLinks({ publicUrl: 'http://localhost:4000', secret: 'links of the tests' }),
    onCommit: () => undefined,
    onDue: () => undefined,
    onKept: () => undefined,
  };
  const subgraph = await serveHub(services, servedForTest());
  const ask = askGraph(subgraph.url);
  const dispatcher = createGuardedAgent({ rule: addresses, connectTimeoutMs: 1_000 });
  const worker = (options: Partial<EngineOptions> = {}) =>
    startEngine({
      database,
      dispatcher,
      secrets,
      payloadOf: createPayloads(database, graph, async () => null),
      breakers: createEndpointBreakers(),
      metrics: createMetrics(),
      logger: silentLogger,
      onEvents: () => undefined,
      pollMs: 20,
      pauseAfter: soon,
      ...options,
    });
  const drop = async () => {
    await subgraph.drain();
    await dispatcher.destroy();
    await db.drop();
  };
  return {
    db,
    database,
    clock,
    priceLists,
    url: subgraph.url,
    keysFile: `${path}/keys.json`,
    secrets,
    pluginSecrets,
    dispatcher,
    graph,
    ask,
    worker,
    drop,
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** As many tries as the schedule has, without its pauses. */
const soon = (tries: number) => (tries < 10 ? 1 : null);

export function viewerOf(organisationId: string, role: Role = 'ORGANISER'): Viewer {
  return { subject: `tester ${role}`, organisationId, role, scopes: scopesOf(role) };
}
