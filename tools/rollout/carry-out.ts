import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Plan } from '../release/plan.ts';
import { digestOf, runRelease, type Progress } from '../release/run.ts';
import { openCluster, type ClusterOptions } from './cluster.ts';
import { kubernetesDriver, settle, type RolloutOptions } from './driver.ts';
import { holdLease, type HeldLease } from './lease.ts';
import type { Patience } from './pods.ts';

export type CarryOutOptions = Omit<RolloutOptions, 'cluster' | 'patience' | 'assertHeld'> & {
  readonly cluster: Pick<ClusterOptions, 'namespace' | 'kubeconfig' | 'context'>;
  readonly leaseSeconds: number;
  /** Shorter where nobody wants to wait: a test. */
  readonly pace?: Partial<Patience & Pick<ClusterOptions, 'requestTimeoutMs' | 'retryMs'>>;
};

const usualPace = {
  pollMs: 2_000,
  readyTimeoutMs: 900_000,
  migrationTimeoutMs: 3_600_000,
  routeTimeoutMs: 30_000,
  natsTimeoutMs: 30_000,
  requestTimeoutMs: 10_000,
  retryMs: 250,
};

/** Does something with a release while nobody else does. */
async function whileHeld<T>(
  plan: Plan,
  options: CarryOutOptions,
  work: (rollout: RolloutOptions, lease: HeldLease) => Promise<T>,
): Promise<T> {
  const pace = { ...usualPace, ...options.pace };
  const cluster = openCluster({ ...pace, ...options.cluster });
  const { leaseSeconds, say } = options;
  const lease = await holdLease(cluster, {
    name: `${options.release}-rollout`,
    namespace: options.cluster.namespace,
    holder: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    leaseSeconds,
    plan: digestOf(plan),
    say,
  });
  try {
    return await work({ ...options, cluster, patience: pace, assertHeld: lease.assertHeld }, lease);
  } finally {
    // Not given back, it runs out.
    await lease.release().catch((error: unknown) => say(String(error)));
  }
}

/** Carries a plan out in a cluster, or on where it was killed. */
export async function carryOut(plan: Plan, options: CarryOutOptions): Promise<Progress> {
  return whileHeld(plan, options, (rollout, { store }) => runRelease(plan, store, kubernetesDriver(rollout)));
}

/** Gives the traffic of canaries that were promoted to the stable pods, once these are the same. */
export async function settleRelease(plan: Plan, options: CarryOutOptions): Promise<void> {
  return whileHeld(plan, options, (rollout) => settle(plan, rollout));
}
