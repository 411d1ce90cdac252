import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { catalogue, exampleOf, type DomainEvent, type EventType, type JsonSchema } from '@marquee/contracts';
import { createFileKeyManagement } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { scopesOf, signViewer, viewerHeader, type Role, type Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory, testDatabase } from '@marquee/testkit';
import { buildSchema } from 'graphql';
import { createEndpointBreakers } from './deliveries/endpoint-breakers.ts';
import { startEngine, type Engine, type EngineOptions } from './deliveries/engine.ts';
import { fanOut } from './deliveries/fan-out.ts';
import { createAddressRule } from './guard/addresses.ts';
import { createGuardedAgent } from './guard/guarded-agent.ts';
import type { Marketplace } from './plugins/marketplace.ts';
import { PluginSecrets } from './plugins/plugin-secrets.ts';
import { migrations } from './migrations/index.ts';
import { defaultPlans } from './plans/plan.ts';
import { createPlans } from './plans/plans.ts';
import type { Graph } from './selections/graph.ts';
import { createPayloads } from './selections/payloads.ts';
import { SecretStore } from './signing/secrets.ts';
import { serveHub } from './subgraph.ts';

const internalSecret = 'a secret of the tests, long enough for the signature';

export type Answer = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test asks for, it knows the shape of
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
};

const schema = buildSchema(`
  type Query { order(id: ID!): Order orders(first: Int = 20): [Order!]! secret: String }
  type Order { id: ID! number: String! lines(first: Int = 100): [Line!]! }
  type Line { order: Order! orders(first: Int = 100): [Order!]! }`);

