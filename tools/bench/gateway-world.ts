import { fork, spawn, spawnSync, type ChildProcess, type ForkOptions } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { findFreePort } from '@marquee/embedded';
import { newUuid } from '@marquee/kernel';
import { scopesOf, signViewer, viewerHeader, type Viewer } from '@marquee/subgraph';
import { parse } from 'graphql';
import { nodeOptions, v8Flags } from '../start/node-options.ts';
import { issueToken } from '../token/issuer.ts';
import type { BareGatewayPlan } from './bare-gateway.ts';
import { peerEnvironment } from './config.ts';
import { schemas, type ServiceName, type ServicePlan } from './gateway-service.ts';

export type RunningGateway = {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  stop(): void;
};

export const peers = ['apollo', 'hive', 'hive router', 'mercurius', 'mercurius jit'] as const;
export type ContenderName = 'marquee' | (typeof peers)[number];

/** The services and one supergraph over them, with all that a gateway needs to be one of the platform. */
export type GatewayWorld = {
  readonly token: string;
  /** Of someone who may send less. */
  readonly guestToken: string;
  /** Of the services. */
  readonly pids: readonly number[];
  start(contender: ContenderName): Promise<RunningGateway>;
  /** Ours, keeping answers, over a supergraph that says that all of it may be kept. */
  startKeeping(natsUrl: string): Promise<RunningGateway>;
  /** No gateway: node:http with answers of so many bytes. */
  startBareHttp(bytes: number): Promise<RunningGateway>;
  /** A directory that is gone after `stop`. */
  readonly home: string;
  stop(): void;
};

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const internalSecret = 'the secret that only this benchmark has';
const viewer: Viewer = {
  subject: 'acc_bench',
  organisationId: newUuid(),
  role: 'ORGANISER',
  scopes: scopesOf('ORGANISER'),
  email: 'bench@example.com',
  name: 'Bench',
};
const header = () => ({ name: viewerHeader, value: signViewer(viewer, internalSecret) });

/** A process that is sent a plan and answers with its address. */
async function startChild(
  file: string,
  plan: object,
  settings: Pick<ForkOptions, 'env' | 'execArgv'> = {},
): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...peerEnvironment, ...settings.env };
  const child = fork(file, { ...settings, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.send(plan);
  });
  return { child, url };
}

