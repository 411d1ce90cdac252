import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { erlangB, erlangC, meanWaitSeconds, waitsLonger } from './erlang.ts';
import { readMeasured, readPlan, type Measured, type Plan } from './plan.ts';
import { pageWith } from './page.ts';
import { sizeOf, type Need } from './size.ts';

describe('the formulas give what is published', () => {
  test.each([
    [10, 5, 0.0184],
    [1, 1, 0.5],
    [100, 84.06, 0.01],
  ])('Erlang B: of %i lines with %d erlangs all are busy at %d', (lines, offered, blocked) => {
    expect(erlangB(lines, offered)).toBeCloseTo(blocked, 4);
  });

  test('Erlang C: three servers with two erlangs let four of nine wait, one with ρ lets ρ wait', () => {
    expect(erlangC(3, 2)).toBeCloseTo(4 / 9, 12);
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 12);
    expect(erlangC(5, 5)).toBe(1);
  });

  // The example of call centres: 100 calls in half an hour, three minutes each, to be answered within 20 seconds.
  test.each([
    [11, 0.389, 122.8],
    [12, 0.64, 40.4],
    [13, 0.796, 17.1],
    [14, 0.888, 7.8],
  ])(
    '%i agents answer %d of the calls in time, and the others wait %d s on average',
    (servers, part, wait) => {
      const line = { servers, arrivalsPerSecond: 100 / 1_800, serviceSeconds: 180 };
      expect(1 - waitsLonger(line, 20)).toBeCloseTo(part, 2);
      expect(meanWaitSeconds(line)).toBeCloseTo(wait, 1);
    },
  );

  test('Pollaczek and Khinchine: always the same service time halves the wait of one server', () => {
    const line = { servers: 1, arrivalsPerSecond: 0.5, serviceSeconds: 1 };
    expect(meanWaitSeconds(line)).toBeCloseTo(1, 12);
    expect(meanWaitSeconds({ ...line, stretch: 0.5 })).toBeCloseTo(0.5, 12);
  });
});

const measured: Measured = {
  date: '2026-01-01',
  machine: 'of the test',
  how: 'by hand',
  cpuMs: { read: { gateway: 1, postgres: 1 }, report: { gateway: 40 } },
  memoryMiB: { gateway: 200 },
  subscriptionKiB: 16,
};
const plan = (perSecond: Plan['perSecond'], target: Partial<Plan['target']> = {}): Plan => ({
  name: 'a plan',
  perSecond,
  subscriptions: 10_240,
  target: { share: 0.99, waitMs: 50, utilisation: 0.5, zones: 1, ...target },
});
const of = (service: string, ...given: Parameters<typeof plan>) =>
  sizeOf(plan(...given), measured).find((need) => need.service === service)!;

describe('a plan', () => {
  test('is given so many processes that none is busier than wanted, and never fewer than zones', () => {
    expect(of('gateway', { read: 5_000 })).toMatchObject({ offered: 5, replicas: 10, utilisation: 0.5 });
    expect(of('gateway', { read: 10 }, { zones: 3 }).replicas).toBe(3);
  });

  test('is given more where waits would be too long, with a zone lost or long requests among short ones', () => {
    const tight = { utilisation: 0.95, waitMs: 5 };
    const whole = of('gateway', { read: 5_000 }, tight);
    expect(whole.replicas).toBeGreaterThan(6);
    expect(whole.late).toBeLessThanOrEqual(0.01);
    expect(of('gateway', { read: 5_000 }, { ...tight, zones: 3 }).replicas).toBeGreaterThan(whole.replicas);
    const mixed = of('gateway', { read: 1_000, report: 100 }, tight);
    const even = of('gateway', { read: 5_000 }, tight);
    expect(mixed.offered).toBeCloseTo(even.offered, 9);
    expect(mixed.replicas).toBeGreaterThan(even.replicas);
  });

  test('needs fewer cores of PostgreSQL than processes of a service: there one line waits for all cores', () => {
    const tight = { utilisation: 0.95, waitMs: 5 };
    expect(of('postgres', { read: 5_000 }, tight).replicas).toBeLessThan(
      of('gateway', { read: 5_000 }, tight).replicas,
    );
  });

  test('limits memory by what was seen, half as much again, and what subscriptions add', () => {
    expect(of('gateway', { read: 1_000 }).limitMemoryMiB).toBe(384);
  });

  test.each([
    ['{"name":"x"}', /perSecond|required/],
    ['{', /is no JSON/],
    [JSON.stringify({ ...plan({}), zones: 3 }), /additional properties/],
    [JSON.stringify(plan({ read: 1 }, { share: 1 })), /\/target\/share/],
  ])('%s is refused, by the name of the field', (text, said) => {
    expect(() => readPlan('plan.json', text)).toThrow(said);
  });

  test('of an operation that was never measured is refused, with those that were', () => {
    expect(() => sizeOf(plan({ raed: 1 }), measured)).toThrow(
      'perSecond.raed was never measured; there is read, report',
    );
  });
});

test('the command prints a million visitors and ten thousand events from the measured file, as the page has them, and JSON last', () => {
  const file = join(import.meta.dirname, 'measured.json');
  expect(Object.keys(readMeasured(file, readFileSync(file, 'utf8')).cpuMs)).toContain('sale');
  const main = join(import.meta.dirname, 'main.ts');
  const { status, stdout } = spawnSync(process.execPath, [main, '--json'], { encoding: 'utf8' });
  expect(status).toBe(0);
  const plans = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
    plan: string;
    needs: Need[];
  }[];
  expect(plans.map(({ plan: name }) => name)).toEqual([
    expect.stringContaining('A million visitors'),
    expect.stringContaining('10,000 events'),
  ]);
  for (const { needs } of plans)
    expect(needs.map(({ service }) => service)).toEqual(
      expect.arrayContaining(['gateway', 'tickets', 'postgres']),
    );
  const page = readFileSync(join(import.meta.dirname, '../../docs/sre/capacity.md'), 'utf8');
  const sized = plans.map(({ plan: name, needs }) => ({ plan: { name }, needs }));
  expect(pageWith(page, readMeasured(file, readFileSync(file, 'utf8')), sized)).toBe(page);
  const wrong = spawnSync(process.execPath, [main, 'no-such-plan.json'], { encoding: 'utf8' });
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('no-such-plan.json')]);
});