/** A graph that answers what a test says. */
export function fakeGraph(): Graph & {
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
export async function createWorld({ marketplace = noMarketplace }: { marketplace?: Marketplace } = {}) {
  const db = await testDatabase({ name: 'hub', migrations, connection: { poolSize: 5 } });
  const { path } = await temporaryDirectory();
  const keys = await createFileKeyManagement({ path: `${path}/keys.json` });
  const [secrets, pluginSecrets] = [new SecretStore(keys), new PluginSecrets(keys)];
  const addresses = createAddressRule(['127.0.0.0/8']);
  const graph = fakeGraph();
  const { database } = db;
  const plans = createPlans(defaultPlans);
  const services = {
    ...{ database, secrets, pluginSecrets, marketplace, addresses, graph, plans },
    ...{ onCommit: () => undefined, onDue: () => undefined, onKept: () => undefined },
  };
  const subgraph = await serveHub(services, {
    host: '127.0.0.1',
    port: 0,
    internalSecret,
    readiness: {},
    metrics: createMetrics(),
    logger: silentLogger,
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
  const ask = async (viewer: Viewer, query: string, variables: object = {}): Promise<Answer> => {
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [viewerHeader]: signViewer(viewer, internalSecret) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const dispatcher = createGuardedAgent({ rule: addresses, connectTimeoutMs: 1_000 });
  const worker = (options: Partial<EngineOptions> = {}) =>
    startEngine({
      ...{ database, dispatcher, secrets, payloadOf: createPayloads(database, graph, async () => null) },
      ...{ breakers: createEndpointBreakers(), metrics: createMetrics(), logger: silentLogger },
      ...{ onEvents: () => undefined, pollMs: 20, pauseAfter: soon, ...options },
    });
  const drop = async () => {
    await subgraph.drain();
    await dispatcher.destroy();
    await db.drop();
  };
  return {
    db,
    database,
    plans,
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
export const soon = (tries: number) => (tries < 10 ? 1 : null);

export function viewerOf(organisationId: string, role: Role = 'ORGANISER'): Viewer {
  return { subject: `tester ${role}`, organisationId, role, scopes: scopesOf(role) };
}

export type Received = {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};
type Behave = (request: Received, response: ServerResponse) => void;

/** A receiver of webhooks on this machine; each path behaves as it is told, and takes everything until then. */
export async function startReceiver() {
  const received: Received[] = [];
  const behaviours = new Map<string, Behave>();
  const open = new Map<string, ServerResponse[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const message = { path, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(message);
      open.set(path, [...(open.get(path) ?? []), response]);
      const behave = behaviours.get(path) ?? ((_, answer) => void answer.end());
      behave(message, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    at: (path: string) => received.filter((each) => each.path === path),
    behave: (path: string, behaviour: Behave) => void behaviours.set(path, behaviour),
    status: (path: string, status: number, headers: Record<string, string> = {}) =>
      void behaviours.set(path, (_, response) => void response.writeHead(status, headers).end()),
    /** Ends every exchange at this path, answered or not, and all to come. */
    hangUp: (path: string) => {
      behaviours.set(path, (_, response) => void response.destroy());
      for (const response of open.get(path) ?? []) response.destroy();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** An event as it comes from another service, just now. */
export function eventOf(
  organisationId: string,
  type: EventType = 'tickets.order-paid.v1',
  data: object = {},
): DomainEvent {
  const schemaOf = JSON.parse(JSON.stringify(catalogue[type])) as JsonSchema;
  const example = exampleOf(type, schemaOf) as object;
  return {
    ...{ id: newUuid(), type, organisationId, streamId: `order-${newUuid()}`, version: 1 },
    ...{ occurredAt: new Date(Date.now() + 1_000).toISOString(), correlationId: newUuid(), actor: 'tester' },
    data: { ...example, ...data },
  } as DomainEvent;
}

/** As the projection hands them on. */
export async function publish(database: Database, events: readonly DomainEvent[]): Promise<void> {
  const [first] = events;
  await database.transaction({ organisationId: first!.organisationId }, (tx) => fanOut(tx, events));
}

export const documents = {
  create: `mutation Create($input: CreateWebhookEndpointInput!) {
    createWebhookEndpoint(input: $input) {
      __typename
      ... on WebhookEndpointCreated { endpoint { id url eventTypes status publicKey pinnedVersion filter } secret }
      ... on InvalidInput { field }
      ... on Refusal { message }
    }
  }`,
  update: `mutation Update($input: UpdateWebhookEndpointInput!) {
    updateWebhookEndpoint(input: $input) {
      __typename
      ... on WebhookEndpointUpdated { endpoint { id url eventTypes selection filter ratePerSecond ordered } }
      ... on InvalidInput { field }
      ... on Refusal { message }
    }
  }`,
  pause: `mutation Pause($id: ID!) { pauseWebhookEndpoint(id: $id) {
    __typename ... on WebhookEndpointChanged { endpoint { status } } } }`,
  resume: `mutation Resume($id: ID!) { resumeWebhookEndpoint(id: $id) {
    __typename ... on WebhookEndpointChanged { endpoint { status disabledBecause } } } }`,
  remove: `mutation Remove($id: ID!) { deleteWebhookEndpoint(id: $id) { __typename } }`,
  rotate: `mutation Rotate($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
    __typename ... on WebhookSecretRotated { secret } } }`,
  replay: `mutation Replay($input: ReplayDeliveriesInput!) {
    replayDeliveries(input: $input) {
      __typename ... on ReplayStarted { count more } ... on InvalidInput { field } ... on Refusal { message } } }`,
  test: `mutation Test($input: SendTestEventInput!) { sendTestEvent(input: $input) {
    __typename ... on TestEventSent { delivery { id eventType } } } }`,
  log: `query Log($id: ID!, $status: DeliveryStatus) {
    webhookEndpoint(id: $id) {
      id status disabledBecause
      deliveries(first: 100, status: $status) {
        edges { node { id eventId eventType status nextAttemptAt
          attempts { number statusCode durationMs startedAt error response } } }
      }
    }
  }`,
} as const;

/** An endpoint of a new organisation, at a path of the receiver's. */
export async function givenEndpoint(world: World, receiver: Receiver, path: string, input: object = {}) {
  const organisationId = newUuid();
  const viewer = viewerOf(organisationId);
  const asked = { url: receiver.url + path, eventTypes: ['tickets.order-paid.v1'], ...input };
  const { data } = await world.ask(viewer, documents.create, { input: asked });
  const created = data.createWebhookEndpoint;
  if (created.__typename !== 'WebhookEndpointCreated') throw new Error(JSON.stringify(created));
  const { endpoint, secret } = created as {
    endpoint: { id: string; publicKey: string };
    secret: string;
  };
  type Logged = {
    id: string;
    eventId: string;
    status: string;
    attempts: {
      number: number;
      durationMs: number;
      statusCode: number | null;
      error: string | null;
      response: string | null;
    }[];
  };
  const log = async (status?: string): Promise<Logged[]> => {
    const answer = await world.ask(viewer, documents.log, { id: endpoint.id, status });
    return answer.data.webhookEndpoint.deliveries.edges.map((edge: { node: Logged }) => edge.node);
  };
  const statusOf = async (): Promise<string> =>
    (await world.ask(viewer, documents.log, { id: endpoint.id })).data.webhookEndpoint.status;
  return { organisationId, viewer, id: endpoint.id, publicKey: endpoint.publicKey, secret, log, statusOf };
}

/** A world and a receiver for all tests of a file; workers that a test starts end with it. */
export function stage() {
  let world: World;
  let receiver: Receiver;
  const engines: Engine[] = [];
  beforeAll(async () => {
    [world, receiver] = await Promise.all([createWorld(), startReceiver()]);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  }, 60_000);
  afterAll(async () => {
    await world?.drop();
    await receiver?.close();
  }, 60_000);
  return {
    world: () => world,
    receiver: () => receiver,
    given: (path: string, input: object = {}) => givenEndpoint(world, receiver, path, input),
    work: (options: Partial<EngineOptions> = {}) => {
      const engine = world.worker(options);
      engines.push(engine);
      return engine;
    },
    publish: (events: readonly DomainEvent[]) => publish(world.database, events),
  };
}

export function eventsOf(organisationId: string, count: number): DomainEvent[] {
  return Array.from({ length: count }, () => eventOf(organisationId));
}

/** Until so many of an endpoint's logged deliveries are through. */
export function allDelivered(
  endpoint: { log(): Promise<readonly { status: string }[]> },
  count: number,
): Promise<void> {
  return eventually(async () => {
    expect((await endpoint.log()).filter(({ status }) => status === 'DELIVERED')).toHaveLength(count);
  });
}
