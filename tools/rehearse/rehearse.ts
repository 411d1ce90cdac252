import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { migrationOfNext } from './edits.ts';
import { startLoad, type Load } from './load.ts';
import { startMessages, type Messages } from './messages.ts';
import { runRelease, type Released } from './release-process.ts';
import { releasedServices, trackOf } from './rendered.ts';
import type { Rehearsed } from './report.ts';
import { podOf, withStage, type RehearsalOptions, type Stage } from './stage.ts';
import { timesOf } from './times.ts';
import { operationOfN, operationOfNext, planVersions, service } from './versions.ts';

/** An ordinary while after it all, of which failures are counted too. */
const afterwardsMs = 3_000;
/** Into the queue: a tenth of them is enough for a verdict. */
const messagesPerSecond = 50;
const trackHeader = 'x-track-gateway';

/** Visitors, who come in through the router. */
function startVisitors({ url, visitors, options }: Stage): Load {
  const headers = { authorization: `Bearer ${visitors.token}` };
  return startLoad({ url, perSecond: options.perSecond, query: operationOfN, headers, trackHeader });
}

/** The pods of a track go: nobody asks them any more. */
async function retire({ router, pods, rendered, options }: Stage, track: string): Promise<void> {
  options.say(`${track} goes`);
  const going = releasedServices.map(async (name) => {
    await router.drain(name, track);
    await wait(trackOf(rendered[name], track).preStopMs);
    await pods.get(podOf(name, track))!.stop();
  });
  await Promise.all(going);
}

/** N answers and writes over the schema of N+1, and N+1 what is new in it, where it has the traffic. */
async function checkAfterwards(stage: Stage, { outcome }: Released): Promise<void> {
  const { url, visitors, servers } = stage;
  if (!(await servers.migrated()).includes(migrationOfNext))
    throw new Error(`${migrationOfNext} is not there: the migration did not run, or was taken back`);
  await visitors.addVenue(url, 'Afterwards');
  await visitors.ask(url, operationOfN);
  if (outcome === 'promoted') await visitors.ask(url, operationOfNext);
}

/** Switches all traffic of the gateway, and asks at short intervals until `from` has not answered for a while. Answers how long it took. */
async function switchTraffic(stage: Stage, percent: 0 | 100, from: string): Promise<number> {
  const atMs = performance.now();
  await promisify(execFile)(`${stage.options.directory}/move`, [
    'weight',
    'gateway',
    'gateway',
    `${percent}`,
  ]);
  // The command itself counts too: nobody is served by the other colour before it is through.
  let lastOfOld = performance.now();
  while (performance.now() - lastOfOld < 750) {
    if ((await trackThatAnswers(stage)) === from) lastOfOld = performance.now();
    await wait(5);
  }
  return lastOfOld - atMs;
}

async function trackThatAnswers({ url, visitors }: Stage): Promise<string | null> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${visitors.token}` },
    body: JSON.stringify({ query: operationOfN }),
  });
  await answer.body?.cancel();
  return answer.headers.get(trackHeader);
}

/** The whole release under load, and what it leaves behind. */
async function release(stage: Stage, load: Load, messages: Messages): Promise<Rehearsed> {
  const { options, present, next, versions } = stage;
  const { strategy, fault, say } = options;
  const startedAtMs = performance.now();
  const plan = await planVersions(versions, `${options.directory}/plan`);
  if (plan.refused.length > 0) {
    const [reason] = plan.refused as [string];
    say(`the plan is refused: ${reason}`);
    const detectionMs = performance.now() - startedAtMs;
    const ended = { load: await load.stop(), messages: await messages.stop() };
    return { strategy, fault, outcome: 'refused', reason, ...ended, kills: 0, detectionMs };
  }
  const released = await runRelease(stage, plan);
  await checkAfterwards(stage, released);
  const isPromoted = released.outcome === 'promoted';
  const switched = isPromoted &&
    strategy === 'bluegreen' && {
      switchBackMs: await switchTraffic(stage, 0, next),
      switchMs: await switchTraffic(stage, 100, present),
    };
  await retire(stage, isPromoted ? present : next);
  await wait(afterwardsMs);
  const summary = await load.stop();
  // A failed request without an explanation would be met again.
  if (summary.failures > 0) stage.router.complaints().forEach((line) => say(`haproxy: ${line}`));
  const { outcome, reason, kills } = released;
  const times = timesOf(released, summary.tracks[next]?.lastAtMs);
  const ended = { load: summary, messages: await messages.stop() };
  return { strategy, fault, outcome, reason, kills, ...ended, ...times, ...switched };
}

/** N+1 must not be taken for ready before its schema is there. */
async function checkUnready({ pods, next }: Stage): Promise<void> {
  const answer = await fetch(pods.get(podOf(service, next))!.readyUrl).catch(() => undefined);
  const said = await answer?.text();
  if (answer?.status === 200)
    throw new Error(`${service} of N+1 says that it is ready without its schema: ${said}`);
}

/** Two versions of a service and the gateway behind a real router, released as an operator does, judged by a real Prometheus. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsed> {
  return withStage(options, async (stage) => {
    await stage.visitors.addVenue(stage.url, 'Before');
    // What a window looks back on must be of these processes' ordinary life, and Prometheus must have found them.
    const messages = await startMessages(stage.servers, messagesPerSecond);
    const load = startVisitors(stage);
    try {
      await wait(4_000);
      await checkUnready(stage);
      options.say(`${options.perSecond} requests a second; N+1 begins`);
      return await release(stage, load, messages);
    } finally {
      await Promise.all([load, messages].map((each) => each.stop()));
    }
  });
}
