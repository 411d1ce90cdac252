import type { Driver } from '../release/run.ts';
import { ReleaseError } from '../release/error.ts';
import type { CarryOutOptions } from './carry-out.ts';

/** What a person may say of a release in Kubernetes, for `parseArgs`. */
export const clusterFlags = {
  namespace: { type: 'string', default: 'marquee' },
  release: { type: 'string', default: 'marquee' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  prometheus: { type: 'string' },
  nats: { type: 'string' },
  'nats-namespace': { type: 'string', default: 'marquee' },
  installer: { type: 'string', multiple: true, default: ['helm'] as string[] },
  'lease-seconds': { type: 'string', default: '30' },
} as const;

export const clusterUsage = `  --namespace NAME     of the platform (marquee)
  --release NAME       of Helm (marquee)
  --kubeconfig FILE    else KUBECONFIG, ~/.kube/config, or the service account of the pod
  --context NAME       in it
  --prometheus URL     instead of the analysis's own, from outside of the cluster
  --nats URL           divides queues between the versions; without it they change hands whole
  --nats-namespace N   of the platform in NATS (marquee)
  --installer NAME     field manager that writes weights when it installs: helm; may be given again
  --lease-seconds N    without a sign of life for so long it is taken over (30)
`;

type ClusterValues = {
  readonly [Name in Exclude<keyof typeof clusterFlags, 'installer'>]?: string | undefined;
} & { readonly installer: string[] };

export function clusterOptions(
  values: ClusterValues,
  say: (text: string) => void,
  consumers?: Pick<Driver, 'setWeight'>,
): CarryOutOptions {
  const { namespace = 'marquee', release = 'marquee', kubeconfig, context, prometheus, installer } = values;
  const leaseSeconds = Number(values['lease-seconds']);
  if (!(Number.isInteger(leaseSeconds) && leaseSeconds >= 1 && leaseSeconds <= 3_600))
    throw new ReleaseError('--lease-seconds is a whole number from 1 to 3600.');
  const nats = values.nats && { url: values.nats, namespace: values['nats-namespace'] ?? 'marquee' };
  const cluster = { namespace, kubeconfig, context };
  const installers = installer;
  return { cluster, release, prometheus, ...(nats && { nats }), installers, consumers, leaseSeconds, say };
}
