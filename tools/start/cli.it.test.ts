import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import {
  fixture,
  launch,
  launchUnderNpm,
  migrationsOf,
  removeFixtures,
  service,
  writeSource,
  type Launched,
} from './fixture.test-support.ts';
import { identify, isRunning, type ProcessIdentity } from './processes.ts';
import { readRunning } from './run-state.ts';

const options = ['--port', '0', '--no-demo'];
const running: Launched[] = [];

afterEach(async () => {
  for (const launched of running.splice(0)) {
    launched.process.kill('SIGTERM');
    await launched.exited;
  }
});

afterAll(removeFixtures);

type Ready = { readonly url: string; readonly services: Readonly<Record<string, string>> };

/** Starts, and waits for the one line that says where it is. */
async function launchReady(root: string, ...args: string[]): Promise<Launched & { readonly ready: Ready }> {
  const launched = launch(root, ...options, '--json', ...args);
  running.push(launched);
  await eventually(() => expect(launched.output()).toContain('"ready":true'));
  const line = launched
    .output()
    .split('\n')
    .find((one) => one.includes('"ready":true'));
  return { ...launched, ready: JSON.parse(line!) as Ready };
}

function processesOf(home: string): ProcessIdentity[] {
  return Object.values(readRunning(home)?.services ?? {});
}

async function pidOf(home: string, name: string): Promise<number | undefined> {
  return readRunning(home)?.services[name]?.pid;
}

function twoServices() {
  return fixture({
    gateway: { 'main.ts': service },
    notes: { 'main.ts': service, 'migrations/index.ts': migrationsOf('note') },
  });
}

describe('a launcher that is asked to stop', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s drains and leaves no process',
    async (signal) => {
      const { root, home } = twoServices();
      const launched = await launchReady(root);
      const processes = processesOf(home);
      expect(processes).toHaveLength(2);
      launched.process.kill(signal);
      // From the terminal and through npm, one Ctrl-C arrives twice.
      launched.process.kill(signal);
      expect(await launched.exited).toBe(0);
      expect(launched.output()).toMatch(/Stopped \(\d+\.\d s\)/);
      expect(processes.filter(isRunning)).toEqual([]);
      expect(existsSync(join(home, 'run.lock'))).toBe(false);
    },
  );

  test('by the end of the npm that started it leaves no process either', async () => {
    const { root, home } = twoServices();
    const npm = launchUnderNpm(root, ...options, '--json');
    await eventually(() => expect(npm.output()).toContain('"ready":true'));
    const processes = [...processesOf(home), readRunning(home)!.launcher];
    npm.process.kill('SIGKILL');
    await eventually(() => expect(processes.filter(isRunning)).toEqual([]));
    expect(existsSync(join(home, 'run.lock'))).toBe(false);
  });

  test('before it is ready gives up what had started', async () => {
    const { root, home } = fixture({
      gateway: { 'main.ts': service },
      slow: { 'main.ts': 'setInterval(() => {}, 1000);' },
    });
    const launched = launch(root, ...options);
    running.push(launched);
    await eventually(() => expect(readRunning(home)?.services['slow']).toBeDefined());
    const processes = processesOf(home);
    launched.process.kill('SIGINT');
    expect(await launched.exited).toBe(0);
    expect(processes.filter(isRunning)).toEqual([]);
  });
});

test('A second start says where the first one runs, and fails', async () => {
  const { root } = twoServices();
  const { ready } = await launchReady(root);
  const second = launch(root, ...options);
  expect(await second.exited).toBe(1);
  expect(second.output()).toContain(`Marquee runs already at ${ready.url}`);
});

describe('--reset', () => {
  test('does nothing without a terminal to ask or --yes', async () => {
    const { root, home } = twoServices();
    const launched = launch(root, ...options, '--reset');
    expect(await launched.exited).toBe(1);
    expect(launched.output()).toContain('add --yes');
    expect(existsSync(home)).toBe(false);
  });

  test('starts with new data and new secrets', async () => {
    const { root, home } = twoServices();
    const secrets = () => readFileSync(join(home, 'keys', 'secrets.json'), 'utf8');
    const first = await launchReady(root);
    const before = secrets();
    writeFileSync(join(home, 'postgres', 'mark'), '');
    first.process.kill('SIGTERM');
    await first.exited;
    await launchReady(root, '--reset', '--yes');
    expect(secrets()).not.toBe(before);
    expect(existsSync(join(home, 'postgres', 'mark'))).toBe(false);
  });
});

describe('--watch', () => {
  test('restarts the service whose file changed, and no other', async () => {
    const { root, home } = twoServices();
    const { ready } = await launchReady(root, '--watch');
    const [gateway, notes] = [await pidOf(home, 'gateway'), await pidOf(home, 'notes')];
    writeSource(root, 'notes', 'main.ts', service.replace('version: 1', 'version: 2'));
    await eventually(async () => {
      const answer = await fetch(`${ready.services['notes']}/env`);
      expect(await answer.json()).toMatchObject({ version: 2 });
    });
    expect(await pidOf(home, 'notes')).not.toBe(notes);
    expect(await pidOf(home, 'gateway')).toBe(gateway);
  });

  test('runs a new migration before the service', async () => {
    const { root } = twoServices();
    const launched = await launchReady(root, '--watch');
    writeSource(root, 'notes', 'migrations/index.ts', migrationsOf('note', 'tag'));
    await eventually(() => expect(launched.output()).toContain('reloaded notes'));
    expect(launched.output()).not.toContain('!');
  });

  test('composes a changed schema, and keeps the old one where it does not compose', async () => {
    const schema = (field: string) =>
      `extend type Query { ${field}: Venue }\ntype Venue implements Node @key(fields: "id") { id: ID! }\n`;
    const { root, home } = fixture({
      gateway: { 'main.ts': service },
      notes: { 'main.ts': service, 'notes/notes.graphql': schema('oldField') },
    });
    const launched = await launchReady(root, '--watch');
    const supergraph = () => readFileSync(join(home, 'supergraph.graphql'), 'utf8');
    expect(supergraph()).toContain('oldField');
    writeSource(root, 'notes', 'notes/notes.graphql', schema('newField'));
    await eventually(() => expect(launched.output()).toContain('reloaded notes, gateway'));
    expect(supergraph()).toContain('newField');
    writeSource(root, 'notes', 'notes/notes.graphql', 'extend type Query { broken: Nothing }');
    await eventually(() => expect(launched.output()).toContain('The schemas do not compose'));
    expect(supergraph()).toContain('newField');
  });
});

test('A service that is killed is named and started again', async () => {
  const { root, home } = twoServices();
  const launched = await launchReady(root);
  const [first] = processesOf(home);
  process.kill(first!.pid, 'SIGKILL');
  await eventually(() => expect(launched.output()).toContain('was killed; starting it again'));
  await eventually(() => expect(processesOf(home).filter(isRunning)).toHaveLength(2));
  expect(isRunning(identify(launched.process.pid!))).toBe(true);
});
