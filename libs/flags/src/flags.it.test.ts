import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectMessaging, connectOperator, type Messaging, type Operator } from '@marquee/messaging';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory, testNats } from '@marquee/testkit';
import { ProviderEvents } from '@openfeature/server-sdk';
import { decide, flagSettings, openFlags, parseRules, type FlagOptions, type Flags } from './index.ts';

const house = '0b6b7c1e-7d1c-4c55-9c5e-0e6a4a3f1f10';
const keys = Array.from({ length: 2_000 }, (_, n) => `organisation-${n}`);
const opened: Flags[] = [];

async function open(options: Partial<FlagOptions>): Promise<Flags> {
  const flags = await openFlags({
    service: `test-${opened.length}`,
    logger: silentLogger,
    metrics: createMetrics(),
    ...options,
  });
  opened.push(flags);
  return flags;
}
afterEach(async () => {
  for (const flags of opened.splice(0)) await flags.close();
});

describe('a rule', () => {
  const onFor = (percent: number) =>
    keys.filter((key) => decide('breakers', { percent, organisations: {} }, key).value);

  test('holds for its share of keys, the same at each asking, and for these still when the share grows', () => {
    const few = onFor(10);
    expect(few.length).toBeGreaterThan(140);
    expect(few.length).toBeLessThan(260);
    expect(onFor(10)).toEqual(few);
    expect(onFor(60)).toEqual(expect.arrayContaining(few));
    expect([onFor(0).length, onFor(100).length]).toEqual([0, keys.length]);
  });

  test('chooses others for another flag', () => {
    const rule = { percent: 50, organisations: {} };
    const differ = keys.filter(
      (key) => decide('breakers', rule, key).value !== decide('rate-limits', rule, key).value,
    );
    expect(differ.length).toBeGreaterThan(700);
  });

  test('says what is wrong with it', () => {
    const said = (value: unknown) => () => parseRules(JSON.stringify(value));
    expect(() => parseRules('{')).toThrow('is no JSON');
    expect(said([])).toThrow('must be an object by flag');
    expect(said({ cache: {} })).toThrow('cache is no flag; there are rate-limits,');
    expect(said({ breakers: 1 })).toThrow('breakers: must be an object such as {"percent": 25}');
    expect(said({ breakers: { percent: 101 } })).toThrow('percent must be a number from 0 to 100, not 101');
    expect(said({ breakers: { share: 1 } })).toThrow('has no "share"');
    expect(said({ breakers: { organisations: { [house]: 1 } } })).toThrow('true or false by UUID');
  });
});

describe('a file', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  beforeAll(async () => {
    directory = await temporaryDirectory();
  });
  afterAll(() => directory.remove());

  test('is taken when a ConfigMap turns its link, and what cannot be read keeps what was', async () => {
    const turnTo = (name: string, text: string) => {
      mkdirSync(join(directory.path, name));
      writeFileSync(join(directory.path, name, 'flags.json'), text);
      symlinkSync(name, join(directory.path, 'next'));
      renameSync(join(directory.path, 'next'), join(directory.path, 'data'));
    };
    const errors: string[] = [];
    const logger = {
      ...silentLogger,
      error: (_: unknown, message?: string) => void errors.push(message ?? ''),
    };
    turnTo('one', '{"breakers": {"percent": 0}}');
    const flags = await open({ file: join(directory.path, 'data', 'flags.json'), logger });
    expect(flags.isOn('breakers', house)).toBe(false);
    turnTo('two', '{"breakers": ');
    await eventually(() => expect(errors).toEqual(['kept the former flags: the file cannot be read']));
    expect(flags.isOn('breakers', house)).toBe(false);
    turnTo('three', '{}');
    await eventually(() => expect(flags.isOn('breakers', house)).toBe(true));
  });

  test('that is not there leaves everything on', async () => {
    const flags = await open({ file: '/nowhere/flags.json' });
    expect(flags.isOn('rate-limits', house)).toBe(true);
  });
});

describe('live rules', () => {
  let messaging: Messaging;
  let operator: Operator;
  beforeAll(async () => {
    const nats = await testNats();
    messaging = await connectMessaging({ ...nats, service: 'flags', logger: silentLogger });
    operator = await connectOperator(nats);
  });
  afterAll(async () => {
    await operator.close();
    await messaging.drain();
  });
  const set = (rule: unknown) => operator.setSetting(flagSettings, 'response-cache', JSON.stringify(rule));

  test('switch a running process, for one organisation and for all, and back', async () => {
    const metrics = createMetrics();
    const flags = await open({ live: messaging, metrics });
    const isOn = (key = house) => flags.isOn('response-cache', key);
    expect(isOn()).toBe(true);
    await set({ organisations: { [house]: false } });
    await eventually(() => expect(isOn()).toBe(false));
    expect(isOn('another')).toBe(true);
    await set({ percent: 0 });
    await eventually(() => expect(isOn('another')).toBe(false));
    expect(metrics.text()).toContain('marquee_flag_percent{flag="response-cache"} 0');
    await operator.setSetting(flagSettings, 'response-cache', null);
    await eventually(() => expect(isOn()).toBe(true));
  });

  test('are there for a process that starts later, whole, and one that cannot be read changes nothing', async () => {
    await set({ percent: 0 });
    await operator.setSetting(flagSettings, 'a-later-version', '{}');
    const flags = await open({ live: messaging });
    await eventually(() => expect(flags.isOn('response-cache', house)).toBe(false));
    await operator.setSetting(flagSettings, 'response-cache', '{"percent": "none"}');
    await operator.setSetting(flagSettings, 'breakers', '{"percent": 0}');
    await eventually(() => expect(flags.isOn('breakers', house)).toBe(false));
    expect(flags.isOn('response-cache', house)).toBe(false);
    const kept = await operator.settings(flagSettings);
    expect([...kept.keys()].toSorted()).toEqual(['a-later-version', 'breakers', 'response-cache']);
  });

  test('answer OpenFeature with reasons, tell it of changes, and know no other flag and no other type', async () => {
    const flags = await open({ live: messaging });
    const heard: unknown[] = [];
    flags.client.addHandler(
      ProviderEvents.ConfigurationChanged,
      (event) => void heard.push(event?.flagsChanged),
    );
    await set({ percent: 0, organisations: { [house]: true } });
    await eventually(() => expect(heard.flat()).toContain('response-cache'));
    await eventually(async () =>
      expect(
        await flags.client.getBooleanDetails('response-cache', true, { targetingKey: 'x' }),
      ).toMatchObject({
        value: false,
        reason: 'STATIC',
      }),
    );
    expect(
      await flags.client.getBooleanDetails('response-cache', false, { targetingKey: house }),
    ).toMatchObject({
      value: true,
      reason: 'TARGETING_MATCH',
    });
    expect(await flags.client.getBooleanDetails('cache', false)).toMatchObject({
      value: false,
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect(await flags.client.getStringDetails('breakers', 'x')).toMatchObject({
      errorCode: 'TYPE_MISMATCH',
    });
  });
});
