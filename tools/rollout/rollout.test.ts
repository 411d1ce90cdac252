import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import { planOf, step } from '../release/plan.test-support.ts';
import { carryOut, settleRelease, type CarryOutOptions } from './carry-out.ts';
import { StandInCluster } from './stand-in-cluster.test-support.ts';

const plan = planOf(
  step('migrate', 'events'),
  step('subgraph', 'events'),
  step('gateway', 'gateway'),
  step('consumers', 'events'),
);
const cluster = new StandInCluster();
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
  await cluster.start(directory.path);
  writeFileSync(join(directory.path, 'plan.json'), JSON.stringify(plan));
});
afterAll(async () => {
  await cluster.stop();
  await directory.remove();
});
beforeEach(() => cluster.install('gatewayapi'));

const run = (pace?: CarryOutOptions['pace']) => carryOut(plan, cluster.options(pace));

const forth = (name: string, from = 0) =>
  [5, 20, 50, 100].slice(from).map((percent) => `marquee-${name} ${percent}`);
const back = ['marquee-gateway 0', 'marquee-events 0'];
const up = (query: string) => (query.includes('up{') ? '1' : '0');
const isBad = (service: string) => {
  const asked = [`service="${service}"`, 'status=~"5.."'];
  cluster.measured = (query) => (asked.every((part) => query.includes(part)) ? '0.5' : up(query));
};
const progress = () =>
  JSON.parse(cluster.get('Lease/marquee-rollout').metadata.annotations['marquee.example/release-progress']);

describe('a canary', () => {
  test('goes along its steps, each with the pods that it needs, and is not moved again once it is through', async () => {
    const stable = cluster.get('Deployment/marquee-gateway').spec.replicas;
    expect(await run()).toMatchObject({ outcome: 'promoted' });
    expect(cluster.moves).toEqual([...forth('events'), ...forth('gateway')]);
    expect(cluster.get('Deployment/marquee-gateway-canary').spec.replicas).toBe(stable);
    expect(progress()).toMatchObject({ outcome: 'promoted' });
    expect(await run()).toMatchObject({ outcome: 'promoted' });
    expect(cluster.moves).toHaveLength(8);
  });

  test('that an autoscaler does not scale is scaled itself', async () => {
    cluster.objects.delete('HorizontalPodAutoscaler/marquee-gateway-canary');
    cluster.get('Deployment/marquee-gateway').spec.replicas = 6;
    expect(await run()).toMatchObject({ outcome: 'promoted' });
    expect(cluster.get('Deployment/marquee-gateway-canary').spec.replicas).toBe(6);
  });

  test('that is bad goes back, and with it all that went before', async () => {
    isBad('gateway');
    const reason = expect.stringContaining('gateway gateway: error-ratio was bad 2 times');
    expect(await run()).toMatchObject({ outcome: 'rolled-back', reason });
    expect(cluster.moves).toEqual([...forth('events'), 'marquee-gateway 5', 'marquee-gateway 0', ...back]);
    expect([cluster.shareOf('marquee-events'), cluster.shareOf('marquee-gateway')]).toEqual([0, 0]);
  });

  test.each([
    ['is silent', () => (cluster.measured = () => null)],
    ['is away', () => (cluster.mishap = (_, path) => (path.endsWith('/query') ? 503 : undefined))],
  ])('of which Prometheus %s goes back', async (_, happens) => {
    happens();
    expect(await run()).toMatchObject({
      outcome: 'rolled-back',
      reason: expect.stringContaining('no verdict'),
    });
    expect(cluster.shareOf('marquee-events')).toBe(0);
  });

  test('whose pods do not get ready is given nothing', async () => {
    cluster.arePodsReady = false;
    const reason = expect.stringMatching(/marquee-events-canary: 0 of 1 pods are ready/);
    expect(await run({ readyTimeoutMs: 30 })).toMatchObject({ outcome: 'rolled-back', reason });
    expect(cluster.moves).toEqual(['marquee-events 0']);
  });

  test('that is not what its analysis judges is given nothing', async () => {
    cluster.get('Deployment/marquee-events-canary').spec.template.metadata.labels['marquee.example/unit'] =
      '9-other';
    const reason = expect.stringMatching(
      /marquee-events-canary runs 9-other, and its analysis judges 0\.2\.0-/,
    );
    expect(await run()).toMatchObject({ outcome: 'rolled-back', reason });
  });

  test('whose weights no Gateway takes up goes back', async () => {
    cluster.isRouted = false;
    const release = run({ routeTimeoutMs: 30 });
    await expect(release).rejects.toThrow('HTTPRoute marquee-events: no Gateway has taken it up');
    expect(progress()).toMatchObject({ direction: 'back', outcome: null });
    cluster.isRouted = true;
    expect(await run()).toMatchObject({
      outcome: 'rolled-back',
      reason: expect.stringContaining('no Gateway'),
    });
  });

  test('of which a migration failed is not begun', async () => {
    const failed = { type: 'Failed', status: 'True', message: 'the lock was not given' };
    cluster.put(
      { kind: 'Job', metadata: { name: 'marquee-events-migrate' }, status: { conditions: [failed] } },
      'helm',
    );
    const reason = 'migrate events: Job marquee-events-migrate failed: the lock was not given';
    expect(await run()).toMatchObject({ outcome: 'rolled-back', reason });
    expect(cluster.moves).toEqual([]);
  });

  test('leaves its traffic to the stable pods once these are the same, and not before', async () => {
    await run();
    await expect(settleRelease(plan, cluster.options())).rejects.toThrow(
      /marquee-events runs 0\.1\.0-.* upgrade with the new version/,
    );
    for (const name of ['events', 'gateway']) {
      const unit = cluster.get(`Deployment/marquee-${name}-canary`).spec.template.metadata.labels[
        'marquee.example/unit'
      ];
      cluster.get(`Deployment/marquee-${name}`).spec.template.metadata.labels['marquee.example/unit'] = unit;
    }
    await settleRelease(plan, cluster.options());
    expect([cluster.shareOf('marquee-events'), cluster.shareOf('marquee-gateway')]).toEqual([0, 0]);
  });
});