/** The peers have a lock of their own: their versions fit neither each other's nor ours. */
export function installPeers(log: (line: string) => void): void {
  if (existsSync(here('./peers/node_modules/.package-lock.json'))) return;
  log('installing the peers (tools/bench/peers)');
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--workspaces=false'], {
    cwd: here('./peers'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the peers could not be installed:\n${stderr}`);
}

/** Takes spans and throws them away: sending them is part of what is measured, keeping them is not. */
async function startCollector(): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => request.resume().on('end', () => response.end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

/**
 * Our gateway as it runs in production: its own process, Node as the image sets it, tokens, limits, breakers, spans of one request
 * in a hundred. It keeps answers where it is told so and can hear of changes.
 */
async function startMarquee(
  { home, urls, collectorUrl }: MarqueePlan,
  environment: NodeJS.ProcessEnv = { MARQUEE_RESPONSE_CACHE_MIB: '0' },
): Promise<{ child: ChildProcess; url: string }> {
  const port = await findFreePort(0);
  const child = spawn(
    process.execPath,
    [
      ...v8Flags,
      '--import',
      fileURLToPath(import.meta.resolve('@marquee/telemetry/register')),
      here('../../apps/gateway/src/main.ts'),
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...peerEnvironment,
        NODE_OPTIONS: nodeOptions,
        PORT: String(port),
        LOG_LEVEL: 'warn',
        MARQUEE_INTERNAL_SECRET: internalSecret,
        MARQUEE_JWKS_FILE: join(home, 'keys/issuer.jwks.json'),
        MARQUEE_SUPERGRAPH_FILE: join(home, 'supergraph.graphql'),
        // Everything is counted, and nobody refused: one client is all the load.
        MARQUEE_RATE_LIMITS: 'report',
        OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl,
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.01',
        ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url])),
        ...environment,
      },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const untilMs = performance.now() + 60_000;
  while (
    !(await fetch(`${url}/health/gateway`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (performance.now() > untilMs || child.exitCode !== null) throw new Error('our gateway did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { child, url: `${url}/graphql` };
}

/** `home` holds the keys of the issuer and the supergraph. */
type MarqueePlan = {
  readonly home: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly collectorUrl: string;
};

/** The services behind every gateway alike: what they collect must be nobody's pause. */
const asOurs = { execArgv: [...v8Flags], env: { NODE_OPTIONS: nodeOptions } };

export async function startGatewayWorld(): Promise<GatewayWorld> {
  const home = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  const names = Object.keys(schemas) as ServiceName[];
  const services = await Promise.all(
    names.map(async (name) => {
      const plan: ServicePlan = { name, internalSecret };
      return { name, ...(await startChild(here('./gateway-service.ts'), plan, asOurs)) };
    }),
  );
  const urls = Object.fromEntries(services.map(({ name, url }) => [name, url]));
  const composition = composeServices(
    names.map((name) => ({ name, url: urls[name]!, typeDefs: parse(schemas[name]) })),
  );
  if (composition.errors) throw new Error(composition.errors.map(({ message }) => message).join('\n'));
  const supergraph = composition.supergraphSdl;
  const supergraphFile = join(home, 'supergraph.graphql');
  writeFileSync(supergraphFile, supergraph);
  const token = await issueToken(join(home, 'keys'), {
    role: viewer.role,
    organisationId: viewer.organisationId,
    email: viewer.email!,
    name: viewer.name!,
  });
  const collector = await startCollector();

  const launch = (contender: ContenderName): Promise<{ child: ChildProcess; url: string }> => {
    if (contender === 'marquee') return startMarquee({ home, urls, collectorUrl: collector.url });
    if (contender === 'apollo') {
      const plan: BareGatewayPlan = { supergraphFile, subgraphUrls: urls, internalSecret, viewer };
      return startChild(here('./bare-gateway.ts'), plan);
    }
    if (contender.startsWith('hive')) {
      const plan = { supergraph, header: header(), router: contender === 'hive router' };
      return startChild(here('./peers/hive.mjs'), plan);
    }
    const plan = Object.fromEntries(names.map((name) => [name, { url: urls[name], schema: schemas[name] }]));
    const jit = contender === 'mercurius jit';
    return startChild(here('./peers/mercurius.mjs'), { services: plan, header: header(), jit });
  };
  return {
    token,
    guestToken: await issueToken(join(home, 'keys'), {
      ...{ role: 'GUEST', organisationId: viewer.organisationId },
      ...{ email: 'guest@example.com', name: 'Guest' },
    }),
    pids: services.map(({ child }) => child.pid!),
    home,
    start: async (name) => {
      const { child, url } = await launch(name);
      // A signature holds for a minute; ours signs for itself, and so does the bare one.
      const timer = setInterval(() => child.connected && child.send({ header: header() }), 20_000);
      const stop = () => {
        clearInterval(timer);
        child.kill('SIGKILL');
      };
      return { name, url, pid: child.pid!, stop };
    },
    startKeeping: async (natsUrl) => {
      const file = join(home, 'kept.graphql');
      writeFileSync(file, keepAll(supergraph));
      const settings = { MARQUEE_SUPERGRAPH_FILE: file, NATS_URL: natsUrl };
      return runningOf('marquee', await startMarquee({ home, urls, collectorUrl: collector.url }, settings));
    },
    startBareHttp: async (bytes) =>
      runningOf('node:http', await startChild(here('./bare-http.ts'), { bytes })),
    stop: () => {
      collector.stop();
      for (const { child } of services) child.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function runningOf(name: string, { child, url }: { child: ChildProcess; url: string }): RunningGateway {
  return { name, url, pid: child.pid!, stop: () => void child.kill('SIGKILL') };
}

/** Federation 1, which Mercurius needs, has no way to say in a service what may be kept. */
function keepAll(supergraph: string): string {
  const hinted = supergraph.replace(/^type (Show|Venue|Person)$/gm, 'type $1 @cacheControl(maxAge: 300)');
  return `${hinted}\ndirective @cacheControl(maxAge: Int) on OBJECT\n`;
}

/** What a process has used so far: CPU in milliseconds, and resident memory in bytes now. Linux alone tells. */
export function usageOf(pid: number): { readonly cpuMs: number; readonly rssBytes: number } {
  if (!existsSync(`/proc/${pid}/stat`)) return { cpuMs: Number.NaN, rssBytes: Number.NaN };
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    // Ticks of a hundredth of a second: user and system time.
    cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
    rssBytes: Number(kilobytes) * 1024,
  };
}
