import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { catalogue, exampleOf, type DomainEvent, type EventType, type JsonSchema } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { eventually } from '@marquee/testkit';
import { documents } from '../endpoints/documents.test-support.ts';
import { startReceiver, type Receiver } from '../receiver.test-support.ts';
import { createWorld, viewerOf, type World } from '../world.test-support.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { fanOut } from './fan-out.ts';

/** An event as it comes from another service, just now. */
export function eventOf(
  organisationId: string,
  type: EventType = 'tickets.order-paid.v1',
  data: object = {},
): DomainEvent {
  const schemaOf = JSON.parse(JSON.stringify(catalogue[type])) as JsonSchema;
  const example = exampleOf(type, schemaOf) as object;
  return {
    id: newUuid(),
    type,
    organisationId,
    streamId: `order-${newUuid()}`,
    version: 1,
    occurredAt: new Date(Date.now() + 1_000).toISOString(),
    correlationId: newUuid(),
    actor: 'tester',
    data: { ...example, ...data },
  } as DomainEvent;
}

/** As the projection hands them on. */
export async function publish(database: Database, events: readonly DomainEvent[]): Promise<void> {
  const [first] = events;
  await database.transaction({ organisationId: first!.organisationId }, (tx) => fanOut(tx, events));
}

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
  });
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  });
  afterAll(async () => {
    await world?.drop();
    await receiver?.close();
  });
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