describe('blue and green', () => {
  beforeEach(() => cluster.install('bluegreen'));
  const to = (name: string, colour: string, other: string) =>
    [`${name} ${colour}`, `${name}-preview ${other}`].map((move) => `marquee-${move}`);

  const active = (name: string) =>
    cluster.get(`Service/marquee-${name}`).spec.selector['marquee.example/track'];
  /** Nobody asks a preview anything. */
  const onceGreen = (events: string, gateway: string) => {
    cluster.measured = (query) => {
      const name = query.includes('service="events"') ? 'events' : 'gateway';
      if (query.includes('up{')) return '1';
      return active(name) === 'blue' ? null : { events, gateway }[name];
    };
  };

  test('change places at once, with as many pods as there were', async () => {
    onceGreen('0', '0');
    cluster.get('Deployment/marquee-gateway-blue').spec.replicas = 7;
    expect(await run()).toMatchObject({ outcome: 'promoted' });
    expect(cluster.moves).toEqual([...to('events', 'green', 'blue'), ...to('gateway', 'green', 'blue')]);
    expect(cluster.get('Deployment/marquee-gateway-green').spec.replicas).toBe(7);
    const selector = { 'app.kubernetes.io/name': 'gateway' };
    expect(cluster.get('Service/marquee-gateway').spec.selector).toMatchObject(selector);
  });

  test('change back when the verdict is against the new one', async () => {
    onceGreen('0', '0.7');
    expect(await run()).toMatchObject({ outcome: 'rolled-back' });
    const there = to('gateway', 'green', 'blue');
    expect(cluster.moves.slice(2, 6)).toEqual([...there, ...to('gateway', 'blue', 'green')]);
    expect(active('events')).toBe('blue');
  });

  test('do not change where the preview is bad already', async () => {
    isBad('events');
    const reason = 'subgraph events: without traffic error-ratio was bad 2 times';
    expect(await run()).toMatchObject({ reason });
    expect(active('events')).toBe('blue');
    expect(cluster.moves).not.toContain('marquee-events green');
  });

  test('do not change where both are the same', async () => {
    const labels = (colour: string) =>
      cluster.get(`Deployment/marquee-events-${colour}`).spec.template.metadata.labels;
    labels('blue')['marquee.example/unit'] = labels('green')['marquee.example/unit'];
    await expect(run()).rejects.toThrow(/Each colour of marquee-events runs 0\.2\.0-/);
    expect(cluster.moves).toEqual([]);
  });
});

