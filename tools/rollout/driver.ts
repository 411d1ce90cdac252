import { setTimeout as wait } from 'node:timers/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Analysis, Measurement } from '../rehearse/controller.ts';
import { measure } from '../rehearse/measure.ts';
import type { Plan, Step } from '../release/plan.ts';
import type { Driver } from '../release/run.ts';
import { ReleaseError } from '../release/error.ts';
import type { NatsAddress } from '../release/share.ts';
import { kinds, type Cluster } from './cluster.ts';
import { carry, unitOf, untilSo, type Patience } from './pods.ts';
import { shareQueues } from './queues.ts';
import { giveTo, trafficOf, type TrafficOptions } from './traffic.ts';

export type RolloutOptions = {
  readonly cluster: Cluster;
  /** The Helm release; its resources are named RELEASE-SERVICE. */
  readonly release: string;
  /** Instead of the address in the analysis, for whoever is not in the cluster. */
  readonly prometheus?: string | undefined;
  readonly installers: readonly string[];
  readonly patience: Patience;
  /** Divides queues between tracks. */
  readonly nats?: NatsAddress | undefined;
  /** The same by a program of the operator's, where one is given. */
  readonly consumers?: Pick<Driver, 'setWeight'> | undefined;
  /** Throws where somebody else may carry the release out by now. */
  readonly assertHeld: () => void;
  readonly say: (text: string) => void;
};

const analysisSchema = Compile(
  Type.Object({
    service: Type.String(),
    strategy: Type.Union([Type.Literal('gatewayapi'), Type.Literal('bluegreen')]),
    version: Type.String(),
    prometheus: Type.String(),
    intervalSeconds: Type.Number({ exclusiveMinimum: 0 }),
    stepSeconds: Type.Number({ minimum: 0 }),
    steps: Type.Array(Type.Number({ minimum: 0, maximum: 100 }), { minItems: 1 }),
    failureLimit: Type.Number({ minimum: 1 }),
    inconclusiveLimit: Type.Number({ minimum: 1 }),
    queues: Type.Optional(Type.Array(Type.String())),
    metrics: Type.Array(
      Type.Object({
        name: Type.String(),
        query: Type.String(),
        min: Type.Optional(Type.Number()),
        max: Type.Optional(Type.Number()),
        /** Also judged where nobody asks anything. */
        always: Type.Optional(Type.Boolean()),
      }),
      { minItems: 1 },
    ),
  }),
);

type RenderedMetric = Analysis['metrics'][number] & { readonly always?: boolean };

/** What nobody asked cannot be bad: of a preview without requests only what holds without them is judged. */
function withoutRequests({ metrics }: Analysis, measured: Measurement): Measurement {
  const known = metrics.map(({ name, min, max, always }: RenderedMetric) => {
    const value = measured.get(name) ?? null;
    return [name, value === null && !always ? (max ?? min ?? null) : value] as const;
  });
  return new Map(known);
}

function parseAnalysis(name: string, key: string, text: string | undefined): Analysis {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch (cause) {
    throw new ReleaseError(`ConfigMap ${name} has no ${key} that could be read`, { cause });
  }
  if (analysisSchema.Check(value)) return value;
  const [fault] = analysisSchema.Errors(value);
  throw new ReleaseError(`ConfigMap ${name}: ${key}${fault?.instancePath} ${fault?.message}`);
}

/** What the chart renders for a service that is moved by us: for its requests and for its consumers. */
async function analysisOf(
  { cluster, release }: RolloutOptions,
  service: string,
  key: 'analysis.json' | 'consumers.json' = 'analysis.json',
): Promise<Analysis> {
  const name = `${release}-${service}-analysis`;
  const found = await cluster.read(kinds.configMap, name);
  if (!found)
    throw new ReleaseError(
      `There is no ConfigMap ${name}: services.${service}.rollout.strategy is neither gatewayapi nor bluegreen`,
    );
  return parseAnalysis(name, key, found.data?.[key]);
}

const consumersOf = (options: RolloutOptions, service: string) =>
  analysisOf(options, service, 'consumers.json');

/** Read anew each time: an upgrade may change it. */
async function rolloutOf(options: RolloutOptions, service: string): Promise<TrafficOptions> {
  const { cluster, release, installers, patience } = options;
  const analysis = await analysisOf(options, service);
  return { cluster, name: `${release}-${service}`, analysis, installers, patience };
}

