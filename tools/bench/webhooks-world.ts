import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DomainEvent } from '@marquee/contracts';
import { createFileKeyManagement, type KeyManagement } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { migrate, type Database, type MigrationClass, type Transaction } from '@marquee/postgres';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import pg from 'pg';
import { importAppModule } from '../client/app-module.ts';
import type { LogWorld } from './log-world.ts';

export type Receiver = {
  readonly url: string;
  count(): Promise<number>;
  /** Milliseconds from each event to its arrival since the last call. */
  take(): Promise<number[]>;
  /** Ends what it left without an answer. */
  hangUp(): Promise<void>;
  stop(): void;
};

export async function startReceiver(): Promise<Receiver> {
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
    hangUp: async () => void (await ask('hang up')),
    stop: () => child.disconnect(),
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

export type BenchHub = Awaited<ReturnType<typeof openHub>>;

/** The hub's tables, and what works on them. */
export async function openHub(world: LogWorld) {
  const hub = await hubModules();
  const database = await world.open(8);
  await layOut(world, hub.migrations);
  const secrets = new hub.SecretStore(await createFileKeyManagement({ path: join(world.home, 'keys.json') }));
  const dispatcher = hub.createGuardedAgent({
    rule: hub.createAddressRule(['127.0.0.0/8']),
    connectTimeoutMs: 5_000,
  });
  return {
    start: (options: { readonly deadlineMs?: number } = {}) =>
      hub.startEngine({
        ...options,
        database,
        dispatcher,
        secrets,
        breakers: hub.createEndpointBreakers(),
        payloadOf: async ({ envelope }: { envelope: string }) => envelope,
        metrics: createMetrics(),
        logger: silentLogger,
        onEvents: () => undefined,
      }),
    publish: (organisationId: string, count: number) =>
      database.transaction({ organisationId }, (tx) =>
        hub.fanOut(
          tx,
          Array.from({ length: count }, () => eventOf(organisationId)),
        ),
      ),
    /** Endpoints of a new organisation, which take every event; answers the organisation. */
    addEndpoints: (urls: readonly string[]) => addEndpoints(database, secrets, urls),
    /** So that nothing is sent to them, nor looked for, any more. */
    forgetEndpoints: (organisationId: string) =>
      database.transaction({ organisationId }, (tx) => tx.execute('delete from webhook_endpoint')),
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

async function addEndpoints(
  database: Database,
  secrets: InstanceType<HubModules['SecretStore']>,
  urls: readonly string[],
): Promise<string> {
  const organisationId = newUuid();
  for (const url of urls) {
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

/** One that every endpoint of the benchmark takes. */
export function eventOf(organisationId: string): DomainEvent {
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
