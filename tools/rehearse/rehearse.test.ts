import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { temporaryDirectory } from '@marquee/testkit';
import { root } from '../charts/helm.ts';
import { freshTally, judge, rollOut, type Analysis, type Measurement, type World } from './controller.ts';
import { faultPatches, faults, isFault, isPatched, patchedFile, patchSource, type Fault } from './faults.ts';
import { renderRollOut } from './rendered.ts';
import { gatesOf, type Rehearsed } from './report.ts';
import { composeVersions, planVersions } from './versions.ts';

const analysis: Analysis = {
  service: 'gateway',
  strategy: 'gatewayapi',
  version: '2',
  prometheus: 'http://nowhere',
  intervalSeconds: 1,
  stepSeconds: 2,
  steps: [5, 50, 100],
  failureLimit: 2,
  inconclusiveLimit: 3,
  metrics: [
    { name: 'errors', query: 'e', max: 0.01 },
    { name: 'up', query: 'u', min: 1 },
  ],
};
const measured = (errors: number | null, up: number | null): Measurement =>
  new Map([
    ['errors', errors],
    ['up', up],
  ]);

/** A world without time: each measurement is the next of these, and the last one stays. */
function worldOf(measurements: readonly Measurement[]) {
  const weights: number[] = [];
  let at = 0;
  let now = 0;
  const world: World = {
    setWeight: async (percent) => void weights.push(percent),
    measure: async () => measurements[Math.min(at++, measurements.length - 1)]!,
    now: () => now,
    wait: async (ms) => void (now += ms),
    say: () => undefined,
  };
  return { world, weights };
}

describe('the controller', () => {
  test('moves all traffic step by step while everything is good', async () => {
    const { world, weights } = worldOf([measured(0, 1)]);
    expect(await rollOut(analysis, world)).toMatchObject({ outcome: 'promoted' });
    expect(weights).toEqual([5, 50, 100]);
  });

  test('takes all of it back at the second bad measurement of one metric, also in different steps', async () => {
    const { world, weights } = worldOf([measured(0.5, 1), measured(0, 1), measured(0, 1), measured(0.5, 1)]);
    const result = await rollOut(analysis, world);
    expect(result).toMatchObject({ outcome: 'rolled-back', reason: 'errors was bad 2 times' });
    expect(weights).toEqual([5, 50, 0]);
    expect(result.backAtMs).toBeGreaterThanOrEqual(result.verdictAtMs!);
  });

  test('one bad measurement of each of two metrics is no verdict', () => {
    const first = judge(analysis, freshTally, measured(0.5, 1));
    expect(judge(analysis, first.tally, measured(0, 0)).verdict).toEqual({ kind: 'go-on' });
  });

  test('too few requests are no success: it waits, and then goes back rather than on', async () => {
    const { world, weights } = worldOf([measured(null, 1)]);
    expect(await rollOut(analysis, world)).toMatchObject({
      outcome: 'rolled-back',
      reason: 'no verdict on errors after 3 measurements',
    });
    expect(weights).toEqual([5, 0]);
  });

  test('a step lasts until something could be said, and a word in between starts the count anew', async () => {
    const quiet = measured(null, 1);
    const { world, weights } = worldOf([quiet, quiet, measured(0, 1), quiet, quiet, measured(0, 1)]);
    expect(await rollOut(analysis, world)).toMatchObject({ outcome: 'promoted' });
    expect(weights).toEqual([5, 50, 100]);
  });

  test('what is not a number is no verdict either', () => {
    expect(judge(analysis, freshTally, measured(Number.NaN, 1)).tally).toMatchObject({
      inconclusive: 1,
      good: 0,
    });
  });
});

describe('version N+1', () => {
  test('every fault still finds its place in the source of the server', () => {
    const source = readFileSync(join(root, patchedFile), 'utf8');
    for (const fault of faults) {
      if (!isFault(fault) || !isPatched(fault)) continue;
      expect(patchSource(source, fault)).toContain(faultPatches[fault]);
    }
    expect(patchSource(source, 'none')).toBe(source);
    expect(() => patchSource('nothing', 'errors')).toThrow('no longer has one line');
  });
});