async function migrated({ cluster, release, patience, say }: RolloutOptions, service: string): Promise<void> {
  const name = `${release}-${service}-migrate`;
  const look = async () => {
    const job = await cluster.read(kinds.job, name);
    if (!job) {
      // Pods of N+1 are there only if the upgrade was, which Helm ends where a migration fails; weights look for these pods.
      say(`Job ${name} is gone: Helm removes one that went well`);
      return null;
    }
    const conditions = (job.status?.conditions ?? []).filter(({ status }) => status === 'True');
    const failed = conditions.find(({ type }) => type === 'Failed');
    if (failed) throw new ReleaseError(`Job ${name} failed: ${failed.message ?? failed.reason}`);
    return conditions.some(({ type }) => type === 'Complete') ? null : `Job ${name} has not ended`;
  };
  await untilSo(look, patience.migrationTimeoutMs, patience);
}

/** How the coming version is given its part of what is put into a service's queues. */
type Division = (step: Step, percent: number) => Promise<void>;

/** Null where nobody can divide: consumers change hands whole then, as projections do, when the pods of N go. */
function divisionOf(options: RolloutOptions, { queues = [] }: Analysis): Division | null {
  const { nats, consumers, patience } = options;
  if (consumers) return consumers.setWeight;
  if (!nats || queues.length === 0) return null;
  return async ({ service }, percent) => {
    const { tracks } = await trafficOf(await rolloutOf(options, service));
    const shares = { [tracks.present]: 100 - percent, [tracks.next]: percent };
    await shareQueues(nats, queues, shares, patience);
  };
}

/**
 * Moves releases in a cluster as its chart says: weights of HTTPRoutes (`gatewayapi`) and selectors of Services (`bluegreen`),
 * once the pods are there that are to carry the traffic, judged by the analysis in the service's ConfigMap.
 */
export function kubernetesDriver(options: RolloutOptions): Driver {
  const { say, assertHeld } = options;
  /** Services whose coming version has no traffic but what testers send it, which may be nothing. */
  const previews = new Set<string>();
  const ask = async (analysis: Analysis): Promise<Measurement> => {
    try {
      const measured = await measure(options.prometheus ?? analysis.prometheus, analysis);
      return previews.has(analysis.service) ? withoutRequests(analysis, measured) : measured;
    } catch (error) {
      // As with too few requests: no verdict, and after too many of those it goes back.
      say(`Prometheus: ${(error as Error).message}`);
      return new Map();
    }
  };
  return {
    migrate: (service) => migrated(options, service),
    analysisOf: async ({ kind, service }) => {
      if (kind !== 'consumers') return analysisOf(options, service);
      const analysis = await consumersOf(options, service);
      return divisionOf(options, analysis) ? analysis : { ...analysis, steps: [100] };
    },
    setWeight: async (step, percent) => {
      assertHeld();
      const { kind, service } = step;
      if (kind === 'consumers')
        return divisionOf(options, await consumersOf(options, service))?.(step, percent);
      const rollout = await rolloutOf(options, service);
      await giveTo(rollout, percent);
      if (percent === 0) previews.add(service);
      else previews.delete(service);
    },
    measure: ask,
    now: () => performance.now(),
    wait: (ms) => wait(ms),
    say,
  };
}

/**
 * After a promotion by weights: once the stable pods are of the promoted unit too they take the traffic over, and what is put
 * into queues, and the canary may go. Before, it would go from under all of it.
 */
export async function settle(plan: Plan, options: RolloutOptions): Promise<void> {
  const { cluster, patience, say, assertHeld } = options;
  for (const step of plan.steps) {
    const { kind, service } = step;
    const divide = kind === 'consumers' && divisionOf(options, await consumersOf(options, service));
    if (kind === 'migrate' || divide === null) continue;
    const rollout = await rolloutOf(options, service);
    if (rollout.analysis.strategy === 'bluegreen') continue;
    const { present, next, move } = await trafficOf(rollout);
    const canary = await cluster.need(kinds.deployment, next);
    const stable = await cluster.need(kinds.deployment, present);
    if (unitOf(stable) !== unitOf(canary))
      throw new ReleaseError(
        `Deployment ${present} runs ${unitOf(stable)} and ${next} ${unitOf(canary)}: upgrade with the new version first, and leave services.${service}.rollout.next as it is`,
      );
    await carry(cluster, present, canary.spec?.replicas ?? 1, patience);
    assertHeld();
    await (divide ? divide(step, 0) : move(0));
    say(`${present} has the ${divide ? 'queues' : 'traffic'} of ${next}, which may go`);
  }
}
