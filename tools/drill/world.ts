import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  findFreePort,
  startNats,
  startPostgres,
  type NatsCluster,
  type RunningNats,
  type RunningPostgres,
} from '@marquee/embedded';
import { decodeId, newUuid } from '@marquee/kernel';
import { connectOperator, type Operator, type Reconciled } from '@marquee/messaging';
import { openDatabase, type Database } from '@marquee/postgres';
import pg from 'pg';
import { createGraphClient } from '../client/graph-client.ts';
import { waitUntilSettled } from '../client/settled.ts';
import { createTokens } from '../client/tokens.ts';
import { planEvent } from '../e2e/organisation.ts';
import { startTraffic, type Ledger, type Traffic } from '../e2e/traffic.ts';
import { checkInvariants, openForCheck } from '../invariants/check.ts';
import { startPlatform, type RunningPlatform } from '../start/platform.ts';
import { startProxy, type Proxy } from './proxy.ts';

export const superuserPassword = 'drill';
const standingPlaces = 1_000_000;

/** What must be stopped, the last one first, whatever happens. */
export type Stops = { later(stop: () => Promise<unknown> | void): void };

export async function withStops<T>(
  say: (text: string) => void,
  work: (stops: Stops) => Promise<T>,
): Promise<T> {
  const stops: (() => Promise<unknown> | void)[] = [];
  try {
    return await work({ later: (stop) => void stops.push(stop) });
  } finally {
    for (const stop of stops.toReversed())
      await Promise.resolve(stop()).catch((error: unknown) => say(`while clearing up: ${String(error)}`));
  }
}

export type World = {
  readonly directory: string;
  readonly say: (text: string) => void;
  readonly postgres: RunningPostgres;
  /** One of them, or the three of a cluster. */
  readonly nats: readonly NatsNode[];
  /** Between the services and their servers. */
  readonly network: { readonly postgres: Proxy; readonly nats: Proxy };
  readonly platform: RunningPlatform;
  /** People who go on buying whatever goes down. */
  readonly traffic: Traffic;
  /** Kills a server, starts it again on what it had, and leads its connections there. */
  crash(server: 'postgres' | 'nats'): Promise<void>;
};

export type WorldOptions = {
  readonly directory: string;
  readonly stops: Stops;
  readonly say: (text: string) => void;
  readonly postgresSettings?: Readonly<Record<string, string>>;
  /** Default 1; 3 is a cluster. */
  readonly natsNodes?: 1 | 3;
};

export function startDrillPostgres(
  directory: string,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningPostgres> {
  return startPostgres({
    dataDirectory: join(directory, name),
    logFile: join(directory, `${name}.log`),
    port: 0,
    superuserPassword,
    settings,
  });
}

/** A server with its place in a cluster, where it has one. */
export type NatsNode = RunningNats & { readonly home: string; readonly cluster?: NatsCluster };

export async function startDrillNats(
  directory: string,
  name: string,
  cluster?: NatsCluster,
): Promise<NatsNode> {
  const home = join(directory, name);
  const started = await startNats({
    dataDirectory: home,
    logFile: `${home}.log`,
    port: 0,
    ...(cluster && { cluster }),
  });
  return { ...started, home: name, ...(cluster && { cluster }) };
}

/** A cluster's servers know each other's ports before any of them runs. */
async function startCluster(directory: string, stops: Stops): Promise<NatsNode[]> {
  const ports = await freePorts(3);
  const nodes: NatsNode[] = [];
  // One after the other: two would be offered the same free port.
  for (const port of ports) nodes.push(await startDrillNats(directory, `nats-${port}`, { port, ports }));
  for (const node of nodes) stops.later(() => node.stop());
  return nodes;
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}

/** The whole platform in processes of its own, on servers of the drill's, selling. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { directory, stops, say, natsNodes = 1 } = options;
  mkdirSync(directory, { recursive: true });
  let postgres = await startDrillPostgres(directory, 'postgres', options.postgresSettings);
  stops.later(() => postgres.stop());
  let nats =
    natsNodes === 3 ? await startCluster(directory, stops) : [await startDrillNats(directory, 'nats')];
  stops.later(() => nats[0]!.stop());
  const network = { postgres: await startProxy(postgres.port), nats: await startProxy(nats[0]!.port) };
  stops.later(() => Promise.all([network.postgres.close(), network.nats.close()]));
  say('starting the platform');
  const home = join(directory, 'platform');
  const platform = await startPlatform({
    home,
    port: 0,
    demo: false,
    logLevel: 'warn',
    databaseUrl: atPort(postgres.url, network.postgres.port),
    // A cluster's servers tell of each other, past any proxy.
    natsUrl: natsNodes === 3 ? nats[0]!.url : atPort(nats[0]!.url, network.nats.port),
    readyTimeoutMs: 240_000,
  });
  stops.later(() => platform.stop());
  const client = createGraphClient({ url: platform.urls.graph });
  stops.later(() => client.close());
  const organisationId = newUuid();
  const token = await createTokens(home).token({ role: 'owner', organisationId });
  const event = await planEvent(client, token, 'Drill', standingPlaces);
  const traffic = startTraffic(client, token, event);
  stops.later(() => traffic.stop());
  await sold(traffic, 10);
  return {
    directory,
    say,
    network,
    platform,
    traffic,
    get postgres() {
      return postgres;
    },
    get nats() {
      return nats;
    },
    crash: async (server) => {
      const crashed = server === 'postgres' ? postgres : nats[0]!;
      process.kill(crashed.pid, 'SIGKILL');
      await crashed.exited;
      if (server === 'postgres')
        postgres = await startDrillPostgres(directory, 'postgres', options.postgresSettings);
      else nats = [await startDrillNats(directory, 'nats')];
      network[server].leadTo(server === 'postgres' ? postgres.port : nats[0]!.port);
    },
  };
}

function atPort(url: string, port: number): string {
  const moved = new URL(url);
  moved.port = `${port}`;
  return moved.toString().replace(/\/$/, '');
}

/** Waits until so many more were paid. Answers how long that took. */
export async function sold({ ledger }: Traffic, more: number, timeoutMs = 120_000): Promise<number> {
  const startedMs = performance.now();
  const wanted = ledger.paid.length + more;
  while (ledger.paid.length < wanted) {
    if (performance.now() - startedMs > timeoutMs)
      throw new Error(`nothing is sold: ${ledger.paid.length} of ${wanted} after ${timeoutMs / 1_000} s`);
    await sleep(10);
  }
  return performance.now() - startedMs;
}

export async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url, application_name: 'drill' });
  // A server that is killed is what a drill is about; queries tell of it.
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end().catch(() => undefined);
  }
}

