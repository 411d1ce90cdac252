import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readResources, root } from '../charts/helm.ts';
import type { CarryOutOptions } from './carry-out.ts';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- a store of whatever is put into it, as an API server's is. */
type Any = any;

/** What happens to a request instead of an answer; undefined: nothing. */
export type Mishap = number | 'reset' | 'silence' | undefined;

const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: { configmaps: 'ConfigMap', services: 'Service' },
  'apps/v1': { deployments: 'Deployment' },
  'autoscaling/v2': { horizontalpodautoscalers: 'HorizontalPodAutoscaler' },
  'batch/v1': { jobs: 'Job' },
  'coordination.k8s.io/v1': { leases: 'Lease' },
  'gateway.networking.k8s.io/v1': { httproutes: 'HTTPRoute' },
};
const token = 'of-the-rollout';
const namespace = 'marquee';
const path =
  /^\/(?:api|apis)\/((?:[^/]+\/)?v\d+)(?:\/namespaces\/marquee\/([a-z]+)(?:\/([^/]+)(?:\/(scale))?)?)?$/;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects into objects; lists as wholes, as those of routes and selectors are atomic. */
function merge(into: Any, from: Any): Any {
  if (!isObject(into) || !isObject(from)) return from;
  const merged: Any = { ...into };
  for (const [key, value] of Object.entries(from)) merged[key] = merge(merged[key], value);
  return merged;
}

const fieldsOf = (spec: unknown) => ({
  'f:spec': Object.fromEntries(Object.keys(isObject(spec) ? spec : {}).map((key) => [`f:${key}`, {}])),
});

/**
 * As much of an API server as a roll-out speaks to, with what the chart renders in it: versions of objects and their conflicts,
 * owners of fields, the Role as rendered, and the controllers that make pods ready and take routes up. Prometheus too.
 */
