import type { KubernetesObject } from '@kubernetes/client-node';
import type { Analysis } from '../rehearse/controller.ts';
import { ReleaseError } from '../release/error.ts';
import { fieldManager, kinds, type Cluster, type Route } from './cluster.ts';
import { carry, unitOf, untilSo, type Patience } from './pods.ts';

/** A service's traffic and the two tracks of pods between which it moves. */
export type Traffic = {
  /** The Deployment that runs what is there, and the one that runs what comes. */
  readonly present: string;
  readonly next: string;
  /** What their pods carry as `marquee.example/track`. */
  readonly tracks: { readonly present: string; readonly next: string };
  /** Nothing else writes this field while a release is under way, but who installed it. */
  move(percent: number): Promise<void>;
};

export type TrafficOptions = {
  readonly cluster: Cluster;
  /** RELEASE-SERVICE. */
  readonly name: string;
  readonly analysis: Analysis;
  /** Field managers that may have written weights before a release begins. */
  readonly installers: readonly string[];
  readonly patience: Patience;
};

/**
 * Weights have one owner. Whoever else moved them wants something, and is not overruled on the way forth; on the way back
 * everybody is.
 */
function assertOurs(
  { kind, metadata }: KubernetesObject,
  field: string,
  installers: readonly string[],
): void {
  const owners = (metadata?.managedFields ?? []).filter(({ subresource, fieldsV1 }) => {
    const fields = (fieldsV1 ?? {}) as { 'f:spec'?: Record<string, unknown> };
    return !subresource && fields['f:spec']?.[`f:${field}`] !== undefined;
  });
  const other = owners.find(({ manager = '' }) => manager !== fieldManager && !installers.includes(manager));
  if (other)
    throw new ReleaseError(
      `${kind} ${metadata?.name}: its ${field} were written by ${other.manager || 'somebody'}, who is not ${installers.join(' or ')} (--installer)`,
    );
}

/** What keeps a Gateway from routing as the route says now; null where nothing. */
function unrouted({ metadata, status }: Route): string | null {
  const parents = status?.parents ?? [];
  if (parents.length === 0) return `HTTPRoute ${metadata?.name}: no Gateway has taken it up`;
  for (const { conditions = [] } of parents) {
    for (const type of ['Accepted', 'ResolvedRefs']) {
      const condition = conditions.find((each) => each.type === type);
      if (!condition || (condition.observedGeneration ?? 0) < (metadata?.generation ?? 0))
        return `HTTPRoute ${metadata?.name}: a Gateway has not taken its weights up`;
      if (condition.status !== 'True')
        return `HTTPRoute ${metadata?.name} is not ${type}: ${condition.message}`;
    }
  }
  return null;
}

/** The weights of an HTTPRoute between the Services of the stable pods and the canary. */
function canaryTraffic({ cluster, name, installers, patience }: TrafficOptions): Traffic {
  const next = `${name}-canary`;
  const weigh = (percent: number) => (route: Route) => {
    if (percent > 0) assertOurs(route, 'rules', installers);
    const shares = new Map([
      [`${name}-stable`, 100 - percent],
      [next, percent],
    ]);
    const rules = (route.spec.rules ?? []).map((rule) => ({
      ...rule,
      backendRefs: (rule.backendRefs ?? []).map((ref) => ({
        ...ref,
        weight: shares.get(ref.name) ?? ref.weight,
      })),
    }));
    const hasBoth = rules.some(({ backendRefs }) => backendRefs.some((ref) => ref.name === next));
    if (!hasBoth)
      throw new ReleaseError(`HTTPRoute ${name} leads nothing to ${next}: no rollout.next was installed`);
    return { spec: { rules } };
  };
  const move = async (percent: number) => {
    await cluster.apply(kinds.route, name, weigh(percent));
    const look = async () => unrouted(await cluster.need(kinds.route, name));
    await untilSo(look, patience.routeTimeoutMs, patience);
  };
  return { present: name, next, tracks: { present: 'stable', next: 'canary' }, move };
}

const trackLabel = 'marquee.example/track';

/** The selector of a Service: all traffic or none. The other colour is behind the Service for previews. */
async function colourTraffic({ cluster, name, analysis, installers }: TrafficOptions): Promise<Traffic> {
  const colours = ['blue', 'green'] as const;
  const units = await Promise.all(
    colours.map(async (colour) => unitOf(await cluster.need(kinds.deployment, `${name}-${colour}`))),
  );
  const coming = colours.filter((_, place) => units[place] === analysis.version);
  if (coming.length !== 1)
    throw new ReleaseError(
      `${coming.length === 0 ? 'Neither' : 'Each'} colour of ${name} runs ${analysis.version}, which is to come: ${units.join(' and ')}`,
    );
  const next = coming[0]!;
  const present = next === 'blue' ? 'green' : 'blue';
  const point = async (service: string, track: string, isForth: boolean) =>
    cluster.apply(kinds.service, service, (now) => {
      const selector = now.spec?.selector ?? {};
      if (selector[trackLabel] === track) return null;
      if (isForth) assertOurs(now, 'selector', installers);
      return { spec: { selector: { ...selector, [trackLabel]: track } } };
    });
  return {
    present: `${name}-${present}`,
    next: `${name}-${next}`,
    tracks: { present, next },
    move: async (percent) => {
      const [active, idle] = percent > 0 ? [next, present] : [present, next];
      await point(name, active, percent > 0);
      await point(`${name}-preview`, idle, percent > 0);
    },
  };
}

export async function trafficOf(options: TrafficOptions): Promise<Traffic> {
  return options.analysis.strategy === 'bluegreen' ? colourTraffic(options) : canaryTraffic(options);
}

/** Gives so much to what comes, once its pods can carry it. */
export async function giveTo(options: TrafficOptions, percent: number): Promise<void> {
  const { cluster, analysis, patience } = options;
  const { present, next, move } = await trafficOf(options);
  if (percent > 0) {
    const { spec } = await cluster.need(kinds.deployment, present);
    const pods = await carry(cluster, next, Math.ceil(((spec?.replicas ?? 1) * percent) / 100), patience);
    if (unitOf(pods) !== analysis.version)
      throw new ReleaseError(
        `Deployment ${next} runs ${unitOf(pods)}, and its analysis judges ${analysis.version}`,
      );
  }
  await move(percent);
}
