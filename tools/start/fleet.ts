import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './config.ts';
import type { Guard } from './guard.ts';
import { settingsOf, urlOf, type Launch, type PlatformOptions } from './launch.ts';
import { limitLog } from './log-file.ts';
import type { Watched } from './readiness.ts';
import type { HomeLock, RunningServers } from './run-state.ts';
import { embeddedNats, embeddedPostgres, givenNats, givenServer, type Server } from './servers.ts';
import { startService } from './service-process.ts';
import { environmentOf, gateway, type Service } from './services.ts';
import { supervise, type Supervised, type Worker } from './supervise.ts';

/** Every process of one platform under supervision: the services and, unless given, the servers. */
export type Fleet = {
  startPostgres(): Promise<void>;
  startNats(): Promise<void>;
  postgresUrl(): string;
  natsUrl(): string;
  /** Null where NATS was given. */
  mqttUrl(): string | null;
  /** A service or an embedded server. Throws a LaunchError for a name that is neither. */
  named(name: string): Supervised;
  watched(service: string): Watched;
  pids(): Record<string, number>;
  /** The gateway drains first, then the services, then their servers. */
  stop(): Promise<void>;
  /** Ends everything at once; what is stored recovers at the next start. */
  kill(): void;
};

/** Puts every process under supervision; nothing is started. The lock and the guard are told of every start. */
export function makeFleet(launch: Launch, lock: HomeLock, guard: Guard): Fleet {
  const supervision = {
    onEnd: (text: string) => launch.options.report?.({ kind: 'trouble', text }),
    onStart: () => {
      const url = `${urlOf(launch, gateway)}/graphql`;
      lock.update(url, pidsOf([...services.values()]), serversOf(postgres, nats));
      guard.watch(Object.values(pidsOf(servers)));
    },
  };
  const { databaseUrl, natsUrl } = launch.options;
  const { home, ports, secrets } = launch;
  const superuserPassword = secrets.superuserPassword;
  const postgres = databaseUrl
    ? givenServer(databaseUrl)
    : embeddedPostgres({ ...supervision, home, port: ports.postgres, superuserPassword });
  const nats = natsUrl
    ? givenNats(natsUrl)
    : embeddedNats({ ...supervision, home, port: ports.nats, mqttPort: ports.mqtt });
  const servers = [postgres, nats].flatMap(({ supervised }) => supervised ?? []);
  const services = new Map<string, Supervised>(
    launch.services.map((service) => {
      const start = () => startOne(launch, service, nats.url());
      return [service.name, supervise(service.name, start, supervision)];
    }),
  );
  const everything = () => [...services.values(), ...servers];
  const named = (name: string) => find(everything(), name);

  return {
    startPostgres: async () => postgres.supervised?.start(),
    startNats: async () => nats.supervised?.start(),
    postgresUrl: postgres.url,
    natsUrl: nats.url,
    mqttUrl: nats.mqttUrl,
    named,
    watched: (name) => ({ supervised: named(name), url: urlOf(launch, name), logFile: logOf(launch, name) }),
    pids: () => pidsOf(everything()),
    async stop() {
      const stop = (one: Supervised) => namingTheSlow(one, launch.options.report);
      const front = services.get(gateway);
      if (front) await stop(front);
      await Promise.all([...services.values()].filter((one) => one !== front).map(stop));
      // NATS first: what PostgreSQL holds is the truth.
      for (const server of servers.toReversed()) await stop(server);
    },
    kill: () => everything().forEach((one) => one.kill('SIGKILL')),
  };
}

/** Cuts every log that grew too large. */
export function limitLogs(home: string): void {
  const logs = join(home, 'logs');
  if (!existsSync(logs)) return;
  for (const name of readdirSync(logs)) if (name.endsWith('.log')) limitLog(join(logs, name));
}

/** Whoever waits for a stop that takes long shall know for what. */
const slowStopMs = 2_000;

async function namingTheSlow(one: Supervised, report: PlatformOptions['report']): Promise<void> {
  const text = `${one.name} is still finishing what it has begun`;
  const timer = setTimeout(() => report?.({ kind: 'trouble', text }), slowStopMs);
  await one.stop();
  clearTimeout(timer);
}

/** Loaded first where traces are exported: it must see the modules that it instruments. */
const telemetry = join('libs', 'telemetry', 'src', 'register.ts');

function startOne(launch: Launch, service: Service, natsUrl: string): Promise<Worker> {
  const env = environmentOf(service.name, settingsOf(launch, natsUrl));
  const traced = Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT']);
  return startService({
    name: service.name,
    root: launch.root,
    main: service.main,
    env,
    logFile: logOf(launch, service.name),
    imports: traced ? [join(launch.root, telemetry)] : [],
  });
}

function logOf(launch: Launch, name: string): string {
  return join(launch.home, 'logs', `${name}.log`);
}

/** For commands that work beside the services; null while a server has not started. */
function serversOf(postgres: Server, nats: Server): RunningServers | null {
  const isStarted = ({ supervised }: Server) => !supervised || Boolean(supervised.pid());
  if (!isStarted(postgres) || !isStarted(nats)) return null;
  return { postgresUrl: withoutCredentials(postgres.url()), natsUrl: withoutCredentials(nats.url()) };
}

function withoutCredentials(given: string): string {
  const url = new URL(given);
  url.username = '';
  url.password = '';
  return url.toString();
}

function pidsOf(supervised: readonly Supervised[]): Record<string, number> {
  return Object.fromEntries(supervised.flatMap((one) => (one.pid() ? [[one.name, one.pid()!]] : [])));
}

function find(all: readonly Supervised[], name: string): Supervised {
  const found = all.find((one) => one.name === name);
  if (found) return found;
  throw new LaunchError(
    `Nothing called ${name} runs here; there is ${all.map((one) => one.name).join(', ')}.`,
  );
}
