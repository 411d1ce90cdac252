import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '@marquee/embedded';
import { untilReady } from './child.ts';
import { inheritedEnvironment } from './config.ts';
import type { Fault } from './faults.ts';
import { startRouter, type Route, type Router } from './haproxy.ts';
import { weighMessages, type Probe, type StageFile } from './weigh.ts';
import { gatewayDirectory, startPod, type Pod } from './pods.ts';
import { startPrometheus } from './prometheus.ts';
import {
  releasedServices,
  renderRollOuts,
  trackOf,
  type ReleasedService,
  type Rendered,
  type Strategy,
} from './rendered.ts';
import { migrationJob, startServers, type Servers } from './servers.ts';
import { composeSupergraph, layOutVersions, operationOfN, type Version, type Versions } from './versions.ts';
import { makeVisitors, type Visitors } from './visitors.ts';

export type RehearsalOptions = {
  readonly strategy: Strategy;
  readonly fault: Fault;
  readonly perSecond: number;
  readonly stepSeconds: number;
  /** Ends the driver of the release half-way, as nobody can prevent, and starts it again. */
  readonly kill: boolean;
  /** For the files of this rehearsal: configurations and logs. */
  readonly directory: string;
  readonly say: (text: string) => void;
};

/** Everything that runs, before anything is released. */
export type Stage = {
  readonly options: RehearsalOptions;
  readonly versions: Versions;
  readonly rendered: Readonly<Record<ReleasedService, Rendered>>;
  readonly servers: Servers;
  readonly router: Router;
  /** Where visitors come in. */
  readonly url: string;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly present: string;
  readonly next: string;
  readonly visitors: Visitors;
  readonly stageFile: string;
  readonly movesFile: string;
};

const internalSecret = 'a secret that lives for one rehearsal alone';
export const podOf = (service: string, track: string) => `${service}-${track}`;

type Started = <S extends { stop(): Promise<void> }>(thing: S) => S;

/** Runs things that must be stopped, the last one first, whatever happens. */
export async function withStage<T>(
  options: RehearsalOptions,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const stops: (() => Promise<void>)[] = [];
  const started: Started = (thing) => {
    stops.push(() => thing.stop());
    return thing;
  };
  try {
    return await work(await setTheStage(options, started));
  } finally {
    for (const stop of stops.toReversed()) await stop().catch((error: unknown) => options.say(String(error)));
  }
}

/** Ports that are free now, each another one. */
async function freePorts<const Names extends readonly string[]>(...names: Names) {
  const ports = new Set<number>();
  while (ports.size < names.length) ports.add(await findFreePort(0));
  return Object.fromEntries(names.map((name, place) => [name, [...ports][place]!])) as Record<
    Names[number],
    number
  >;
}

/** What is there before any process of ours runs. */
async function lay(options: RehearsalOptions, started: Started) {
  const { directory, strategy, fault, stepSeconds } = options;
  mkdirSync(directory, { recursive: true });
  const inherited = inheritedEnvironment();
  const versions = layOutVersions(directory, fault);
  const ports = await freePorts(
    'prometheus',
    ...releasedServices,
    'venues-present',
    'venues-next',
    'gateway-present',
    'gateway-next',
  );
  const rendered = renderRollOuts(strategy, {
    'analysis.stepSeconds': `${stepSeconds}`,
    'analysis.prometheus': `http://127.0.0.1:${ports.prometheus}`,
  });
  const visitors = await makeVisitors(join(directory, 'keys'));
  const servers = started(await startServers(directory, versions.present, inherited));
  const tracks = strategy === 'canary' ? ['stable', 'canary'] : ['blue', 'green'];
  const [present, next] = tracks as [string, string];
  await weighMessages({ natsUrl: servers.natsUrl, present, next }, 0);
  return { options, inherited, versions, ports, rendered, visitors, servers, present, next };
}

type Ground = Awaited<ReturnType<typeof lay>>;