describe('the API server', () => {
  test('may be overloaded, restart, break off and be silent: what was to be done is done', async () => {
    const mishaps = [429, 'reset', 500, undefined, 'silence', 503, undefined] as const;
    let requests = 0;
    cluster.mishap = (_, path) =>
      path.endsWith('/query') || requests > 60 ? undefined : mishaps[(requests += 1) % mishaps.length];
    expect(await run({ requestTimeoutMs: 100 })).toMatchObject({ outcome: 'promoted' });
    expect(new Set(cluster.moves)).toEqual(new Set([...forth('events'), ...forth('gateway')]));
  });

  test('that stays away ends it with a sentence, and it goes on back when the server is there again', async () => {
    const share = () => cluster.shareOf('marquee-events');
    cluster.mishap = (_, path) => (path.includes('/httproutes/') && share() === 20 ? 503 : undefined);
    await expect(run()).rejects.toThrow(
      'reading HTTPRoute marquee-events: the API server answered 503: so it happened',
    );
    expect(share()).toBe(20);
    cluster.mishap = () => undefined;
    expect(await run()).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('503') });
    expect(share()).toBe(0);
  });

  test('that forbids something is quoted', async () => {
    cluster.rules = cluster.rules.filter(({ resources }) => !resources.includes('httproutes'));
    await expect(run()).rejects.toThrow('the API server answered 403: cannot get resource "httproutes"');
  });

  test('gives a write that another one came before a second try, over what the other wrote', async () => {
    let written = 0;
    cluster.mishap = (method, path) => {
      if (method === 'PATCH' && path.endsWith('/marquee-gateway') && (written += 1) === 2) {
        cluster.edit(
          'HTTPRoute/marquee-gateway',
          'helm',
          ({ spec }) => (spec.rules[0].timeouts = { request: '30s' }),
        );
      }
      return undefined;
    };
    expect(await run()).toMatchObject({ outcome: 'promoted' });
    expect(cluster.moves).toEqual([...forth('events'), ...forth('gateway')]);
    expect(cluster.get('HTTPRoute/marquee-gateway').spec.rules[0].timeouts).toEqual({ request: '30s' });
  });
});

describe('one owner', () => {
  test('whoever else moves weights is not overruled on the way forth, and named', async () => {
    cluster.measured = (query) => {
      if (cluster.shareOf('marquee-gateway') === 50) {
        cluster.edit(
          'HTTPRoute/marquee-gateway',
          'kubectl-edit',
          ({ spec }) => (spec.rules[0].backendRefs[1].weight = 3),
        );
      }
      return up(query);
    };
    const reason = expect.stringContaining('its rules were written by kubectl-edit, who is not helm');
    expect(await run()).toMatchObject({ outcome: 'rolled-back', reason });
    expect(cluster.moves).toEqual([...forth('events'), ...forth('gateway').slice(0, 3), ...back]);
  });

  test('one that was taken for dead, and is not, moves nothing any more', async () => {
    cluster.measured = (query) => {
      if (cluster.shareOf('marquee-gateway') === 20) {
        cluster.edit('Lease/marquee-rollout', 'another', ({ spec }) => (spec.holderIdentity = 'another'));
        return '0.9';
      }
      return up(query);
    };
    await expect(run()).rejects.toThrow('another has taken the release over');
    expect(cluster.get('Lease/marquee-rollout').spec.holderIdentity).toBe('another');
    expect(progress()).toMatchObject({ direction: 'forth' });
  });

  const start = (): ChildProcess => {
    const file = join(directory.path, 'plan.json');
    const more = ['--kubeconfig', cluster.kubeconfig, '--lease-seconds', '6'];
    const main = join(import.meta.dirname, '../release/main.ts');
    return spawn(process.execPath, [main, 'run', file, '--driver', 'kubernetes', ...more]);
  };
  const ended = async (child: ChildProcess) => {
    const [out, err, [code]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      once(child, 'exit'),
    ]);
    return { code: code as number | null, out, err };
  };

  test('killed, it is taken over where it was; alive, it is left alone', async () => {
    // The gateway's canary stays without a verdict until the first one is dead.
    let isDead = false;
    cluster.measured = (query) => (query.includes('service="gateway"') && !isDead ? null : up(query));
    const { data } = cluster.get('ConfigMap/marquee-gateway-analysis');
    const patient = { ...JSON.parse(data['analysis.json']), inconclusiveLimit: 1e9, intervalSeconds: 0.05 };
    data['analysis.json'] = JSON.stringify(patient);
    const first = start();
    const firstEnded = ended(first);
    try {
      await eventually(() => expect(cluster.moves).toContain('marquee-gateway 5'));
      expect(await ended(start())).toMatchObject({
        code: 2,
        err: expect.stringContaining('carries a release out already'),
      });
    } finally {
      first.kill('SIGKILL');
    }
    expect((await firstEnded).code).toBeNull();
    isDead = true;
    const before = cluster.moves.length;
    const second = await ended(start());
    expect(second).toMatchObject({
      code: 0,
      out: 'promoted\n',
      err: expect.stringContaining('going on forth at step 3'),
    });
    expect(cluster.moves.slice(before)).toEqual(forth('gateway'));
  });
});