describe('the plan', () => {
  const plannedWith = async (fault: Fault) => {
    const { path, remove } = await temporaryDirectory();
    try {
      composeVersions(path, fault);
      return await planVersions(path);
    } finally {
      await remove();
    }
  };

  test('of a good version begins with its migration and ends with its consumers', async () => {
    const { refused, steps } = await plannedWith('none');
    expect(refused).toEqual([]);
    expect(steps.map(({ kind }) => kind)).toEqual(['migrate', 'subgraph', 'gateway', 'consumers']);
  });

  test.each([
    ['schema', 'does not answer the visitors: Cannot query field "title"'],
    ['migration', 'Subtitles1 renames'],
  ] as const)('with the fault %s is refused', async (fault, reason) => {
    const { refused, steps } = await plannedWith(fault);
    expect(refused.join()).toContain(reason);
    expect(steps).toEqual([]);
  });
});

describe('what is executed', () => {
  test('a canary is the HTTPRoute, the pods and the analysis that the chart renders', () => {
    const { analysis: rendered, weights, tracks } = renderRollOut('canary', { 'analysis.stepSeconds': '7' });
    expect([...weights]).toEqual([
      ['stable', 100],
      ['canary', 0],
    ]);
    expect(rendered).toMatchObject({ strategy: 'gatewayapi', stepSeconds: 7, steps: [5, 20, 50, 100] });
    expect(tracks.get('canary')).toMatchObject({
      version: '0.2.0',
      unit: rendered.version,
      readyPath: '/health/gateway',
    });
    expect(tracks.get('stable')).toMatchObject({ version: '0.1.0', preStopMs: 5_000 });
  });

  test('blue and green are the selector of one Service, and `active` moves it', () => {
    const shares = (set: Record<string, string>) =>
      Object.fromEntries(renderRollOut('bluegreen', set).weights);
    expect(shares({})).toEqual({ blue: 100, green: 0 });
    expect(shares({ 'defaults.rollout.active': 'green' })).toEqual({ blue: 0, green: 100 });
  });
});

describe('gates', () => {
  const load = { requests: 10_000, failures: 0, p50Ms: 1, p99Ms: 2, tracks: {}, reasons: {} };
  const run: Rehearsed = { strategy: 'canary', fault: 'none', outcome: 'promoted', reason: '', load };
  const missed = (changes: Partial<Rehearsed>) =>
    gatesOf({ ...run, ...changes })
      .filter(({ held }) => !held)
      .map(({ name }) => name);

  test.each<[string, Partial<Rehearsed>, string[]]>([
    ['a clean roll-out', {}, []],
    ['one failed request of a roll-out', { load: { ...load, failures: 1 } }, ['failed requests']],
    ['a fault that was promoted', { fault: 'errors' }, ['outcome']],
    [
      'a fault found at 50 of 10,000',
      { fault: 'errors', outcome: 'rolled-back', load: { ...load, failures: 50 } },
      [],
    ],
    [
      'a fault found at 51',
      { fault: 'errors', outcome: 'rolled-back', load: { ...load, failures: 51 } },
      ['failed requests'],
    ],
    ['a slow rollback', { fault: 'crash', outcome: 'rolled-back', rollbackMs: 10_001 }, ['rollback']],
    ['a schema that visitors were given', { fault: 'schema', outcome: 'promoted' }, ['outcome']],
    ['a slow switch', { strategy: 'bluegreen', switchMs: 501, switchBackMs: 500 }, ['switch']],
    [
      'a preview with a fault that hurt somebody',
      { strategy: 'bluegreen', fault: 'errors', outcome: 'refused', load: { ...load, failures: 1 } },
      ['failed requests'],
    ],
  ])('%s', (_, changes, gates) => expect(missed(changes)).toEqual(gates));
});

test.each([
  [['--strategy', 'cannary'], '--strategy is canary or bluegreen.'],
  [['--fault', 'fire'], '--fault is one of none, errors, latency, crash, schema, migration.'],
  [['--rate', 'many'], '--rate is a whole number'],
])('%j is refused with the reason', (args, reason) => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(reason) });
});
