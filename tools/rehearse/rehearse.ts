import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '@marquee/embedded';
import { inheritedEnvironment } from './config.ts';
import { judgePreview, rollOut, type Analysis, type World } from './controller.ts';
import type { Fault } from './faults.ts';
import { startRouter, type Router } from './haproxy.ts';
import { startLoad, type Load } from './load.ts';
import { measure, startPrometheus, type Prometheus } from './prometheus.ts';
import { renderRollOut, type Rendered, type Strategy, type Track } from './rendered.ts';
import type { Rehearsed } from './report.ts';
import {
  composeVersions,
  makeVisitor,
  operationOfN,
  operationOfNext,
  planVersions,
  startGateway,
  startStandIn,
  type Gateway,
} from './versions.ts';

export type RehearsalOptions = {
  readonly strategy: Strategy;
  readonly fault: Fault;
  readonly perSecond: number;
  readonly stepSeconds: number;
  /** For the files of this rehearsal: configurations and logs. */
  readonly directory: string;
  readonly say: (text: string) => void;
};

const afterwardsMs = 12_000;

type Stage = {
  readonly rendered: Rendered;
  /** The analysis as rendered, asked of the Prometheus of this rehearsal. */
  readonly analysis: Analysis;
  readonly router: Router;
  readonly prometheus: Prometheus;
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly present: string;
  readonly next: string;
  readonly token: string;
  readonly options: RehearsalOptions;
};

/** Runs things that must be stopped, the last one first, whatever happens. */
async function withStage<T>(options: RehearsalOptions, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stops: (() => Promise<void>)[] = [];
  const started = async <S extends { stop(): Promise<void> }>(starting: Promise<S>): Promise<S> => {
    const thing = await starting;
    stops.push(() => thing.stop());
    return thing;
  };
  try {
    return await work(await setTheStage(options, started));
  } finally {
    for (const stop of stops.toReversed()) await stop().catch((error: unknown) => options.say(String(error)));
  }
}

type Started = <S extends { stop(): Promise<void> }>(starting: Promise<S>) => Promise<S>;

async function setTheStage(options: RehearsalOptions, started: Started): Promise<Stage> {
  const { directory, strategy, fault } = options;
  mkdirSync(directory, { recursive: true });
  const inherited = inheritedEnvironment();
  const set = { 'analysis.stepSeconds': `${options.stepSeconds}` };
  const rendered = renderRollOut(strategy, set);
  const [present, next] = strategy === 'canary' ? ['stable', 'canary'] : ['blue', 'green'];
  const supergraphs = composeVersions(directory, fault);
  const { token, jwksFile } = await makeVisitor(join(directory, 'keys'));
  const standIn = await started(startStandIn());
  const gateways = new Map<string, Gateway>();
  const targets = [];
  for (const track of [present, next]) {
    const pod = trackOf(rendered, track);
    const place = {
      port: await findFreePort(0),
      supergraph: track === next ? supergraphs.next : supergraphs.present,
      subgraphUrl: standIn.url,
      jwksFile,
      logFile: join(directory, `${track}.log`),
      inherited,
    };
    options.say(`starting ${track}: ${pod.unit}`);
    gateways.set(track, await started(startGateway(pod, place, track === next ? fault : 'none')));
    targets.push({ port: place.port, labels: { service: 'gateway', version: pod.unit, track } });
  }
  const prometheus = await started(startPrometheus(directory, await findFreePort(0), inherited));
  prometheus.watch(targets);
  const servers = [present, next].map((track) => ({
    track,
    port: gateways.get(track)!.port,
    readyPath: trackOf(rendered, track).readyPath,
    weight: rendered.weights.get(track) ?? 0,
  }));
  const router = await started(startRouter(directory, await findFreePort(0), servers, inherited));
  return {
    rendered,
    analysis: rendered.analysis,
    router,
    prometheus,
    gateways,
    present,
    next,
    token,
    options,
  };
}

function trackOf({ tracks }: Rendered, name: string): Track {
  const track = tracks.get(name);
  if (!track) throw new Error(`the chart renders no track ${name}`);
  return track;
}

function worldOf({ router, prometheus, present, next, options }: Stage): World {
  return {
    setWeight: (percent) =>
      router.setWeights(
        new Map([
          [present, 100 - percent],
          [next, percent],
        ]),
      ),
    measure: (analysis) => measure(prometheus.url, analysis),
    now: () => performance.now(),
    wait: (ms) => wait(ms),
    say: options.say,
  };
}

/** As a pod ends: out of the endpoints, the pause of its preStop, then SIGTERM and all that it still has to answer. */
async function retire({ router, gateways, rendered }: Stage, track: string): Promise<void> {
  await router.drain(track);
  await wait(trackOf(rendered, track).preStopMs);
  await gateways.get(track)!.stop();
}

const epochOf = (atMs: number) => performance.timeOrigin + atMs;

