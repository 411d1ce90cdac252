import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import { planOf, step } from './plan.test-support.ts';

const plan = planOf(
  step('migrate', 'events'),
  step('subgraph', 'venues'),
  step('subgraph', 'events'),
  step('gateway', 'gateway'),
);

let base: Awaited<ReturnType<typeof temporaryDirectory>>;
let prometheus: Server;
/** What Prometheus says of the coming version of a service. */
let errors: Record<string, string> = {};
let folder: string;
let serial = 0;

beforeAll(async () => {
  base = await temporaryDirectory();
  prometheus = createServer((request, response) => {
    void text(request).then((body) => {
      const value = errors[new URLSearchParams(body).get('query') ?? ''] ?? '0';
      const isSilent = value === 'until it is probed' && !calls().some((call) => call.startsWith('probe'));
      const result = isSilent ? [] : [{ value: [0, value === 'until it is probed' ? '0' : value] }];
      response.end(JSON.stringify({ status: 'success', data: { result } }));
    });
  });
  await new Promise<void>((listening) => prometheus.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  prometheus.closeAllConnections();
  await new Promise((closed) => prometheus.close(closed));
  await base.remove();
});

/** A hook that writes down what it is told. Told the words in `kill`, it kills who called it, once. */
const hook = `
const { appendFileSync, existsSync, readFileSync, rmSync } = require('node:fs');
const [folder, ...words] = process.argv.slice(2);
appendFileSync(folder + '/calls', words.join(' ') + '\\n');
if (existsSync(folder + '/kill') && readFileSync(folder + '/kill', 'utf8') === words.join(' ')) {
  rmSync(folder + '/kill');
  process.kill(process.ppid, 'SIGKILL');
}
if (existsSync(folder + '/fail') && readFileSync(folder + '/fail', 'utf8') === words.join(' ')) {
  process.stderr.write('the lock was not given');
  process.exit(3);
}`;

beforeEach(() => {
  errors = {};
  folder = join(base.path, `release-${(serial += 1)}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'hook.cjs'), hook);
  const command = `#!/bin/sh\nexec '${process.execPath}' '${folder}/hook.cjs' '${folder}' "$@"\n`;
  writeFileSync(join(folder, 'hook'), command, { mode: 0o755 });
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  for (const service of ['venues', 'events', 'gateway']) {
    const analysis = {
      service,
      strategy: 'gatewayapi',
      version: '2',
      prometheus: `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`,
      intervalSeconds: 0.01,
      stepSeconds: 0.01,
      steps: [50, 100],
      failureLimit: 1,
      inconclusiveLimit: 3,
      metrics: [{ name: 'errors', query: service, max: 0.01 }],
    };
    writeFileSync(join(folder, `${service}.json`), JSON.stringify(analysis));
  }
});

/** Changes the analysis of a service for one test. */
function analyse(service: string, changes: object): void {
  const file = join(folder, `${service}.json`);
  const analysis = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...analysis, ...changes }));
}

function start(...more: string[]): ChildProcess {
  const args = ['run', join(folder, 'plan.json'), '--hook', join(folder, 'hook'), '--analyses', folder];
  return spawn(process.execPath, [
    join(import.meta.dirname, 'main.ts'),
    ...args,
    '--state',
    join(folder, 'state'),
    ...more,
  ]);
}

async function run(...more: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(...more);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit'),
  ]);
  return { code: code as number | null, out, err };
}

const tell = (file: 'kill' | 'fail', words: string) => writeFileSync(join(folder, file), words);
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
const forth = (kind: string, service: string) => [
  `weight ${kind} ${service} 50`,
  `weight ${kind} ${service} 100`,
];
const all = [
  'migrate events',
  ...forth('subgraph', 'venues'),
  ...forth('subgraph', 'events'),
  ...forth('gateway', 'gateway'),
];

test('a release goes forth step by step, and is not done again once it is done', async () => {
  expect(await run()).toMatchObject({ code: 0, out: 'promoted\n' });
  expect(calls()).toEqual(all);
  expect(await run()).toMatchObject({ code: 0, out: 'promoted\n' });
  expect(calls()).toEqual(all);
});

test('a verdict against one step takes all of them back, the last one first, and migrations stay', async () => {
  errors['gateway'] = '0.3';
  expect(await run()).toMatchObject({
    code: 1,
    out: 'rolled-back: gateway gateway: errors was bad 1 times\n',
  });
  const back = ['gateway gateway', 'gateway gateway', 'subgraph events', 'subgraph venues'];
  expect(calls().slice(6)).toEqual(back.map((each) => `weight ${each} 0`));
});

test('killed on its way forth it goes on with the step that it was at, and none before', async () => {
  tell('kill', 'weight subgraph events 100');
  expect((await run()).code).toBeNull();
  const before = calls();
  expect(before.at(-1)).toBe('weight subgraph events 100');
  expect(await run()).toMatchObject({ code: 0, out: 'promoted\n' });
  expect(calls().slice(before.length)).toEqual([
    ...forth('subgraph', 'events'),
    ...forth('gateway', 'gateway'),
  ]);
});

test('killed on its way back it goes on back, although all is well by then', async () => {
  errors['gateway'] = '0.3';
  tell('kill', 'weight subgraph events 0');
  expect((await run()).code).toBeNull();
  errors = {};
  const before = calls().length;
  expect(await run()).toMatchObject({
    code: 1,
    out: expect.stringContaining('rolled-back: gateway gateway'),
  });
  expect(calls().slice(before)).toEqual(['weight subgraph events 0', 'weight subgraph venues 0']);
});

test('where users ask too little for a verdict the hook is told to ask, and without one it goes back', async () => {
  errors['events'] = 'until it is probed';
  // A hook is a process that has to start: it is measured meanwhile, and nobody gives up.
  analyse('events', { inconclusiveLimit: 100_000 });
  expect(await run('--probe')).toMatchObject({ code: 0, out: 'promoted\n' });
  expect(new Set(calls().filter((call) => call.startsWith('probe')))).toEqual(
    new Set(['probe subgraph events']),
  );
  analyse('events', { inconclusiveLimit: 3 });
  rmSync(join(folder, 'state'));
  rmSync(join(folder, 'calls'));
  expect(await run()).toMatchObject({
    code: 1,
    out: 'rolled-back: subgraph events: no verdict on errors after 3 measurements\n',
  });
});

test('a migration that fails ends it before anything is moved', async () => {
  tell('fail', 'migrate events');
  expect(await run()).toMatchObject({
    code: 1,
    out: 'rolled-back: migrate events: migrate events: the lock was not given\n',
  });
  expect(calls()).toEqual(['migrate events']);
});

test('nobody else carries it out meanwhile, nor another plan on its state', async () => {
  analyse('venues', { stepSeconds: 600 });
  const first = start();
  const ended = once(first, 'exit');
  try {
    await eventually(() =>
      expect(existsSync(join(folder, 'calls')) && calls()).toContain('weight subgraph venues 50'),
    );
    expect(await run()).toMatchObject({
      code: 2,
      err: expect.stringContaining(`Process ${first.pid} carries`),
    });
  } finally {
    first.kill('SIGKILL');
    await ended;
  }
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...plan, to: 'N+2' }));
  expect(await run()).toMatchObject({
    code: 2,
    err: expect.stringContaining('The state is of another plan'),
  });
});

test('a plan that is refused is not carried out', async () => {
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...plan, refused: ['Venue.city is gone'] }));
  expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('refused: Venue.city is gone') });
});