export class StandInCluster {
  /** By `Kind/name`. */
  readonly objects = new Map<string, Any>();
  /** Weights and selectors as they were written, and by whom: `marquee-gateway 5`. */
  readonly moves: string[] = [];
  mishap: (method: string, path: string) => Mishap = () => undefined;
  /** The value of a metric for the coming version; null: nothing found. */
  measured: (query: string) => string | null = (query) => (query.includes('up{') ? '1' : '0');
  arePodsReady = true;
  isRouted = true;
  rules: Any[] = [];
  url = '';
  kubeconfig = '';
  #version = 1;
  readonly #server = createServer((request, response) => {
    void this.#handle(request, response);
  });

  async start(directory: string): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.kubeconfig = join(directory, 'kubeconfig');
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'here', cluster: { server: this.url, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'rollout', user: { token } }],
      contexts: [{ name: 'here', context: { cluster: 'here', user: 'rollout' } }],
      'current-context': 'here',
    };
    writeFileSync(this.kubeconfig, JSON.stringify(config), { mode: 0o600 });
  }

  /** Of a release that is carried out here, without waiting. */
  options(pace: CarryOutOptions['pace'] = {}): CarryOutOptions {
    return {
      cluster: { namespace: 'marquee', kubeconfig: this.kubeconfig },
      release: 'marquee',
      installers: ['helm'],
      leaseSeconds: 30,
      say: () => undefined,
      pace: { pollMs: 2, retryMs: 2, ...pace },
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** As after `helm upgrade` of one of the chart's examples; roll-outs are quicker. */
  install(example: string): void {
    this.objects.clear();
    this.moves.length = 0;
    this.mishap = () => undefined;
    this.measured = (query) => (query.includes('up{') ? '1' : '0');
    this.arePodsReady = true;
    this.isRouted = true;
    const resources: Any[] = readResources(
      readFileSync(join(root, 'helm/generated', `${example}.yaml`), 'utf8'),
    );
    for (const resource of resources) {
      // A hook that went well: Helm has removed it.
      if (resource.kind === 'Job') continue;
      if (resource.kind === 'Role') this.rules = resource.rules;
      if (resource.metadata.name.endsWith('-analysis')) {
        const quick = {
          intervalSeconds: 0.005,
          stepSeconds: 0.01,
          inconclusiveLimit: 3,
          prometheus: this.url,
        };
        for (const [key, analysis] of Object.entries<string>(resource.data))
          resource.data[key] = JSON.stringify({ ...JSON.parse(analysis), ...quick });
      }
      this.put(resource, 'helm');
    }
    for (const [key, { spec }] of this.objects)
      if (key.startsWith('HorizontalPodAutoscaler/')) this.#scale(spec.scaleTargetRef.name, spec.minReplicas);
  }

  /** Writes as somebody does who asks nobody. */
  put(object: Any, manager: string): void {
    const key = `${object.kind}/${object.metadata.name}`;
    const generation = (this.objects.get(key)?.metadata.generation ?? 0) + 1;
    const managedFields = [{ manager, operation: 'Update', fieldsV1: fieldsOf(object.spec) }];
    const metadata = {
      ...object.metadata,
      namespace,
      generation,
      managedFields,
      resourceVersion: `${(this.#version += 1)}`,
    };
    this.objects.set(key, { ...object, metadata });
  }

  edit(key: string, manager: string, change: (object: Any) => void): void {
    const object = structuredClone(this.get(key));
    change(object);
    this.put(object, manager);
  }

  get(key: string): Any {
    return this.objects.get(key);
  }

  /** The share of the canary, by the route as it is now. */
  shareOf(name: string): number {
    return this.get(`HTTPRoute/${name}`).spec.rules[0].backendRefs[1].weight;
  }

  #scale(deployment: string, replicas: number): void {
    const object = this.get(`Deployment/${deployment}`);
    if (object && (object.spec.replicas ?? 0) < replicas) object.spec.replicas = replicas;
  }

  /** What a cluster's controllers would have made of it by now. */
  #settled(object: Any): Any {
    const { kind, metadata, spec } = object;
    const observedGeneration = metadata.generation;
    if (kind === 'Deployment') {
      const replicas = spec.replicas ?? 1;
      const readyReplicas = this.arePodsReady ? replicas : 0;
      return {
        ...object,
        status: { observedGeneration, replicas, updatedReplicas: replicas, readyReplicas },
      };
    }
    if (kind === 'HTTPRoute' && this.isRouted) {
      const conditions = ['Accepted', 'ResolvedRefs'].map((type) => ({
        type,
        status: 'True',
        observedGeneration,
      }));
      return { ...object, status: { parents: [{ controllerName: 'a/gateway', conditions }] } };
    }
    return object;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const url = new URL(request.url!, this.url);
    const mishap = this.mishap(request.method!, url.pathname);
    if (mishap === 'silence') return;
    if (mishap === 'reset') return void request.socket.destroy();
    const [status, answer] =
      mishap === undefined ? this.#answer(request, url, body) : [mishap, { message: 'so it happened' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #answer(request: IncomingMessage, url: URL, body: string): [number, unknown] {
    if (url.pathname === '/api/v1/query') {
      const value = this.measured(new URLSearchParams(body).get('query')!);
      return [200, { status: 'success', data: { result: value === null ? [] : [{ value: [0, value] }] } }];
    }
    if (request.headers.authorization !== `Bearer ${token}`) return [401, { message: 'Unauthorized' }];
    const [, group = '', plural, name, subresource] = path.exec(url.pathname) ?? [];
    const kinds = groups[group];
    if (!kinds) return [404, { message: `nothing is known of ${url.pathname}` }];
    if (!plural) {
      const resources = Object.entries(kinds).map(([each, kind]) => ({
        name: each,
        kind,
        namespaced: true,
        verbs: [],
      }));
      return [200, { kind: 'APIResourceList', groupVersion: group, resources }];
    }
    const verb = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch' }[request.method!]!;
    const resource = subresource ? `${plural}/${subresource}` : plural;
    if (!this.#isAllowed(verb, group.includes('/') ? group.split('/')[0]! : '', resource, name))
      return [403, { message: `cannot ${verb} resource "${resource}"` }];
    return this.#act(verb, kinds[plural]!, name, subresource, url, body === '' ? null : JSON.parse(body));
  }

  #isAllowed(verb: string, group: string, resource: string, name: string | undefined): boolean {
    return this.rules.some(
      ({ verbs, apiGroups, resources, resourceNames }) =>
        verbs.includes(verb) &&
        apiGroups.includes(group) &&
        resources.includes(resource) &&
        (!resourceNames || resourceNames.includes(name)),
    );
  }

  #act(
    verb: string,
    kind: string,
    name: string | undefined,
    subresource: string | undefined,
    url: URL,
    sent: Any,
  ): [number, unknown] {
    const key = `${kind}/${name ?? sent.metadata.name}`;
    const found = this.get(key);
    if (verb === 'create') {
      if (found) return [409, { message: `${key} already exists` }];
      this.put(sent, 'marquee-rollout');
      return [201, this.get(key)];
    }
    if (!found) return [404, { message: `${key} not found` }];
    if (verb === 'get') return [200, this.#settled(found)];
    const expected = sent.metadata.resourceVersion;
    if (expected !== undefined && expected !== found.metadata.resourceVersion)
      return [409, { message: `${key}: the object has been modified` }];
    if (subresource) this.#scale(name!, sent.spec.replicas);
    else if (verb === 'update') this.put(sent, 'marquee-rollout');
    else this.#apply(key, found, sent, url.searchParams.get('fieldManager')!);
    return [200, this.get(key)];
  }

  #apply(key: string, found: Any, sent: Any, manager: string): void {
    const spec = merge(found.spec, sent.spec);
    const taken = Object.keys(fieldsOf(sent.spec)['f:spec']);
    const others = found.metadata.managedFields
      .filter((entry: Any) => entry.manager !== manager)
      .map((entry: Any) => {
        const left = Object.entries(entry.fieldsV1['f:spec']).filter(([field]) => !taken.includes(field));
        return { ...entry, fieldsV1: { 'f:spec': Object.fromEntries(left) } };
      });
    const ours = { manager, operation: 'Apply', fieldsV1: fieldsOf(sent.spec) };
    this.put({ ...found, spec }, manager);
    this.get(key).metadata.managedFields = [...others, ours];
    const { kind, metadata } = found;
    if (kind === 'HTTPRoute') this.moves.push(`${metadata.name} ${this.shareOf(metadata.name)}`);
    if (kind === 'Service') this.moves.push(`${metadata.name} ${spec.selector['marquee.example/track']}`);
    if (kind === 'HorizontalPodAutoscaler') this.#scale(spec.scaleTargetRef.name, spec.minReplicas);
  }
}