export async function withOperator<T>(url: string, work: (operator: Operator) => Promise<T>): Promise<T> {
  const operator = await connectOperator({ url });
  try {
    return await work(operator);
  } finally {
    await operator.close();
  }
}

/** Paid orders that the platform said yes to and that are not there, of those given. */
export async function lostOrders(superuserUrl: string, paid: Ledger['paid']): Promise<number> {
  const url = new URL(superuserUrl);
  url.pathname = '/marquee_tickets';
  return withAdmin(url.toString(), async (admin) => {
    const ids = paid.map(({ orderId }) => decodeId('Order', orderId));
    const { rows } = await admin.query<{ there: number }>(
      `select count(*)::int as there from ticket_order where status = 'PAID' and id = any($1::uuid[])`,
      [ids],
    );
    return ids.length - rows[0]!.there;
  });
}

/** The databases as services have them, at the server that is asked directly. */
async function withDatabases<T>(
  { platform }: World,
  superuserUrl: string,
  open: (url: string) => Promise<Database>,
  work: (databases: readonly { readonly service: string; readonly database: Database }[]) => Promise<T>,
): Promise<T> {
  const port = Number(new URL(superuserUrl).port);
  const databases = [];
  try {
    for (const [service, { appUrl }] of Object.entries(platform.databases))
      databases.push({ service, database: await open(atPort(appUrl, port)) });
    return await work(databases);
  } finally {
    await Promise.all(databases.map(({ database }) => database.close()));
  }
}

/** Each log against its stream. Services without a stream of their own have neither events nor messages. */
export function reconcileAll(
  world: World,
  superuserUrl: string,
  natsUrl: string,
  mend: boolean,
): Promise<Reconciled[]> {
  const open = (url: string) =>
    openDatabase({ url, applicationName: 'drill', entities: [], poolSize: 2, statementTimeoutMs: 60_000 });
  return withOperator(natsUrl, (operator) =>
    withDatabases(world, superuserUrl, open, async (databases) => {
      const all: Reconciled[] = [];
      for (const { service, database } of databases)
        all.push(await operator.streams.reconcile(service, database, { mend }));
      return all;
    }),
  );
}

export type Aftermath = {
  readonly violations: number;
  readonly looked: number;
  /** Events of logs that are in no stream, and messages that are in no log. */
  readonly missing: number;
  readonly surplus: number;
};

/** Ends the traffic, lets all events be handled, and looks whether everything is as it must be. */
export async function lookAfter(world: World, superuserUrl: string, natsUrl: string): Promise<Aftermath> {
  await world.traffic.stop();
  await world.platform.waitUntilReady(120_000);
  await waitUntilSettled(Object.values(world.platform.urls.services), 180_000);
  const findings = await withDatabases(world, superuserUrl, openForCheck, checkInvariants);
  const reconciled = await reconcileAll(world, superuserUrl, natsUrl, false);
  for (const each of reconciled.filter(({ missing, surplus }) => missing + surplus > 0))
    world.say(`log and stream differ: ${JSON.stringify(each)}`);
  const sum = (of: (each: Reconciled) => number) => reconciled.reduce((total, each) => total + of(each), 0);
  return {
    violations: findings.invariants.reduce((total, { violations }) => total + violations, 0),
    looked: findings.invariants.reduce((total, { looked }) => total + (looked ?? 0), 0),
    missing: sum(({ missing }) => missing),
    surplus: sum(({ surplus }) => surplus),
  };
}
