import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { temporaryDirectory } from '@marquee/testkit';
import { root } from '../charts/helm.ts';
import { freshTally, judge, rollOut, type Analysis, type Measurement, type World } from './controller.ts';
import { faultPatches, faults, isFault, isPatched, patchedFile, patchSource, type Fault } from './faults.ts';
import { renderRollOuts } from './rendered.ts';
import { gatesOf, type Rehearsed } from './report.ts';
import { timesOf } from './times.ts';
import { layOutVersions, planVersions } from './versions.ts';

// Plans compose whole graphs.
jest.setTimeout(180_000);

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

  test('asks by itself where users ask too little, and while there are none', async () => {
    const probes = async (one: Analysis, measurements: readonly Measurement[]) => {
      const { world, weights } = worldOf(measurements);
      const at: (number | undefined)[] = [];
      const probe = async () => void at.push(weights.at(-1));
      expect(await rollOut(one, { ...world, probe })).toMatchObject({ outcome: 'promoted' });
      return at;
    };
    expect(await probes(analysis, [measured(0, 1)])).toEqual([]);
    expect(await probes(analysis, [measured(null, 1), measured(0, 1)])).toEqual([5]);
    expect(await probes({ ...analysis, strategy: 'bluegreen' }, [measured(0, 1)])).toEqual([0, 0]);
  });

  test('waits for no probe: one that is never answered is measured all the same', async () => {
    const { world, weights } = worldOf([measured(null, 1), measured(0.5, 1)]);
    let probes = 0;
    const probe = () => new Promise<void>(() => void (probes += 1));
    expect(await rollOut(analysis, { ...world, probe })).toMatchObject({ outcome: 'rolled-back' });
    expect({ probes, weights }).toEqual({ probes: 1, weights: [5, 0] });
  });

  test('a probe that fails is no verdict', async () => {
    const { world } = worldOf([measured(null, 1), measured(0, 1)]);
    const probe = async () => Promise.reject(new Error('refused'));
    expect(await rollOut(analysis, { ...world, probe })).toMatchObject({ outcome: 'promoted' });
  });

  test('no step ends with a bad measurement', async () => {
    const { world, weights } = worldOf([measured(0, 1), measured(0.5, 1), measured(0.5, 1)]);
    expect(await rollOut(analysis, world)).toMatchObject({ outcome: 'rolled-back' });
    expect(weights).toEqual([5, 0]);
  });

  test('of blue and green moves nobody before the coming one was good by itself, and all at once then', async () => {
    const bluegreen = { ...analysis, strategy: 'bluegreen' } as const;
    const good = worldOf([measured(0, 1)]);
    expect(await rollOut(bluegreen, good.world)).toMatchObject({ outcome: 'promoted' });
    expect(good.weights).toEqual([0, 100]);
    const bad = worldOf([measured(0.5, 1)]);
    expect(await rollOut(bluegreen, bad.world)).toMatchObject({
      outcome: 'rolled-back',
      reason: 'without traffic errors was bad 2 times',
    });
    expect(bad.weights).toEqual([0, 0]);
    const later = worldOf([measured(0, 1), measured(0, 1), measured(0.5, 1)]);
    expect(await rollOut(bluegreen, later.world)).toMatchObject({ outcome: 'rolled-back' });
    expect(later.weights).toEqual([0, 100, 0]);
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
      return await planVersions(layOutVersions(path, fault), join(path, 'plan'));
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
    ['schema', 'does not answer the visitors: Cannot query field "name"'],
    ['migration', 'VenueTaglines4102444800000 renames'],
  ] as const)('with the fault %s is refused', async (fault, reason) => {
    const { refused, steps } = await plannedWith(fault);
    expect(refused.join()).toContain(reason);
    expect(steps).toEqual([]);
  });
});

describe('what is executed', () => {
  test('a canary is the HTTPRoute, the pods and the analysis that the chart renders', () => {
    const { gateway, venues } = renderRollOuts('canary', { 'analysis.stepSeconds': '7' });
    const { analysis: rendered, weights, tracks } = gateway;
    expect(venues.analysis.metrics[0]!.query).toContain('service="venues"');
    expect(venues.consumers).toMatchObject({ steps: [10, 50, 100] });
    expect(venues.tracks.get('canary')!.environment['MARQUEE_TRACK']).toBe('canary');
    expect(gateway.consumers).toMatchObject({ steps: [100], metrics: gateway.analysis.metrics });
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
      Object.fromEntries(renderRollOuts('bluegreen', set).gateway.weights);
    expect(shares({})).toEqual({ blue: 100, green: 0 });
    expect(shares({ 'defaults.rollout.active': 'green' })).toEqual({ blue: 0, green: 100 });
  });
});

