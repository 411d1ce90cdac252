import { setTimeout as wait } from 'node:timers/promises';
import type { V1Deployment } from '@kubernetes/client-node';
import { ReleaseError } from '../release/error.ts';
import { kinds, type Cluster } from './cluster.ts';

export type Patience = {
  /** Between two looks at something that is to become so. */
  readonly pollMs: number;
  /** For new pods: pulling an image, nodes that are only being made. */
  readonly readyTimeoutMs: number;
  /** For a migration's Job; the chart ends it sooner (`migrations.deadlineSeconds`). */
  readonly migrationTimeoutMs: number;
  /** For a Gateway to have taken weights up. */
  readonly routeTimeoutMs: number;
  /** For NATS to take shares of queues. */
  readonly natsTimeoutMs: number;
};

/** Looks until it is so; after the time-out says what was seen last. */
export async function untilSo(
  look: () => Promise<string | null>,
  timeoutMs: number,
  { pollMs }: Patience,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const missing = await look();
    if (missing === null) return;
    if (performance.now() > endMs)
      throw new ReleaseError(`${missing} (after ${Math.round(timeoutMs / 1_000)} s)`);
    await wait(pollMs);
  }
}

/** What the pods of a Deployment run as: version, settings and supergraph. */
export function unitOf({ metadata, spec }: V1Deployment): string {
  const unit = spec?.template.metadata?.labels?.['marquee.example/unit'];
  if (!unit) throw new ReleaseError(`Deployment ${metadata?.name} names no unit: its chart is another one.`);
  return unit;
}

/** What a Deployment still lacks to have so many pods ready, all of its newest template; null where nothing. */
function lacking({ metadata, spec, status = {} }: V1Deployment, replicas: number): string | null {
  const name = `Deployment ${metadata?.name}`;
  const { readyReplicas = 0, updatedReplicas = 0, replicas: all = 0, observedGeneration = 0 } = status;
  if (observedGeneration < (metadata?.generation ?? 0)) return `${name}: nobody has looked at its change yet`;
  const stuck = status.conditions?.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
  if (stuck) throw new ReleaseError(`${name} does not get on: ${stuck.message ?? stuck.reason}`);
  const wanted = Math.max(replicas, spec?.replicas ?? 1);
  if (updatedReplicas < wanted || all > updatedReplicas)
    return `${name}: ${updatedReplicas} of ${Math.max(all, wanted)} pods are of its newest template`;
  return readyReplicas < wanted ? `${name}: ${readyReplicas} of ${wanted} pods are ready` : null;
}

/**
 * Asks for at least so many pods of a track before it gets the traffic that they are for, through whatever scales it: an
 * autoscaler alone would follow only when the few pods there are have too much. Never takes pods away. Answers how many there
 * will be: an autoscaler's maximum holds.
 */
async function scaleUp(cluster: Cluster, name: string, replicas: number): Promise<number> {
  const autoscaler = await cluster.read(kinds.autoscaler, name);
  if (autoscaler) {
    const minReplicas = Math.min(replicas, autoscaler.spec!.maxReplicas);
    await cluster.apply(kinds.autoscaler, name, ({ spec }) =>
      (spec!.minReplicas ?? 1) >= minReplicas ? null : { spec: { minReplicas } },
    );
    return minReplicas;
  }
  const scaledObject = await cluster.read(kinds.scaledObject, name);
  if (scaledObject) {
    const minReplicaCount = Math.min(replicas, scaledObject.spec!.maxReplicaCount ?? replicas);
    await cluster.apply(kinds.scaledObject, name, ({ spec }) =>
      (spec!.minReplicaCount ?? 0) >= minReplicaCount ? null : { spec: { minReplicaCount } },
    );
    return minReplicaCount;
  }
  const { spec } = await cluster.need(kinds.deployment, name);
  if ((spec?.replicas ?? 1) < replicas) await cluster.scale(name, replicas);
  return replicas;
}

/** So many pods of a track, ready. */
export async function carry(
  cluster: Cluster,
  name: string,
  replicas: number,
  patience: Patience,
): Promise<V1Deployment> {
  const wanted = await scaleUp(cluster, name, replicas);
  const look = async () => lacking(await cluster.need(kinds.deployment, name), wanted);
  await untilSo(look, patience.readyTimeoutMs, patience);
  return cluster.need(kinds.deployment, name);
}
