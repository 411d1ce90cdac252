import { fork } from 'node:child_process';
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DomainEvent } from '@marquee/contracts';
import { createFileKeyManagement, type KeyManagement } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { migrate, type Database, type MigrationClass, type Transaction } from '@marquee/postgres';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import pg from 'pg';
import { Agent, request } from 'undici';
import { importAppModule } from '../client/app-module.ts';
import { percentile } from '../client/statistics.ts';
import { compare, units, type Bench, type BenchOptions, type BenchRow, type Contender } from './harness.ts';
import { withLogWorld, type LogWorld } from './log-world.ts';

const endpoints = 20;
const perSecond = 1_000;

/**
 * Deliveries with every attempt logged and durable, beside a loop that signs and sends and writes nothing down. The
 * receiver is a process of its own on the same machine; PostgreSQL too.
 */
export const webhooksBench: Bench = {
  name: 'webhooks',
  summary: 'signed deliveries with a log; beside a bare loop of fetch and HMAC without one',
  run: (options) => withLogWorld(options.log, (world) => measure(world, options)),
};

type Receiver = {
  readonly url: string;
  count(): Promise<number>;
  /** Milliseconds from each event to its arrival since the last call. */
  take(): Promise<number[]>;
  stop(): void;
};

async function startReceiver(): Promise<Receiver> {
  const child = fork(join(import.meta.dirname, 'webhook-receiver.ts'));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const ask = async <T>(what: string): Promise<T> => {
    child.send(what);
    return ((await once(child, 'message')) as [T])[0];
  };
  return {
    url: `http://127.0.0.1:${port}`,
    count: async () => (await ask<{ count: number }>('count')).count,
    take: async () => (await ask<{ agesMs: number[] }>('take')).agesMs,
    stop: () => child.disconnect(),
  };
}

async function measure(world: LogWorld, options: BenchOptions): Promise<BenchRow[]> {
  const receiver = await startReceiver();
  const hub = await openHub(world, receiver);
  try {
    const total = options.quick ? 2_000 : 30_000;
    const forMs = options.quick ? 2_000 : 15_000;
    const all = { 'deliveries a second': units.operationsPerSecond };
    const paced = { p50: units.milliseconds, p99: units.milliseconds };
    const bare = bareLoop(receiver);
    return [
      ...(await compare('all at once', all, hub.drain(total), bare.drain(total), options)),
      ...(await compare(`${perSecond}/s`, paced, hub.paced(forMs), bare.paced(forMs), options)),
    ];
  } finally {
    await hub.close();
    receiver.stop();
  }
}

type Measures = {
  drain(total: number): Contender<'deliveries a second'>;
  paced(forMs: number): Contender<'p50' | 'p99'>;
};

const peerName = 'fetch + HMAC, no log';

async function untilReceived(receiver: Receiver, total: number): Promise<number[]> {
  while ((await receiver.count()) < total) await delay(5);
  return receiver.take();
}

const figures = (agesMs: readonly number[]) => ({
  p50: percentile(agesMs, 0.5),
  p99: percentile(agesMs, 0.99),
});

/** Calls back a hundred times a second, each time for a hundredth of what a second brings. */
async function pace(forMs: number, send: () => unknown): Promise<number> {
  const began = performance.now();
  let sent = 0;
  for (; sent < forMs / 10; sent++) {
    send();
    await delay(Math.max(0, began + (sent + 1) * 10 - performance.now()));
  }
  return sent;
}

function bareLoop(receiver: Receiver): Measures {
  const agent = new Agent({ connections: 128, pipelining: 1 });
  const key = createSecretKey(randomBytes(32));
  const post = async () => {
    const body = JSON.stringify({ time: new Date().toISOString(), data: eventOf('').data });
    const [id, timestamp] = [newUuid(), String(Math.floor(Date.now() / 1000))];
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    const answer = await request(receiver.url, { dispatcher: agent, method: 'POST', headers, body });
    await answer.body.dump();
  };
  return {
    drain: (total) => ({
      name: peerName,
      measure: async () => {
        const began = performance.now();
        let left = total;
        const loop = async () => {
          while (left-- > 0) await post();
        };
        await Promise.all(Array.from({ length: 128 }, loop));
        const perSecondReached = total / ((performance.now() - began) / 1000);
        await receiver.take();
        return { 'deliveries a second': perSecondReached };
      },
    }),
    paced: (forMs) => ({
      name: peerName,
      measure: async () => {
        const each = perSecond / 100;
        const rounds = await pace(forMs, () => void Promise.all(Array.from({ length: each }, post)));
        return figures(await untilReceived(receiver, rounds * each));
      },
    }),
  };
}