describe('the times of a release that was taken back', () => {
  /** Each of these took a second, one after the other. */
  const moved = (...steps: readonly (readonly [string, number | null])[]) => ({
    outcome: 'rolled-back' as const,
    moves: steps.map(([kind, percent], place) => ({
      kind,
      service: 'venues',
      percent,
      beganAtMs: place * 1_000,
      doneAtMs: place * 1_000 + 100,
    })),
  });
  const subgraph = ['subgraph', 100] as const;

  test('begin where the faulty step got its first share, and end with its last answer', () => {
    const run = moved(
      ['migrate', null],
      subgraph,
      ['gateway', 5],
      ['gateway', 20],
      ['gateway', 0],
      ['subgraph', 0],
    );
    expect(timesOf(run, 4_500)).toEqual({ detectionMs: 1_900, rollbackMs: 2_500, releaseBackMs: 1_100 });
    expect(timesOf(run, 1_000)).toMatchObject({ rollbackMs: 2_100 });
  });

  test('know no way back of what was judged without traffic', () => {
    const run = moved(['subgraph', 0], subgraph, ['gateway', 0], ['gateway', 0], ['subgraph', 0]);
    expect(timesOf(run, undefined)).toEqual({ detectionMs: 900, releaseBackMs: 1_100 });
  });

  test('are none where nothing was taken back', () => {
    expect(timesOf({ ...moved(subgraph), outcome: 'promoted' }, undefined)).toEqual({});
  });
});

describe('gates', () => {
  const load = { requests: 10_000, failures: 0, p50Ms: 1, p99Ms: 2, tracks: {}, reasons: {} };
  const messages = { put: 50, handled: 50, tracks: {} };
  const run: Rehearsed = {
    strategy: 'canary',
    fault: 'none',
    outcome: 'promoted',
    reason: '',
    kills: 0,
    load,
    messages,
  };
  const found = { outcome: 'rolled-back', reason: 'gateway gateway: error-ratio was bad 2 times' } as const;
  const missed = (changes: Partial<Rehearsed>) =>
    gatesOf({ ...run, ...changes })
      .filter(({ held }) => !held)
      .map(({ name }) => name);

  test.each<[string, Partial<Rehearsed>, string[]]>([
    ['a clean roll-out', {}, []],
    ['one failed request of a roll-out', { load: { ...load, failures: 1 } }, ['failed requests']],
    ['a fault that was promoted', { fault: 'errors' }, ['outcome']],
    ['a fault found at 50 of 10,000', { fault: 'errors', ...found, load: { ...load, failures: 50 } }, []],
    [
      'a fault found at 51',
      { fault: 'errors', ...found, load: { ...load, failures: 51 } },
      ['failed requests'],
    ],
    [
      'a fault that was found where it is not',
      { fault: 'errors', ...found, reason: 'subgraph venues: no verdict' },
      ['outcome'],
    ],
    ['a message that nobody handled', { messages: { ...messages, handled: 49 } }, ['messages lost']],
    ['a slow rollback', { fault: 'crash', ...found, rollbackMs: 10_001 }, ['rollback']],
    ['a schema that visitors were given', { fault: 'schema', outcome: 'promoted' }, ['outcome']],
    ['a slow switch', { strategy: 'bluegreen', switchMs: 501, switchBackMs: 500 }, ['switch']],
    [
      'a preview with a fault that hurt somebody',
      { strategy: 'bluegreen', fault: 'errors', ...found, load: { ...load, failures: 1 } },
      ['failed requests'],
    ],
  ])('%s', (_, changes, gates) => expect(missed(changes)).toEqual(gates));
});

test.each([
  [['--strategy', 'cannary'], '--strategy is canary or bluegreen.'],
  [['--fault', 'fire'], '--fault is one of none, errors, latency, crash, consumer, schema, migration.'],
  [['--rate', 'many'], '--rate is a whole number'],
])('%j is refused with the reason', (args, reason) => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(reason) });
});
