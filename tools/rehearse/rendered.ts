import { renderResources, type Resource } from '../charts/helm.ts';
import type { Analysis } from './controller.ts';
import { rehearsedQueue } from './messages.ts';

/** What a rehearsal takes from the chart, as rendered. */
export type Rendered = {
  readonly analysis: Analysis;
  /** The same of what its consumers take. */
  readonly consumers: Analysis;
  /** Tracks by the share that the route or the Service gives them at first. */
  readonly weights: ReadonlyMap<string, number>;
  /** The unit that the pods of a track carry, and their environment. */
  readonly tracks: ReadonlyMap<string, Track>;
};

export type Track = {
  readonly unit: string;
  readonly version: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly readyPath: string;
  readonly preStopMs: number;
};

export type Strategy = 'canary' | 'bluegreen';

type Pod = {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly {
      readonly env?: readonly {
        readonly name: string;
        readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
      }[];
      readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
      readonly readinessProbe: { readonly httpGet: { readonly path: string } };
      readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
    }[];
  };
};
type Route = {
  readonly rules: readonly {
    readonly backendRefs: readonly { readonly name: string; readonly weight: number }[];
  }[];
};

/** Those whose next version is rolled out. */
export const releasedServices = ['venues', 'gateway'] as const;
export type ReleasedService = (typeof releasedServices)[number];

/** Half a minute instead of a quarter of an hour: the same analysis, in a hurry. */
const hurried = {
  'analysis.intervalSeconds': '1',
  'analysis.windowSeconds': '3',
  'analysis.minimumRequests': '10',
  // Windows of three seconds, asked each second: one slow moment is in three of them.
  'analysis.failureLimit': '3',
  'analysis.inconclusiveLimit': '20',
};

/** The value, or the reason why the render is not what a rehearsal can execute. */
function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the chart renders no ${what}`);
  return value;
}

/** Settings that a pod has of its own labels. */
function ownLabels(
  env: NonNullable<Pod['spec']['containers'][number]['env']>,
  labels: Readonly<Record<string, string>>,
): [string, string][] {
  return env.flatMap(({ name, valueFrom }) => {
    const [, label] = /^metadata\.labels\['(.+)'\]$/.exec(valueFrom?.fieldRef?.fieldPath ?? '') ?? [];
    return label === undefined ? [] : [[name, need(labels[label], `label ${label}`)]];
  });
}

function readTrack(resource: Resource, resources: readonly Resource[]): [string, Track] {
  const { template } = resource.spec as { template: Pod };
  const { labels } = template.metadata;
  const [container] = template.spec.containers;
  const config = container!.envFrom[0]!.configMapRef.name;
  const map = resources.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === config);
  const pause = /(\d+)\)$/.exec(container!.lifecycle.preStop.exec.command.at(-1) ?? '');
  return [
    need(labels['marquee.example/track'], 'track'),
    {
      unit: need(labels['marquee.example/unit'], 'unit'),
      version: need(labels['app.kubernetes.io/version'], 'version'),
      environment: {
        ...need(map?.data, `ConfigMap ${config}`),
        ...Object.fromEntries(ownLabels(container!.env ?? [], labels)),
      },
      readyPath: container!.readinessProbe.httpGet.path,
      preStopMs: Number(pause?.[1] ?? 0),
    },
  ];
}

/** Who gets how much, by the HTTPRoute of a canary, or by the selector of the one Service of blue and green. */
function weightsOf(strategy: Strategy, service: string, resources: readonly Resource[]): Map<string, number> {
  const find = (kind: string) =>
    need(
      resources.find((resource) => resource.kind === kind && resource.metadata.name === service),
      `${kind} ${service}`,
    );
  if (strategy === 'bluegreen') {
    const { selector } = find('Service').spec as { selector: Readonly<Record<string, string>> };
    const active = need(selector['marquee.example/track'], 'active colour');
    return new Map(['blue', 'green'].map((colour) => [colour, colour === active ? 100 : 0]));
  }
  const [rule] = (find('HTTPRoute').spec as Route).rules;
  return new Map(rule!.backendRefs.map(({ name, weight }) => [name.replace(`${service}-`, ''), weight]));
}

/** Renders the roll-outs of a strategy. `set` are further values. */
export function renderRollOuts(
  strategy: Strategy,
  set: Readonly<Record<string, string>>,
): Readonly<Record<ReleasedService, Rendered>> {
  const example = strategy === 'canary' ? 'gatewayapi' : 'bluegreen';
  const queues = `{${rehearsedQueue.name}}`;
  const enabled = { 'services.venues.enabled': 'true', 'services.venues.queues': queues };
  const resources = renderResources({ examples: [example], set: { ...hurried, ...enabled, ...set } });
  const renderedOf = (service: ReleasedService): Rendered => {
    const name = `marquee-${service}`;
    const input = resources.find(({ metadata }) => metadata.name === `${name}-analysis`)?.data;
    const pods = resources.filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name.startsWith(name),
    );
    return {
      analysis: JSON.parse(need(input?.['analysis.json'], `analysis of ${service}`)) as Analysis,
      consumers: JSON.parse(
        need(input?.['consumers.json'], `analysis of consumers of ${service}`),
      ) as Analysis,
      weights: weightsOf(strategy, name, resources),
      tracks: new Map(pods.map((pod) => readTrack(pod, resources))),
    };
  };
  return { venues: renderedOf('venues'), gateway: renderedOf('gateway') };
}

export function trackOf({ tracks }: Rendered, name: string): Track {
  return need(tracks.get(name), `track ${name}`);
}
