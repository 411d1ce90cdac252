import { V1MicroTime, type V1Lease } from '@kubernetes/client-node';
import { setTimeout as wait } from 'node:timers/promises';
import type { Progress, Store } from '../release/run.ts';
import { ReleaseError } from '../release/error.ts';
import { kinds, type Cluster } from './cluster.ts';

const annotation = 'marquee.example/release-progress';

export type LeaseOptions = {
  readonly name: string;
  readonly namespace: string;
  /** Who holds it; another one each time. */
  readonly holder: string;
  /** Without a sign of life for so long a holder is taken for dead. */
  readonly leaseSeconds: number;
  /** Of the plan that is carried out: what a finished one left is history. */
  readonly plan: string;
  readonly say: (text: string) => void;
};

/** A release that nobody else carries out meanwhile, and where it stands. */
export type HeldLease = {
  readonly store: Store;
  /** Throws where another one may have taken over by now. */
  assertHeld(): void;
  release(): Promise<void>;
};

function readProgress({ metadata }: V1Lease): Progress | null {
  const text = metadata?.annotations?.[annotation];
  return text === undefined ? null : (JSON.parse(text) as Progress);
}

/**
 * Takes the Lease, or waits whether its holder still lives: one that shows no sign of life for `leaseSeconds` by our own
 * clock is dead, whatever its clock says. One that does is left alone.
 */
async function take(cluster: Cluster, options: LeaseOptions): Promise<V1Lease> {
  const { name, namespace, holder, leaseSeconds, say } = options;
  const ours = () => ({
    holderIdentity: holder,
    leaseDurationSeconds: leaseSeconds,
    renewTime: new V1MicroTime(),
  });
  for (let seen = ''; ;) {
    const found = await cluster.read(kinds.lease, name);
    const other = found?.spec?.holderIdentity ?? '';
    const version = found?.metadata?.resourceVersion ?? '';
    if (found && other !== '' && version !== seen) {
      if (seen !== '') throw new ReleaseError(`${other} carries a release out already (Lease ${name}).`);
      seen = version;
      say(`${other} held the Lease ${name}: waiting ${leaseSeconds} s whether it still lives`);
      await wait(leaseSeconds * 1_000);
      continue;
    }
    const { apiVersion, kind } = kinds.lease;
    const taken = found
      ? await cluster.replace<V1Lease>({ ...found, apiVersion, kind, spec: { ...found.spec, ...ours() } })
      : await cluster.create<V1Lease>({ apiVersion, kind, metadata: { name, namespace }, spec: ours() });
    if (taken) return taken;
  }
}

/**
 * Lock and memory of a release in one object: progress is written only by who holds the lock, for both are one write over the
 * version that was read. So one that was taken for dead and is not can no longer go on.
 */
export async function holdLease(cluster: Cluster, options: LeaseOptions): Promise<HeldLease> {
  const { name, holder, leaseSeconds, plan } = options;
  let lease = await take(cluster, options);
  let renewedMs = performance.now();
  let taken: string | null = null;
  let queue: Promise<void> = Promise.resolve();
  const assertNotTaken = () => {
    if (taken) throw new ReleaseError(`${taken} has taken the release over (Lease ${name}).`);
  };
  const writeNow = async (change: (now: V1Lease) => Partial<V1Lease>) => {
    for (;;) {
      const sentMs = performance.now();
      const { apiVersion, kind } = kinds.lease;
      const spec = { ...lease.spec, renewTime: new V1MicroTime() };
      const written = await cluster.replace<V1Lease>({
        ...lease,
        apiVersion,
        kind,
        spec,
        ...change({ ...lease, spec }),
      });
      if (written) {
        lease = written;
        renewedMs = sentMs;
        return;
      }
      // Our own write may have come through and its answer not.
      lease = await cluster.need(kinds.lease, name);
      if (lease.spec?.holderIdentity !== holder) taken = lease.spec?.holderIdentity || 'somebody';
      assertNotTaken();
    }
  };
  const write = (change: (now: V1Lease) => Partial<V1Lease>) => {
    const written = queue.then(() => writeNow(change));
    queue = written.catch(() => undefined);
    return written;
  };
  const assertHeld = () => {
    assertNotTaken();
    if (performance.now() - renewedMs > leaseSeconds * 1_000)
      throw new ReleaseError(`The Lease ${name} could not be renewed for ${leaseSeconds} s.`);
  };
  const renewing = setInterval(
    () => void write(() => ({})).catch(() => undefined),
    (leaseSeconds * 1_000) / 3,
  );
  renewing.unref();
  return {
    store: {
      load: () => {
        const progress = readProgress(lease);
        return progress?.outcome && progress.plan !== plan ? null : progress;
      },
      save: (progress) =>
        write(({ metadata }) => ({
          metadata: {
            ...metadata,
            annotations: { ...metadata?.annotations, [annotation]: JSON.stringify(progress) },
          },
        })),
    },
    assertHeld,
    release: async () => {
      clearInterval(renewing);
      if (!taken) await write(({ spec }) => ({ spec: { ...spec, holderIdentity: '' } }));
    },
  };
}
