import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './config.ts';
import { prepareDatabase, type DatabaseUrls } from './databases.ts';
import { prepareIssuer, sampleTokens, seedDemo, type SampleToken } from './demo.ts';
import { limitLogs, makeFleet, type Fleet } from './fleet.ts';
import { prepareSupergraph } from './graph.ts';
import { startGuard } from './guard.ts';
import { homeOf, planLaunch, urlOf, type Launch, type PlatformOptions } from './launch.ts';
import { waitUntilReady } from './readiness.ts';
import { followSources } from './reload.ts';
import { lockHome } from './run-state.ts';
import { stopLeftServers } from './servers.ts';
import { gateway, type Service } from './services.ts';

export type { PlatformOptions, Progress } from './launch.ts';

export type RunningPlatform = {
  readonly home: string;
  readonly urls: {
    readonly graph: string;
    readonly explorer: string;
    readonly gateway: string;
    /** Base URL of every service by name, without `/graphql`. */
    readonly services: Readonly<Record<string, string>>;
    /** Of PostgreSQL's superuser. */
    readonly postgres: string;
    readonly nats: string;
    /** Where turnstiles publish; null where NATS was given. */
    readonly mqtt: string | null;
  };
  /** Of each service that has a database. */
  readonly databases: Readonly<Record<string, DatabaseUrls>>;
  /** One per role and demo organisation. */
  readonly tokens: readonly SampleToken[];
  /** Signs the viewer header between gateway and services. */
  readonly internalSecret: string;
  /** Of the services and of the embedded servers (`postgres`, `nats`); without those that are down right now. */
  pids(): Readonly<Record<string, number>>;
  /** Stops one service or embedded server and starts it again. Resolves when it runs, which is before it is ready. */
  restart(name: string): Promise<void>;
  /** Sends a signal to a service or embedded server; one that ends of it is restarted. */
  kill(name: string, signal: NodeJS.Signals): void;
  /** Waits until every service says that it is ready. */
  waitUntilReady(timeoutMs?: number): Promise<void>;
  /** Drains and ends everything: the gateway, the services, the servers. */
  stop(): Promise<void>;
  /** Ends everything at once, without draining. The next start recovers. */
  abandon(): void;
};

const readyTimeoutMs = 90_000;
const logCheckMs = 30_000;

/**
 * Brings the whole platform up, each service as its own process on real servers, and resolves when all of it is ready.
 * When something fails everything that had started is stopped, and a LaunchError (or EmbeddedServerError) says why.
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<RunningPlatform> {
  const home = homeOf(options);
  const lock = await lockHome(home);
  const guard = startGuard();
  let fleet: Fleet | null = null;
  const end = async () => {
    await fleet?.stop();
    guard.dismiss();
    lock.release();
  };
  try {
    if (options.reset) await reset(home, options);
    const launch = await planLaunch(options);
    fleet = makeFleet(launch, lock, guard);
    await bringUp(launch, fleet);
    const unfollow = options.watch ? followSources(launch, fleet) : () => undefined;
    const checkLogs = setInterval(() => limitLogs(home), logCheckMs).unref();
    return describeRunning(launch, fleet, async () => {
      clearInterval(checkLogs);
      unfollow();
      await end();
    });
  } catch (error) {
    await end();
    throw error;
  }
}

async function bringUp(launch: Launch, fleet: Fleet): Promise<void> {
  const { options, services } = launch;
  const beganAt = performance.now();
  const timed = async (text: string, work: () => Promise<unknown>) => {
    const from = performance.now();
    await work();
    options.report?.({ kind: 'step', text, ms: performance.now() - from });
  };
  await Promise.all([
    timed('PostgreSQL', fleet.startPostgres),
    timed('NATS JetStream', fleet.startNats),
    timed('supergraph', () => prepareSupergraph(launch)),
    prepareIssuer(launch),
  ]);
  options.signal?.throwIfAborted();
  await timed('databases', () => Promise.all(services.map((service) => prepare(launch, fleet, service))));
  options.signal?.throwIfAborted();
  await Promise.all(services.map(({ name }) => fleet.named(name).start()));
  const seeded = options.demo === false ? undefined : timed('demo data', () => seedDemo(launch));
  const ready = waitUntilReady(
    services.map(({ name }) => fleet.watched(name)),
    options.readyTimeoutMs ?? readyTimeoutMs,
    (name) => options.report?.({ kind: 'step', text: name, ms: performance.now() - beganAt }),
    options.signal,
  );
  await Promise.all([seeded, ready]);
}

async function prepare(launch: Launch, fleet: Fleet, service: Service): Promise<void> {
  const { migrations } = service;
  if (!migrations) return;
  const prepared = await prepareDatabase(
    { ...service, migrations },
    fleet.postgresUrl(),
    launch.secrets.passwordFor,
  );
  launch.databases[service.name] = { ownerUrl: prepared.ownerUrl, appUrl: prepared.appUrl };
}

async function describeRunning(
  launch: Launch,
  fleet: Fleet,
  end: () => Promise<void>,
): Promise<RunningPlatform> {
  const names = launch.services.map(({ name }) => name);
  const gatewayUrl = urlOf(launch, gateway);
  let stopping: Promise<void> | null = null;
  return {
    home: launch.home,
    urls: {
      graph: `${gatewayUrl}/graphql`,
      explorer: `${gatewayUrl}/explorer`,
      gateway: gatewayUrl,
      services: Object.fromEntries(names.map((name) => [name, urlOf(launch, name)])),
      postgres: fleet.postgresUrl(),
      nats: fleet.natsUrl(),
      mqtt: fleet.mqttUrl(),
    },
    databases: launch.databases,
    tokens: await sampleTokens(launch),
    internalSecret: launch.secrets.internal,
    pids: fleet.pids,
    restart: (name) => fleet.named(name).restart(),
    kill: (name, signal) => fleet.named(name).kill(signal),
    waitUntilReady: (timeoutMs) =>
      waitUntilReady(
        names.map((name) => fleet.watched(name)),
        timeoutMs ?? launch.options.readyTimeoutMs ?? readyTimeoutMs,
        () => undefined,
      ),
    stop: () => (stopping ??= end()),
    abandon: fleet.kill,
  };
}

/** What stays of a home: its lock, and the compiled code, which is as good as ever. */
const kept = new Set(['run.lock', 'compile-cache']);

async function reset(home: string, options: PlatformOptions): Promise<void> {
  if (options.databaseUrl || options.natsUrl) {
    throw new LaunchError(
      'Only our own servers are reset. With DATABASE_URL or NATS_URL given, drop the databases marquee_* and the streams yourself.',
    );
  }
  await stopLeftServers(home);
  for (const name of readdirSync(home)) if (!kept.has(name)) rmSync(join(home, name), { recursive: true });
}