async function canary(stage: Stage, load: Load): Promise<Rehearsed> {
  const { options, present, next } = stage;
  const result = await rollOut(stage.analysis, worldOf(stage));
  await retire(stage, result.outcome === 'promoted' ? present : next);
  if (result.outcome === 'promoted') await answersAll(stage);
  // Failures are counted of an ordinary while, of which the roll-out was a part.
  await wait(afterwardsMs);
  const summary = await load.stop();
  const last = summary.tracks[next]?.lastAtMs;
  return {
    strategy: 'canary',
    fault: options.fault,
    outcome: result.outcome,
    reason: result.reason,
    load: summary,
    ...(result.verdictAtMs && {
      detectionMs: result.verdictAtMs - result.startedAtMs,
      rollbackMs: Math.max(last ?? 0, epochOf(result.backAtMs!)) - epochOf(result.startedAtMs),
    }),
  };
}

/** The traffic as the Service of a render has it. Answers when the command was given. */
async function activate({ router, options }: Stage, colour: string): Promise<number> {
  const { weights } = renderRollOut('bluegreen', { 'defaults.rollout.active': colour });
  const atMs = performance.now();
  await router.setWeights(weights);
  options.say(`all traffic to ${colour}`);
  return atMs;
}

async function blueGreen(stage: Stage, load: Load): Promise<Rehearsed> {
  const { gateways, present, next, options, analysis } = stage;
  const world = worldOf(stage);
  const preview = startLoad({
    url: `http://127.0.0.1:${gateways.get(next)!.port}`,
    perSecond: Math.min(20, options.perSecond),
    query: operationOfN,
    token: stage.token,
  });
  const startedAtMs = performance.now();
  const refused = await judgePreview(analysis, world);
  const verdictAtMs = performance.now();
  await preview.stop();
  const common = { strategy: 'bluegreen', fault: options.fault } as const;
  if (refused !== undefined) {
    const summary = await load.stop();
    const detectionMs = verdictAtMs - startedAtMs;
    return { ...common, outcome: 'refused', reason: refused, load: summary, detectionMs };
  }
  const forthMs = await switchTraffic(stage, next, present);
  await answersAll(stage);
  const after = await judgePreview(analysis, world);
  const backMs = await switchTraffic(stage, present, next);
  await switchTraffic(stage, next, present);
  await retire(stage, present);
  await wait(afterwardsMs);
  const summary = await load.stop();
  const outcome = after === undefined ? 'promoted' : 'rolled-back';
  const reason = after ?? 'the preview was good, and so was all traffic';
  return { ...common, outcome, reason, load: summary, switchMs: forthMs, switchBackMs: backMs };
}

/** Switches, and asks at short intervals until the other colour alone has answered for a while. Answers how long it took. */
async function switchTraffic(stage: Stage, to: string, from: string): Promise<number> {
  const atMs = await activate(stage, to);
  // The command itself counts too: nobody is served by the other colour before it is through.
  let lastOfOld = performance.now();
  while (performance.now() - lastOfOld < 750) {
    const answer = await ask(stage, operationOfN);
    if (answer.track === from) lastOfOld = performance.now();
    await wait(5);
  }
  return lastOfOld - atMs;
}

async function ask(
  { router, token }: Stage,
  query: string,
): Promise<{ track: string | null; body: string; status: number }> {
  const answer = await fetch(`${router.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return { track: answer.headers.get('x-track'), body: await answer.text(), status: answer.status };
}

/** N+1 answers what is new in it, for everybody. */
async function answersAll(stage: Stage): Promise<void> {
  const { status, body } = await ask(stage, operationOfNext);
  if (status !== 200 || body.includes('"errors"'))
    throw new Error(
      `N+1 has all traffic and does not answer ${operationOfNext}: ${status} ${body.slice(0, 300)}`,
    );
}

/** N+1 gets nothing at all, and visitors go on being answered by N. */
async function refusedPlan(
  { strategy, fault, say }: RehearsalOptions,
  load: Load,
  reason: string,
  startedAtMs: number,
): Promise<Rehearsed> {
  const detectionMs = performance.now() - startedAtMs;
  say(`the plan is refused: ${reason}`);
  return { strategy, fault, outcome: 'refused', reason, load: await load.stop(), detectionMs };
}

/** Two versions of the real gateway behind a real router, judged by a real Prometheus, moved as the chart's render says. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsed> {
  return withStage(options, async (stage) => {
    // What a window looks back on must be of these processes' ordinary life, and Prometheus must have found them.
    const load = startLoad({
      url: stage.router.url,
      perSecond: options.perSecond,
      query: operationOfN,
      token: stage.token,
    });
    try {
      await wait(5_000);
      options.say(`${options.perSecond} requests a second; N+1 of ${stage.analysis.version} begins`);
      const startedAtMs = performance.now();
      const { refused, steps } = await planVersions(options.directory);
      if (refused.length > 0) return await refusedPlan(options, load, refused[0]!, startedAtMs);
      for (const { kind, service, does } of steps) options.say(`planned: ${kind} ${service}: ${does}`);
      return await (options.strategy === 'canary' ? canary(stage, load) : blueGreen(stage, load));
    } catch (error) {
      await load.stop();
      throw error;
    }
  });
}