/** What is of this machine in a pod's environment, and not of the chart's. */
function environmentOf(ground: Ground, service: ReleasedService, version: Version): Record<string, string> {
  const { inherited, servers, visitors, ports } = ground;
  const common = { ...inherited, MARQUEE_INTERNAL_SECRET: internalSecret };
  if (service === 'venues')
    return { ...common, DATABASE_URL: servers.databaseUrl, NATS_URL: servers.natsUrl };
  return {
    ...common,
    MARQUEE_JWKS_FILE: visitors.jwksFile,
    MARQUEE_SUPERGRAPH_FILE: composeSupergraph(version),
    VENUES_URL: `http://127.0.0.1:${ports.venues}/graphql`,
    // One visitor stands for all of them, and every request shall be work.
    MARQUEE_RATE_LIMITS: 'off',
    MARQUEE_RESPONSE_CACHE_MIB: '0',
  };
}

/** Both tracks of every service, of which all but the service's N+1 are ready: that one waits for its schema. */
async function startPods(ground: Ground, started: Started): Promise<ReadonlyMap<string, Pod>> {
  const { options, versions, ports, rendered, present, next } = ground;
  const pods = new Map<string, Pod>();
  for (const service of releasedServices) {
    for (const [which, name] of [
      ['present', present],
      ['next', next],
    ] as const) {
      const track = trackOf(rendered[service], name);
      options.say(`starting ${service} ${name}: ${track.unit}`);
      const version = versions[which];
      const pod = startPod(track, {
        service,
        port: ports[`${service}-${which}`],
        directory: service === 'gateway' ? gatewayDirectory : version.directory,
        logFile: join(options.directory, `${podOf(service, name)}.log`),
        environment: environmentOf(ground, service, version),
        // What is wrong with N+1 is wrong with what comes late, so that more than one thing goes back.
        fault: which === 'next' && service === 'gateway' ? options.fault : 'none',
      });
      pods.set(podOf(service, name), started(pod));
    }
  }
  for (const name of [podOf('venues', present), podOf('gateway', present), podOf('gateway', next)]) {
    const pod = pods.get(name)!;
    await untilReady(pod.readyUrl, pod.child());
  }
  return pods;
}

function routesOf({ rendered, ports, present, next }: Ground, pods: ReadonlyMap<string, Pod>): Route[] {
  return releasedServices.map((service) => ({
    service,
    port: ports[service],
    readyPath: trackOf(rendered[service], next).readyPath,
    servers: [present, next].map((track) => ({
      track,
      port: pods.get(podOf(service, track))!.port,
      weight: rendered[service].weights.get(track) ?? 0,
    })),
  }));
}

function probesOf(
  { visitors, next }: Ground,
  pods: ReadonlyMap<string, Pod>,
): Record<ReleasedService, Probe> {
  const order = (service: ReleasedService) => ({
    url: `http://127.0.0.1:${pods.get(podOf(service, next))!.port}/graphql`,
    query: operationOfN,
  });
  return {
    venues: { ...order('venues'), headers: {}, signed: { viewer: visitors.viewer, secret: internalSecret } },
    gateway: { ...order('gateway'), headers: { authorization: `Bearer ${visitors.token}` } },
  };
}

async function setTheStage(options: RehearsalOptions, started: Started): Promise<Stage> {
  const ground = await lay(options, started);
  const { directory } = options;
  const { inherited, versions, ports, rendered, servers, present, next } = ground;
  const pods = await startPods(ground, started);
  const prometheus = started(await startPrometheus(directory, ports.prometheus, inherited));
  prometheus.watch(
    releasedServices.flatMap((service) =>
      [present, next].map((track) => ({
        port: pods.get(podOf(service, track))!.port,
        labels: { service, version: trackOf(rendered[service], track).unit, track },
      })),
    ),
  );
  const router = started(await startRouter(directory, routesOf(ground, pods), inherited));
  const movesFile = join(directory, 'moves.jsonl');
  const stageFile = join(directory, 'stage.json');
  const told: StageFile = {
    socket: router.socket,
    movesFile,
    present,
    next,
    natsUrl: servers.natsUrl,
    probes: probesOf(ground, pods),
    migration: migrationJob(versions.next, servers.ownerUrl, inherited),
    readyUrls: Object.fromEntries(
      releasedServices.map((service) => [service, pods.get(podOf(service, next))!.readyUrl]),
    ),
  };
  writeFileSync(movesFile, '');
  writeFileSync(stageFile, JSON.stringify(told));
  return { ...ground, router, url: `http://127.0.0.1:${ports.gateway}`, pods, stageFile, movesFile };
}