type HubModules = {
  readonly migrations: readonly MigrationClass[];
  SecretStore: new (keys: KeyManagement) => {
    draft(organisationId: string, endpointId: string): Promise<{ publicKey: string; drafts: object }>;
    insert(tx: Transaction, endpointId: string, drafts: object): Promise<void>;
  };
  fanOut(tx: Transaction, events: readonly DomainEvent[]): Promise<unknown>;
  createAddressRule(networks: readonly string[]): object;
  createGuardedAgent(options: object): { destroy(): Promise<void> };
  createEndpointBreakers(): object;
  startEngine(options: object): { wake(): void; stop(): Promise<void> };
};

async function hubModules(): Promise<HubModules> {
  const paths = [
    ...['migrations/index.ts', 'signing/secrets.ts', 'deliveries/fan-out.ts', 'guard/addresses.ts'],
    ...['guard/guarded-agent.ts', 'deliveries/endpoint-breakers.ts', 'deliveries/engine.ts'],
  ];
  const modules = await Promise.all(paths.map((path) => importAppModule<object>(`hub/src/${path}`)));
  return Object.assign({}, ...modules) as HubModules;
}

/** The hub's tables, and as many endpoints as an organisation may have use for. */
async function openHub(world: LogWorld, receiver: Receiver): Promise<Measures & { close(): Promise<void> }> {
  const hub = await hubModules();
  const database = await world.open(8);
  await layOut(world, hub.migrations);
  const secrets = new hub.SecretStore(await createFileKeyManagement({ path: join(world.home, 'keys.json') }));
  const drained = await addEndpoints(database, secrets, receiver, endpoints);
  const paced = await addEndpoints(database, secrets, receiver, perSecond / 100);
  const dispatcher = hub.createGuardedAgent({
    rule: hub.createAddressRule(['127.0.0.0/8']),
    connectTimeoutMs: 5_000,
  });
  const start = () =>
    hub.startEngine({
      database,
      dispatcher,
      secrets,
      breakers: hub.createEndpointBreakers(),
      payloadOf: async ({ envelope }: { envelope: string }) => envelope,
      metrics: createMetrics(),
      logger: silentLogger,
      onEvents: () => undefined,
    });
  const publish = (organisationId: string, count: number) =>
    database.transaction({ organisationId }, (tx) =>
      hub.fanOut(
        tx,
        Array.from({ length: count }, () => eventOf(organisationId)),
      ),
    );
  return {
    drain: (total) => ({
      name: 'marquee',
      measure: async () => {
        for (let left = total / endpoints; left > 0; left -= 500) await publish(drained, Math.min(left, 500));
        const began = performance.now();
        const engine = start();
        await untilReceived(receiver, total);
        await engine.stop();
        return { 'deliveries a second': total / ((performance.now() - began) / 1000) };
      },
    }),
    paced: (forMs) => ({
      name: 'marquee',
      measure: async () => {
        const engine = start();
        const rounds = await pace(forMs, () => void publish(paced, 1).then(() => engine.wake()));
        const agesMs = await untilReceived(receiver, rounds * (perSecond / 100));
        await engine.stop();
        return figures(agesMs);
      },
    }),
    close: () => dispatcher.destroy(),
  };
}

async function layOut(world: LogWorld, migrations: readonly MigrationClass[]): Promise<void> {
  const owner = new URL(world.adminUrl);
  owner.pathname = '/bench';
  await migrate({ url: owner.href, migrations: [...migrations] });
  const client = new pg.Client({ connectionString: owner.href });
  await client.connect();
  await client.query('grant all on all tables in schema public to bench_app, marquee_system');
  await client.query('grant all on all sequences in schema public to bench_app, marquee_system');
  await client.end();
}

/** Endpoints of a new organisation, which take every event; answers the organisation. */
async function addEndpoints(
  database: Database,
  secrets: InstanceType<HubModules['SecretStore']>,
  { url }: Receiver,
  count: number,
): Promise<string> {
  const organisationId = newUuid();
  for (let made = 0; made < count; made++) {
    const id = newUuid();
    const { publicKey, drafts } = await secrets.draft(organisationId, id);
    await database.transaction({ organisationId }, async (tx) => {
      await tx.execute(
        `insert into webhook_endpoint (organisation_id, id, url, event_types, pinned_version, ordered, public_key, role,
           scopes, created_by) values ($1, $2, $3, '{*}', 1, false, $4, 'OWNER', '{}', 'bench')`,
        [organisationId, id, url, publicKey],
      );
      await secrets.insert(tx, id, drafts);
    });
  }
  return organisationId;
}

function eventOf(organisationId: string): DomainEvent {
  const orderId = newUuid();
  return {
    id: newUuid(),
    type: 'tickets.order-paid.v1',
    organisationId,
    streamId: `order-${orderId}`,
    version: 3,
    occurredAt: new Date().toISOString(),
    correlationId: newUuid(),
    actor: 'bench',
    data: { orderId, paidAt: new Date().toISOString(), total: { amountMinor: '4900', currency: 'EUR' } },
  } as unknown as DomainEvent;
}
