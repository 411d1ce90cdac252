import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../charts/helm.ts';
import { metricsOf, registeredMetrics, unknownIn, type Exposed } from './known-metrics.ts';
import { readSlo } from './read-slo.ts';

const directory = mkdtempSync(join(tmpdir(), 'marquee-slo-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const slo = readSlo();
const sets = ['objectives', 'alerts'] as const;
const rulesFile = (set: string) => join(root, `helm/platform/generated/rules/${set}.yaml`);
const testsFile = (set: string) => join(root, `tools/slo/generated/${set}.test.yaml`);
type Rules = { groups: { rules: { alert?: string; expr: string; annotations?: { runbook: string } }[] }[] };
type Tests = { tests: { name: string; alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[] };
const read = <T>(file: string) => parse(readFileSync(file, 'utf8')) as T;
const rules = sets.flatMap((set) => read<Rules>(rulesFile(set)).groups.flatMap((group) => group.rules));
const alerts = rules.filter(({ alert }) => alert !== undefined);

/** undefined where promtool is not here, which is said. */
function promtool(...args: string[]) {
  const { error, status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  if (error) process.stdout.write('promtool is not here, so no rule was run: apt-get install prometheus\n');
  return error ? undefined : { status, said: stdout + stderr };
}

test('every alert fires when it should and is silent when it should be', () => {
  const tests = sets.flatMap((set) => read<Tests>(testsFile(set)).tests);
  const cases = tests.flatMap((each) => each.alert_rule_test);
  for (const { alert } of alerts) {
    const sizes = cases
      .filter(({ alertname }) => alertname === alert)
      .map(({ exp_alerts }) => exp_alerts.length);
    expect([alert, sizes.some((size) => size > 0), sizes.includes(0)]).toEqual([alert, true, true]);
  }
  const run = promtool('test', 'rules', ...sets.map(testsFile));
  if (run) expect(run).toMatchObject({ status: 0 });
});

test('a rule that never fires is found by its test, and so is one that always does', () => {
  for (const [name, from, to] of [
    ['never', '> 60', '> 1e12'],
    ['always', '> 60', '> -1'],
  ] as const) {
    const file = join(directory, `${name}.rules.yaml`);
    const relay = '(marquee_relay_oldest_seconds)';
    const text = readFileSync(rulesFile('alerts'), 'utf8');
    writeFileSync(file, text.replaceAll(`${relay} ${from}`, `${relay} ${to}`));
    const { tests, ...settings } = read<Tests>(testsFile('alerts'));
    const some = tests.filter((each) => each.name.startsWith('relay-stuck'));
    const wrong = join(directory, `${name}.test.yaml`);
    writeFileSync(wrong, JSON.stringify({ ...settings, rule_files: [file], tests: some }));
    const run = promtool('test', 'rules', wrong);
    if (run) expect([name, run.status, run.said]).toEqual([name, 1, expect.stringContaining('relay-stuck')]);
  }
});

test('every alert has its page, whose commands exist', () => {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );
  const cli = readFileSync(join(root, 'docs/backbone/cli.md'), 'utf8');
  const apps = readdirSync(join(root, 'apps'));
  for (const { annotations } of alerts) {
    const page = join(root, annotations!.runbook);
    expect([page, existsSync(page)]).toEqual([page, true]);
    const text = readFileSync(page, 'utf8');
    for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toContain(script);
    for (const [, command] of text.matchAll(/npx marquee ([a-z]+ [a-z-]+)/g)) expect(cli).toContain(command);
    for (const [, service] of text.matchAll(/app\.kubernetes\.io\/name=([a-z]+)/g))
      expect([...apps, 'nats']).toContain(service);
    for (const [, file] of text.matchAll(/\b((?:docs|tools)\/[\w/.-]+\.\w+)/g))
      expect([file, existsSync(join(root, file!))]).toEqual([file, true]);
  }
});

test('a full outage has called somebody after a minute and an evaluation, whether processes are dead or gone', () => {
  const seconds = (text: string) => Number(/^(\d+)s$/.exec(text)![1]);
  const [group] = read<{ groups: { interval: string }[] }>(rulesFile('alerts')).groups;
  const shared = readFileSync(join(root, 'helm/platform/templates/shared.yaml'), 'utf8');
  const asked = /path: \/metrics\n\s+interval: (\S+)/.exec(shared)![1]!;
  for (const name of ['service-down', 'platform-away']) {
    const alert = slo.alerts.find((each) => each.name === name)!;
    expect([name, alert.severity]).toEqual([name, 'page']);
    expect(seconds(asked) + seconds(alert.for) + seconds(group!.interval)).toBeLessThanOrEqual(60);
    // promtool runs the very case: asked every so often, gone right after 1m, called by 2m.
    expect([alert.fires.at, alert.fires.interval]).toEqual(['2m', asked]);
  }
});

test('rules and dashboards ask only for metrics that some source registers', () => {
  const known = registeredMetrics();
  const queries = [
    ...rules.map(({ expr }) => expr),
    ...slo.dashboards.flatMap(({ panels }) =>
      panels.flatMap((panel) => panel.queries.map(({ expr }) => expr)),
    ),
  ];
  const names = new Set(queries.flatMap((expr) => metricsOf(expr).map(({ name }) => name)));
  const ours = [...names].filter((name) => /^(marquee_(?!slo:)|process_|nodejs_)/.test(name));
  expect(ours.length).toBeGreaterThan(20);
  expect(
    ours.filter((name) => !known.has(name.replace(/_(bucket|count|sum)$/, '')) && !known.has(name)),
  ).toEqual([]);
});

test('what a query asks for is looked up by name and labels', () => {
  const exposed: Exposed = new Map([['marquee_relay_leading', [new Set(['service', 'instance'])]]]);
  expect(unknownIn('sum by (service) (marquee_relay_leading{instance="a"})', exposed)).toEqual([]);
  expect(unknownIn('sum by (servcie) (marquee_relay_leading)', exposed)).toEqual([
    'marquee_relay_leading{servcie}',
  ]);
  expect(unknownIn('rate(marquee_relay_laeding[5m])', exposed)).toEqual(['marquee_relay_laeding']);
});

test('rules, dashboards and runbooks are what slo.yaml and dashboards.yaml make', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/slo/main.ts'), '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
