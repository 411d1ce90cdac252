import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkKinds } from './check-kinds.ts';
import { environmentOf } from './environment.ts';
import { installOver } from './fake-cluster.test-support.ts';
import {
  chart,
  helm,
  kubeVersion,
  readResources,
  render,
  renderResources,
  root,
  type Resource,
} from './helm.ts';
import { makeSecrets, neededSecrets } from './secrets.ts';

const directory = mkdtempSync(join(tmpdir(), 'marquee-charts-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const generated = (name: string) => readFileSync(join(root, 'helm', 'generated', `${name}.yaml`), 'utf8');
const strategies = ['rolling', 'gatewayapi', 'argo', 'flagger', 'bluegreen'];
const renders = [...strategies, 'minimal', 'highly-available', 'multi-region', 'carry-out'];

const find = (resources: readonly Resource[], kind: string, name: string) =>
  resources.find((resource) => resource.kind === kind && resource.metadata.name === name);

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered resources are looked into freely here. */
const open = (value: unknown) => value as any;

describe('values', () => {
  test('the chart passes lint, every warning counted', () => {
    expect(helm('lint', '--strict', chart)).toContain('0 chart(s) failed');
  });

  test.each([
    ['services.events.replcias=3', 'Additional property replcias is not allowed'],
    ['defaults.rollout.strategy=roling', 'defaults.rollout.strategy must be one of'],
    ['dataStores.nats.mod=external', 'Additional property mod is not allowed'],
    ['services.events.secretEnv.DATABASE_URL=postgres://user:secret@host', 'DATABASE_URL'],
    ['services.events.settings.log_level=debug', 'Additional property log_level is not allowed'],
    ['analysis.steps={5,20}', 'analysis.steps'],
    ['version=not a label', 'version'],
    ['marketplace.url=https://plugins.example', 'marketplace.key'],
    ['marketplace.key=marketplace/index.pem', 'marketplace.key'],
    ['plans=plans.json', 'plans'],
    ['billing=billing.json', 'billing'],
    ['carryOut.plan=plan.json', 'carryOut.plan'],
    ['carryOut.command=roll', 'carryOut.command'],
    ['services.hub.queues=true', 'services.hub.queues'],
  ])('%s is refused by the schema', (set, reason) => {
    expect(() => helm('template', 'marquee', chart, '--kube-version', kubeVersion, '--set', set)).toThrow(
      reason,
    );
  });

  test.each([
    ['services.events.dependsOn={postgres,nats,venuse}', 'venuse, which is no service of this chart'],
    [
      'services.events.secretEnv.DATABASE_URL=null',
      'services.events: dependsOn postgres needs secretEnv.DATABASE_URL',
    ],
    ['carryOut.plan=\\{\\}', 'no service has the strategy gatewayapi or bluegreen'],
  ])('%s is refused by the templates, with the reason', (set, reason) => {
    expect(() => helm('template', 'marquee', chart, '--kube-version', kubeVersion, '--set', set)).toThrow(
      reason,
    );
  });
});

test('a marketplace, plans and who invoices them reach the hub alone, the key from the Secret that it is in', () => {
  const off = renderResources({ examples: ['minimal'] });
  const on = renderResources({
    examples: ['minimal'],
    set: {
      'marketplace.url': 'https://plugins.example/marketplace',
      'marketplace.key': 'marketplace/index.pem',
      plans: 'plans/plans.json',
      billing: 'plans/billing.json',
    },
  });
  const told = (resources: readonly Resource[], service: string) => {
    const { spec } = open(find(resources, 'Deployment', `marquee-${service}`)).spec.template;
    const [container] = spec.containers;
    const settings = find(resources, 'ConfigMap', container.envFrom[0].configMapRef.name)!.data!;
    return { settings, env: container.env, volumes: JSON.stringify(spec.volumes) };
  };
  const hub = told(on, 'hub');
  expect(hub.settings).toMatchObject({
    MARQUEE_MARKETPLACE: 'https://plugins.example/marketplace',
    MARQUEE_PLANS_FILE: '/var/run/marquee/keys/MARQUEE_PLANS_FILE',
    MARQUEE_BILLING_FILE: '/var/run/marquee/keys/MARQUEE_BILLING_FILE',
  });
  expect(hub.env).toContainEqual({
    name: 'MARQUEE_MARKETPLACE_KEY',
    valueFrom: { secretKeyRef: { name: 'marketplace', key: 'index.pem' } },
  });
  for (const file of ['plans.json', 'billing.json']) expect(hub.volumes).toContain(file);
  for (const each of [told(off, 'hub'), told(on, 'tickets')])
    expect(JSON.stringify(each)).not.toMatch(/MARKETPLACE|PLANS|BILLING/);
});

describe('renders', () => {
  test.each(renders)('%s is committed as it renders, and renders the same each time', (name) => {
    expect(render({ examples: [name] }) === generated(name)).toBe(true);
  });

  const everything = renders.flatMap((name) => readResources(generated(name)));
  const plain = readdirSync(join(root, 'k8s'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
    .flatMap((file) => readResources(readFileSync(join(root, 'k8s', file), 'utf8')));
  // Three that are wrong in a way that Kubernetes would swallow or find out only when it is there.
  const wrong = [
    find(
      readResources(generated('gatewayapi').replaceAll('weight: 100', 'wieght: 100')),
      'HTTPRoute',
      'marquee-gateway',
    )!,
    find(
      readResources(generated('argo').replaceAll('setWeight: 5', 'setWieght: 5')),
      'Rollout',
      'marquee-gateway',
    )!,
    find(
      readResources(generated('rolling').replaceAll('readOnlyRootFilesystem', 'readOnlyRootFileSystem')),
      'Deployment',
      'marquee-gateway',
    )!,
  ];

  test('every resource has only fields that its kind has, of the right type; typos are found', () => {
    const faults = checkKinds([...everything, ...plain, ...wrong]);
    expect(faults.filter((fault) => !/wieght|setWieght|readOnlyRootFileSystem/.test(fault))).toEqual([]);
    expect(faults.join('\n')).toMatch(/HTTPRoute marquee-gateway.*wieght/);
    expect(faults.join('\n')).toMatch(/Rollout marquee-gateway.*setWieght/);
    expect(faults.join('\n')).toMatch(/Deployment marquee-gateway.*readOnlyRootFileSystem/);
  });

  test('no secret is rendered, and no value of one', () => {
    expect(everything.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('all strategies run the very same pod', () => {
    const pods = strategies.map((strategy) => {
      const resources = readResources(generated(strategy));
      const workload =
        find(resources, 'Deployment', 'marquee-gateway') ??
        find(resources, 'Rollout', 'marquee-gateway') ??
        find(resources, 'Deployment', 'marquee-gateway-blue');
      const { spec } = open(workload).spec.template;
      // How Argo Rollouts calls the hash of a template.
      return JSON.stringify(spec).replaceAll('rollouts-pod-template-hash', 'pod-template-hash');
    });
    expect(new Set(pods).size).toBe(1);
  });

  test('the analysis asks the same of the coming version whoever asks', () => {
    const analysisOf = (name: string, kind: string, resource: string) =>
      open(find(readResources(generated(name)), kind, resource));
    const controllers = ['gatewayapi', 'bluegreen'].map((name) =>
      JSON.parse(analysisOf(name, 'ConfigMap', 'marquee-gateway-analysis').data['analysis.json']),
    );
    const queries = [
      ...controllers.map(({ metrics }) => metrics[0].query),
      analysisOf('argo', 'AnalysisTemplate', 'marquee-gateway').spec.metrics[0].provider.prometheus.query,
      analysisOf('flagger', 'MetricTemplate', 'marquee-gateway-error-ratio').spec.query,
    ];
    expect(new Set(queries.map((query) => query.replaceAll(/version="[^"]+"/g, 'version'))).size).toBe(1);
    expect(queries[0]).toMatch(/^\(.*status=~"5\.\.".*\) and on \(\) \(sum\(increase\(.*>= 50\)$/s);
    const unit = controllers[0].version;
    expect(queries[0]).toContain(`version="${unit}"`);
    const canary = find(readResources(generated('gatewayapi')), 'Deployment', 'marquee-gateway-canary');
    expect(open(canary).spec.template.metadata.labels['marquee.example/unit']).toBe(unit);
  });
});

describe('what a service is given', () => {
  const resources = readResources(generated('minimal'));
  const services = ['gateway', 'identity', 'events', 'venues', 'guests', 'tickets', 'analytics', 'hub'];

  test('the chart has every app, and each app takes the environment that the chart gives it', () => {
    expect(
      readdirSync(join(root, 'apps')).filter((app) => !services.includes(app) && existsMain(app)),
    ).toEqual([]);
    const secrets = makeSecrets(neededSecrets(resources), 'postgres:5432');
    const environments = Object.fromEntries(
      services.map((name) => [name, environmentOf(resources, name, secrets, directory)]),
    );
    const script = `
      for (const [name, env] of Object.entries(${JSON.stringify(environments)})) {
        process.env = env;
        const { readConfig } = await import('${root}/apps/' + name + '/src/config.ts');
        process.stdout.write(name + ' ' + readConfig().PORT + '\\n');
      }`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect({ stdout: stdout.trim().split('\n'), stderr }).toEqual({
      stdout: services.map((name) => `${name} 4000`),
      stderr: '',
    });
  });

  test('other settings make another ConfigMap, which the pods name; the one before is left as it was', () => {
    const changed = renderResources({
      examples: ['minimal'],
      set: { 'services.events.settings.EXTRA': '1' },
    });
    const configOf = (from: readonly Resource[], name: string) =>
      open(find(from, 'Deployment', `marquee-${name}`)).spec.template.spec.containers[0].envFrom[0]
        .configMapRef.name;
    expect(configOf(changed, 'events')).not.toBe(configOf(resources, 'events'));
    expect(configOf(changed, 'venues')).toBe(configOf(resources, 'venues'));
    expect(find(changed, 'ConfigMap', configOf(changed, 'events'))?.data).toMatchObject({ EXTRA: '1' });
  });

  test('ConfigMaps of the two releases before are written again as they were; older and foreign ones are not', async () => {
    const before = (name: string, since: string, of: string, instance = 'marquee') => ({
      metadata: {
        name,
        labels: { 'app.kubernetes.io/instance': instance, 'marquee.example/config-of': of },
        annotations: { 'marquee.example/since-revision': since },
      },
      data: { KEPT: name },
    });
    const created = await installOver(
      [
        before('second', '2', 'gateway.config'),
        before('tenth', '10', 'gateway.config'),
        before('ninth', '9', 'gateway.config'),
        before('foreign', '11', 'gateway.config', 'another-release'),
        before('of-events', '3', 'events.config'),
      ],
      { resources: readResources(generated('rolling')), directory, example: 'rolling' },
    );
    const kept = created.filter(({ kind, data }) => kind === 'ConfigMap' && data?.['KEPT']);
    expect(kept.map(({ metadata, data }) => [metadata.name, data?.['KEPT']]).toSorted()).toEqual(
      ['ninth', 'of-events', 'tenth'].map((name) => [name, name]),
    );
    expect(
      created.filter(({ metadata }) => metadata.name.startsWith('marquee-gateway-config-')),
    ).toHaveLength(1);
  });

  test('every secret that is named can be made for a try-out', () => {
    const made = makeSecrets(neededSecrets(resources), 'postgres:5432');
    const paths = [...made].flatMap(([name, keys]) => [...keys.keys()].map((key) => `${name}/${key}`));
    expect(paths.toSorted()).toEqual(neededSecrets(resources));
    const [app, owner] = ['DATABASE_URL', 'DATABASE_OWNER_URL'].map(
      (key) => new URL(made.get('marquee-events')!.get(key)!),
    );
    expect([app!.username, owner!.username, owner!.pathname]).toEqual([
      'marquee_events_app',
      'marquee_events_owner',
      '/marquee_events',
    ]);
  });
});

describe('the network', () => {
  const resources = readResources(generated('highly-available'));
  const policyOf = (name: string) => open(find(resources, 'NetworkPolicy', `marquee-${name}`)).spec;
  const labels = (name: string) => ({
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': 'marquee',
  });

  test('all is denied, and each arrow of dependsOn is open at both of its ends', () => {
    expect(policyOf('default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const arrows = { events: ['venues'], tickets: ['events', 'venues', 'guests'] };
    for (const [from, targets] of Object.entries(arrows)) {
      for (const to of targets) {
        expect(JSON.stringify(policyOf(from).egress)).toContain(JSON.stringify(labels(to)));
        expect(JSON.stringify(policyOf(to).ingress)).toContain(JSON.stringify(labels(from)));
      }
    }
  });

  test('what is not in dependsOn is closed at both ends', () => {
    expect(JSON.stringify(policyOf('venues').egress)).not.toContain('"tickets"');
    expect(JSON.stringify(policyOf('tickets').ingress)).not.toContain('"venues"');
    expect(JSON.stringify(policyOf('guests').egress)).not.toContain('0.0.0.0/0');
  });

  test('who speaks to the internet cannot reach what is ours by its address', () => {
    const [block] = policyOf('hub')
      .egress.flatMap((rule: { to?: unknown[] }) => rule.to ?? [])
      .filter((to: { ipBlock?: { cidr: string } }) => to.ipBlock?.cidr === '0.0.0.0/0');
    expect(block.ipBlock.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16']));
  });
});

describe('without Helm', () => {
  test('the try-out is one whole that kubectl can put together', () => {
    const { error, stdout, stderr, status } = spawnSync(
      'kubectl',
      ['kustomize', join(root, 'k8s', 'try-out')],
      {
        encoding: 'utf8',
        maxBuffer: 16 * 1024 * 1024,
      },
    );
    if (error) {
      process.stdout.write('kubectl is not here, so k8s/try-out was not put together: install kubectl\n');
      return;
    }
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const resources = readResources(stdout);
    expect(resources.filter(({ kind }) => kind === 'Deployment')).toHaveLength(8);
    expect(resources.some(({ metadata }) => JSON.stringify(metadata).includes('helm.sh/hook'))).toBe(false);
  });

  test('it is what the chart renders today', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/charts/main.ts'), '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

function existsMain(app: string): boolean {
  return readdirSync(join(root, 'apps', app, 'src')).includes('main.ts');
}
