import { setTimeout as wait } from 'node:timers/promises';
import {
  ApiException,
  AppsV1Api,
  createConfiguration,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  ServerConfiguration,
  setHeaderOptions,
  type KubernetesObject,
  type V1ConfigMap,
  type V1Deployment,
  type V1Job,
  type V1Lease,
  type V1Service,
  type V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { ReleaseError } from '../release/error.ts';

/** Under this name we own what we set. */
export const fieldManager = 'marquee-rollout';

export type Route = KubernetesObject & Pick<IHTTPRoute, 'spec' | 'status'>;
export type ScaledObject = KubernetesObject & Pick<IScaledObject, 'spec'>;

type KindOf<T> = { readonly apiVersion: string; readonly kind: string; readonly type?: T };
const kindOf = <T>(apiVersion: string, kind: string): KindOf<T> => ({ apiVersion, kind });

/** What is read and moved; the Role of the chart allows these and no more. */
export const kinds = {
  configMap: kindOf<V1ConfigMap>('v1', 'ConfigMap'),
  deployment: kindOf<V1Deployment>('apps/v1', 'Deployment'),
  autoscaler: kindOf<V2HorizontalPodAutoscaler>('autoscaling/v2', 'HorizontalPodAutoscaler'),
  scaledObject: kindOf<ScaledObject>('keda.sh/v1alpha1', 'ScaledObject'),
  job: kindOf<V1Job>('batch/v1', 'Job'),
  lease: kindOf<V1Lease>('coordination.k8s.io/v1', 'Lease'),
  route: kindOf<Route>('gateway.networking.k8s.io/v1', 'HTTPRoute'),
  service: kindOf<V1Service>('v1', 'Service'),
} as const;

export type ClusterOptions = {
  readonly namespace: string;
  /** Else KUBECONFIG, ~/.kube/config, or the service account of the pod that this runs in. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** A call without an answer is made again after this. */
  readonly requestTimeoutMs: number;
  /** The pause before a call is made again the first time; each one after it is twice as long. */
  readonly retryMs: number;
};

/** A namespace of a cluster: errors are sentences, what passes is tried again. */
export type Cluster = {
  /** Null where there is none, or where the cluster does not know the kind. */
  read<T extends KubernetesObject>(kind: KindOf<T>, name: string): Promise<T | null>;
  /** As read; without one it cannot go on. */
  need<T extends KubernetesObject>(kind: KindOf<T>, name: string): Promise<T>;
  /** Owns the fields that `change` makes of what is there, which nobody wrote to in between; null changes nothing. */
  apply<T extends KubernetesObject>(
    kind: KindOf<T>,
    name: string,
    change: (now: T) => object | null,
  ): Promise<void>;
  scale(deployment: string, replicas: number): Promise<void>;
  /** False where somebody was first: there is one already, or it is not as it was when it was read. */
  create<T extends KubernetesObject>(object: T): Promise<T | false>;
  replace<T extends KubernetesObject>(object: T): Promise<T | false>;
};

const tries = 6;

/** What may go well a moment later: an overloaded or restarting API server, a connection that broke. */
function isPassing(error: unknown): boolean {
  if (error instanceof ApiException) return error.code === 429 || error.code >= 500;
  const { name } = error as Error;
  return name === 'TimeoutError' || (name === 'TypeError' && (error as Error).cause !== undefined);
}

/** What the API server said, as a sentence of it. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiException)) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? `${message}: ${cause.message}` : message;
  }
  const body: unknown = error.body;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const said = /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return `the API server answered ${error.code}${said ? `: ${JSON.parse(`"${said}"`) as string}` : ''}`;
}

/** As AbortSignal.timeout, with an Error whose message may be written to: the client adds to it what it was about. */
function endingAfter(ms: number): AbortSignal {
  const controller = new AbortController();
  const error = Object.assign(new Error(`no answer within ${ms / 1_000} s`), { name: 'TimeoutError' });
  setTimeout(() => controller.abort(error), ms).unref();
  return controller.signal;
}

function configurationOf({ kubeconfig, context, requestTimeoutMs }: ClusterOptions) {
  const config = new KubeConfig();
  try {
    if (kubeconfig) config.loadFromFile(kubeconfig);
    else config.loadFromDefault();
  } catch (cause) {
    throw new ReleaseError(`The kubeconfig cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (context) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster)
    throw new ReleaseError(
      `The kubeconfig has no context ${context ?? config.getCurrentContext()} with a cluster.`,
    );
  return createConfiguration({
    baseServer: new ServerConfiguration(cluster.server, {}),
    authMethods: { default: config },
    promiseMiddleware: [
      {
        pre: async (request) => {
          request.setSignal(endingAfter(requestTimeoutMs));
          return request;
        },
        post: async (response) => response,
      },
    ],
  });
}

/** Makes calls until they are answered; answers `otherwise` for these codes. Any other refusal is for people. */
function asker(retryMs: number) {
  return async <T, O>(
    what: string,
    call: () => Promise<T>,
    codes: readonly number[],
    otherwise: O,
  ): Promise<T | O> => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await call();
      } catch (error) {
        if (error instanceof ApiException && codes.includes(error.code)) return otherwise;
        if (!isPassing(error) || tried === tries)
          throw new ReleaseError(`${what}: ${sentenceOf(error)}`, { cause: error });
        await wait(retryMs * 2 ** (tried - 1));
      }
    }
  };
}

export function openCluster(options: ClusterOptions): Cluster {
  const { namespace, retryMs } = options;
  const configuration = configurationOf(options);
  const api = new KubernetesObjectApi(configuration);
  const apps = new AppsV1Api(configuration);
  const ask = asker(retryMs);
  const headerOf = ({ apiVersion, kind }: KindOf<unknown>, name: string) => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
  });
  const cluster: Cluster = {
    read: <T extends KubernetesObject>(kind: KindOf<T>, name: string) =>
      ask(`reading ${kind.kind} ${name}`, () => api.read<T>(headerOf(kind, name)), [404], null),
    need: async (kind, name) => {
      const found = await cluster.read(kind, name);
      if (!found) throw new ReleaseError(`There is no ${kind.kind} ${name} in the namespace ${namespace}.`);
      return found;
    },
    apply: async (kind, name, change) => {
      for (let tried = 1; tried <= tries; tried += 1) {
        const now = await cluster.need(kind, name);
        const fields = change(now);
        if (!fields) return;
        const { apiVersion, kind: kindName, metadata } = headerOf(kind, name);
        const resourceVersion = now.metadata!.resourceVersion!;
        const object = { apiVersion, kind: kindName, metadata: { ...metadata, resourceVersion }, ...fields };
        // By force: what Helm wrote becomes ours; that nobody wrote since we looked, the resourceVersion makes sure.
        const patch = () =>
          api.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
        if ((await ask(`changing ${kind.kind} ${name}`, patch, [409], null)) !== null) return;
      }
      throw new ReleaseError(
        `${kind.kind} ${name} was changed by others each time that it was to be changed.`,
      );
    },
    scale: async (name, replicas) => {
      const body = {
        apiVersion: 'autoscaling/v1',
        kind: 'Scale',
        metadata: { name, namespace },
        spec: { replicas },
      };
      const asApply = setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply);
      const request = { name, namespace, body, fieldManager, force: true };
      await ask(
        `scaling Deployment ${name}`,
        () => apps.patchNamespacedDeploymentScale(request, asApply),
        [],
        null,
      );
    },
    create: (object) =>
      ask(`making ${object.kind} ${object.metadata?.name}`, () => api.create(object), [409], false),
    replace: (object) =>
      ask(`writing ${object.kind} ${object.metadata?.name}`, () => api.replace(object), [409], false),
  };
  return cluster;
}
