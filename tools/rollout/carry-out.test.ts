import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connectOperator } from '@marquee/messaging';
import { temporaryDirectory, testNats } from '@marquee/testkit';
import { readResources, renderResources, root, type Resource } from '../charts/helm.ts';
import { planOf, step } from '../release/plan.test-support.ts';
import { carryOut, settleRelease } from './carry-out.ts';
import { StandInCluster } from './stand-in-cluster.test-support.ts';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered resources are looked into freely here. */
const open = (value: unknown) => value as any;
const find = (resources: readonly Resource[], kind: string, name: string) =>
  resources.find((resource) => resource.kind === kind && resource.metadata.name === name);

describe('a release that a Job carries out', () => {
  const resources = readResources(readFileSync(join(root, 'helm/generated/carry-out.yaml'), 'utf8'));
  const jobOf = (from: readonly Resource[]) =>
    from.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith('marquee-carry-out-'))!;

  test('runs as who may move traffic and nothing else, over the plan as it was given', () => {
    const { spec } = open(jobOf(resources)).spec.template;
    expect(spec).toMatchObject({ serviceAccountName: 'marquee-rollout', automountServiceAccountToken: true });
    const [{ args }] = spec.containers;
    expect(args.slice(0, 3)).toEqual(['tools/rollout/main.ts', 'run', '/etc/marquee/plan/plan.json']);
    const map = find(resources, 'ConfigMap', spec.volumes.at(-1).configMap.name)!;
    expect(JSON.parse(map.data!['plan.json']!).steps.at(-1)).toMatchObject({
      kind: 'consumers',
      service: 'hub',
    });
  });

  test('is another Job for another plan or command, and none without a plan', () => {
    const named = (set: Record<string, string>) =>
      jobOf(renderResources({ examples: ['carry-out'], set }))?.metadata.name;
    const names = [named({}), named({ 'carryOut.command': 'settle' }), named({ 'carryOut.plan': '\\{\\}' })];
    expect(new Set(names).size).toBe(3);
    expect(named({ 'carryOut.plan': '' })).toBeUndefined();
  });

  test('is not begun again where it was taken back, and reaches the API, Prometheus and NATS alone', () => {
    const job = open(jobOf(resources)).spec;
    expect(job.podFailurePolicy.rules[0]).toMatchObject({ action: 'FailJob', onExitCodes: { values: [1] } });
    const { egress } = open(find(resources, 'NetworkPolicy', 'marquee-carry-out')).spec;
    const ports = egress.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
    expect(ports).toEqual([53, 53, 4222, 9090, 443, 6443]);
  });
});

describe('what is put into queues', () => {
  const hub = planOf(step('subgraph', 'hub'), step('consumers', 'hub'));
  let nats: Awaited<ReturnType<typeof testNats>>;
  const said: string[] = [];
  const withNats = () => ({ ...cluster.options(), nats, say: (text: string) => void said.push(text) });
  const shares = async () => {
    const operator = await connectOperator(nats);
    try {
      const text = (await operator.settings('queues')).get('usage');
      return text && (JSON.parse(text) as unknown);
    } finally {
      await operator.close();
    }
  };
  const sharesSaid = () => said.flatMap((text) => /^(\d+) % to/.exec(text)?.[1] ?? []).slice(-3);

  const cluster = new StandInCluster();
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    await cluster.start(directory.path);
  });
  afterAll(async () => {
    await cluster.stop();
    await directory.remove();
  });
  beforeEach(async () => {
    cluster.install('carry-out');
    nats = await testNats();
    said.length = 0;
  });

  test('is divided between the versions step by step, and left to the stable pods once these are the same', async () => {
    expect(await carryOut(hub, withNats())).toMatchObject({ outcome: 'promoted' });
    expect(sharesSaid()).toEqual(['10', '50', '100']);
    expect(await shares()).toEqual({ stable: 0, canary: 100 });
    const { template } = cluster.get('Deployment/marquee-hub-canary').spec;
    cluster.get('Deployment/marquee-hub').spec.template = template;
    await settleRelease(hub, withNats());
    expect(await shares()).toEqual({ stable: 100, canary: 0 });
    expect(said.at(-1)).toBe('marquee-hub has the queues of marquee-hub-canary, which may go');
  });

  test('all goes back to the present version where the coming one fails what it takes', async () => {
    cluster.measured = (query) =>
      query.includes('outcome="failed"') ? '0.3' : query.includes('up{') ? '1' : '0';
    const reason = 'consumers hub: error-ratio was bad 2 times';
    expect(await carryOut(hub, withNats())).toMatchObject({ outcome: 'rolled-back', reason });
    expect(await shares()).toEqual({ stable: 100, canary: 0 });
    expect(cluster.shareOf('marquee-hub')).toBe(0);
  });

  test('changes hands whole where nobody said how NATS is reached, and the release goes back where it is not', async () => {
    expect(await carryOut(hub, cluster.options())).toMatchObject({ outcome: 'promoted' });
    expect(await shares()).toBeUndefined();
    cluster.install('carry-out');
    const nowhere = { url: 'nats://127.0.0.1:9', namespace: nats.namespace };
    const release = carryOut(hub, { ...cluster.options({ natsTimeoutMs: 10 }), nats: nowhere });
    await expect(release).rejects.toThrow('the shares of usage could not be set: NATS cannot be reached');
    const { annotations } = cluster.get('Lease/marquee-rollout').metadata;
    const progress: unknown = JSON.parse(annotations['marquee.example/release-progress']);
    expect(progress).toMatchObject({ direction: 'back', outcome: null });
  });
});
