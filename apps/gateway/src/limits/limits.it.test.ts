import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { ask, startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';
import { defaultBudgets, parseBudgets, type Budgets } from './budgets.ts';
import { createRateLimits, ownerOf, type Admission, type RateLimitOptions } from './rate-limits.ts';
import { shareCounts, type Channel } from './shared-counts.ts';

test('budgets are read as an operator writes them', () => {
  expect(parseBudgets('user=10/60, tenant = 5/1')).toEqual({
    ...defaultBudgets,
    user: { points: 10, windowSeconds: 60 },
    tenant: { points: 5, windowSeconds: 1 },
  });
  for (const text of [
    '',
    'user',
    'user=1',
    'user=0/60',
    'user=1/0',
    'everyone=1/1',
    'user=-1/1',
    'user=1/99999999',
  ])
    expect(parseBudgets(text)).toMatch(/must be such as user=1000\/60 of address, anonymous/);
});

const budget = (points: number, windowSeconds = 60) => ({ points, windowSeconds });
const many = budget(1_000_000);
const nobody: Budgets = {
  address: many,
  anonymous: many,
  user: many,
  key: many,
  operation: many,
  tenant: many,
};
const limitsOf = (budgets: Partial<Budgets>, more: Partial<RateLimitOptions> = {}) =>
  createRateLimits({
    mode: 'on',
    budgets: { ...nobody, ...budgets },
    metrics: createMetrics(),
    logger: silentLogger,
    ...more,
  });
const organisationId = newUuid();
const someone = (subject: string, organisation = organisationId) => ({
  viewer: { subject, organisationId: organisation, role: 'GUEST', scopes: [] } satisfies Viewer,
  address: '192.0.2.1',
});
const none = new Map<string, number>();
const asAdmission = (admitted: object) => admitted as Admission;

describe('what callers may spend', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is theirs: of each user, key, operation and organisation, and of strangers by address', async () => {
    const limits = limitsOf({ user: budget(10), key: budget(20), tenant: budget(25), anonymous: budget(3) });
    expect(limits.admit(someone('ann'), 10, none)).toHaveProperty('settle');
    expect(limits.admit(someone('ann'), 1, none)).toMatchObject({ budget: 'user' });
    // The same name in another organisation is somebody else.
    expect(limits.admit(someone('ann', newUuid()), 10, none)).toHaveProperty('settle');
    const key = someone(encodeId('ApiKey', newUuid()));
    expect(limits.admit(key, 21, none)).toMatchObject({ budget: 'key' });
    expect(limits.admit(key, 16, none)).toMatchObject({ budget: 'tenant' });
    expect(limits.admit(key, 15, none)).toHaveProperty('settle');
    expect(limits.admit({ address: '192.0.2.1' }, 4, none)).toMatchObject({ budget: 'anonymous' });
    expect(limits.admit({ address: '192.0.2.1' }, 3, none)).toHaveProperty('settle');
    const calls = limitsOf({ operation: budget(2) });
    const holds = new Map([['holdTickets', 2]]);
    expect(calls.admit(someone('ann'), 1, holds)).toHaveProperty('settle');
    expect(calls.admit(someone('ann'), 1, holds)).toMatchObject({ budget: 'operation' });
    expect(calls.admit(someone('ann'), 1, new Map([['venues', 1]]))).toHaveProperty('settle');
    expect(calls.admit(someone('ben'), 1, holds)).toHaveProperty('settle');
  });

  test('is not spent by what is refused, neither their own nor what others share', async () => {
    const limits = limitsOf({ user: budget(10), tenant: budget(25), operation: budget(1) });
    for (let time = 0; time < 20; time += 1)
      expect(limits.admit(someone('ann'), 11, none)).toMatchObject({ budget: 'user' });
    const twice = new Map([['holdTickets', 2]]);
    for (let time = 0; time < 20; time += 1)
      expect(limits.admit(someone('ann'), 10, twice)).toMatchObject({ budget: 'operation' });
    expect(limits.admit(someone('ann'), 10, none)).toHaveProperty('settle');
    expect(limits.admit(someone('ben'), 10, none)).toHaveProperty('settle');
  });

  test('is charged in fact, and what is given back is shown', async () => {
    const limits = limitsOf({ user: budget(100) });
    const admission = asAdmission(limits.admit(someone('ann'), 90, none));
    admission.settle(5);
    expect(admission.headers()).toEqual({
      'ratelimit-policy': '"user";q=100;w=60;qu="points"',
      ratelimit: '"user";r=95;t=60',
    });
    expect(limits.admit(someone('ann'), 95, none)).toHaveProperty('settle');
    expect(limits.admit(someone('ann'), 1, none)).toHaveProperty('retryAfterSeconds');
  });

  test('is full again in the next window, and nothing of the last one is given back in it', async () => {
    const limits = limitsOf({ user: budget(10, 1) });
    const early = asAdmission(limits.admit(someone('ann'), 10, none));
    await eventually(async () => expect(limits.admit(someone('ann'), 10, none)).toHaveProperty('settle'));
    early.settle(1);
    expect(limits.admit(someone('ann'), 1, none)).toEqual({ budget: 'user', retryAfterSeconds: 1 });
  });

  test('is one for all processes: what one admits the others know a quarter of a second later', async () => {
    const listeners: ((message: unknown) => void)[] = [];
    const channel = (): Channel => {
      let own: ((message: unknown) => void) | undefined;
      return {
        // As over NATS: through JSON, and not to itself.
        send: (message) =>
          listeners
            .filter((each) => each !== own)
            .forEach((each) => each(JSON.parse(JSON.stringify(message)))),
        listen: (listener) => void listeners.push((own = listener)),
      };
    };
    jest.useFakeTimers();
    const [one, other] = [0, 1].map(() => limitsOf({ user: budget(10) }, { channel: channel() }));
    const spent = asAdmission(one!.admit(someone('ann'), 10, none));
    // The overshoot: the other has not heard of it.
    expect(other!.admit(someone('ann'), 2, none)).toHaveProperty('settle');
    jest.advanceTimersByTime(250);
    expect(other!.admit(someone('ann'), 1, none)).toMatchObject({ budget: 'user' });
    spent.settle(4);
    jest.advanceTimersByTime(250);
    // Of a window that is over there: it makes nobody richer here.
    listeners[1]!([['user', `${organisationId} ben`, -9]]);
    expect(other!.admit(someone('ben'), 11, none)).toMatchObject({ budget: 'user' });
    expect(other!.admit(someone('ann'), 4, none)).toHaveProperty('settle');
    expect(other!.admit(someone('ann'), 1, none)).toMatchObject({ budget: 'user' });
    for (const message of [null, 'x', [['user']], [['nothing', 'a', 1]], [['user', 'a', 'b']]])
      listeners.forEach((each) => each(message));
    one!.stop();
    other!.stop();
    jest.advanceTimersByTime(1_000);
  });

  test('is told in messages that NATS takes', () => {
    jest.useFakeTimers();
    const sent: unknown[][] = [];
    const shared = shareCounts(
      { send: (message) => void sent.push(message as unknown[]), listen: () => undefined },
      () => undefined,
    );
    for (let index = 0; index < 4_500; index += 1) shared.note('address', String(index), 1);
    shared.note('address', '0', -1);
    jest.advanceTimersByTime(250);
    expect(sent.map(({ length }) => length)).toEqual([2_000, 2_000, 499]);
    jest.advanceTimersByTime(250);
    expect(sent).toHaveLength(3);
    shared.stop();
  });

  test('is nothing to wait for where limits only report, or are off', async () => {
    const metrics = createMetrics();
    const report = limitsOf({ user: budget(1) }, { mode: 'report', metrics });
    for (let time = 0; time < 3; time += 1)
      expect(report.admit(someone('ann'), 1, none)).toHaveProperty('settle');
    expect(metrics.text()).toContain('marquee_rate_limited_total{budget="user"} 2');
    const off = limitsOf({ user: budget(1), address: budget(1) }, { mode: 'off' });
    for (let time = 0; time < 3; time += 1) {
      expect(off.arrive('192.0.2.1')).toBeNull();
      expect(asAdmission(off.admit(someone('ann'), 5, none)).headers()).toEqual({});
    }
  });

  test('is nothing for those for whom a switch is off, from one moment to the next', async () => {
    let off = new Set<string>();
    const flags = { isOn: (_: string, key: string) => !off.has(key) };
    const limits = limitsOf({ user: budget(1), address: budget(1) }, { flags });
    const admit = () => limits.admit(someone('ann'), 1, none);
    expect(admit()).toHaveProperty('settle');
    expect(admit()).toHaveProperty('retryAfterSeconds');
    off = new Set([organisationId, '192.0.2.1']);
    expect(asAdmission(admit()).headers()).toEqual({});
    limits.charge(someone('ann'), 1_000);
    for (let time = 0; time < 3; time += 1) expect(limits.arrive('192.0.2.1')).toBeNull();
    expect(limits.admit(someone('bob', newUuid()), 2, none)).toHaveProperty('retryAfterSeconds');
    off = new Set();
    expect(admit()).toHaveProperty('retryAfterSeconds');
  });

  test('is by the owner of an address: a network of 2^64 of them is one', () => {
    expect(ownerOf('192.0.2.1')).toBe('192.0.2.1');
    expect(ownerOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(ownerOf('2001:db8::ffff:1')).toBe(ownerOf('2001:db8::1'));
    expect(ownerOf('2001:db8:0:1::1')).not.toBe(ownerOf('2001:db8::1'));
    expect(ownerOf('not: an address')).toBe('not: an address');
  });
});

describe('over HTTP', () => {
  let platform: FakePlatform;
  let serial = 0;
  const someToken = () => platform.issuer.sign({ sub: `acc_${(serial += 1)}` });
  const query = '{ venues { name parent { name } } }';

  beforeAll(async () => {
    const budgets = { ...nobody, user: budget(30), anonymous: budget(1_000), operation: budget(5) };
    platform = await startFakePlatform({ limits: { maxCost: 500, mode: 'on', budgets } });
  });
  afterAll(() => platform.stop());

  test('an answer says what it cost, and what is left', async () => {
    const { headers } = await ask(platform.gateway, query, { token: await someToken() });
    expect(headers.get('x-marquee-cost')).toBe('2;estimate=20');
    expect(headers.get('ratelimit')).toMatch(/^"user";r=28;t=(60|5\d)$/);
    expect(headers.get('ratelimit-policy')).toBe('"user";q=30;w=60;qu="points"');
    expect(headers.get('access-control-expose-headers')).toContain('ratelimit');
  });

  test('who has spent a budget is told when to come back, and nobody else is', async () => {
    const token = await someToken();
    for (let time = 0; time < 5; time += 1)
      expect((await ask(platform.gateway, '{ whoAmI }', { token })).status).toBe(200);
    const seen = platform.behaviour.viewers.length;
    const refused = await ask(platform.gateway, '{ whoAmI }', { token });
    expect(refused.status).toBe(429);
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toBe(`"operation";r=0;t=${retryAfter}`);
    expect(refused.body.errors[0]).toMatchObject({
      message: expect.stringContaining('(operation)'),
      extensions: { code: 'RATE_LIMITED', budget: 'operation', retryAfterSeconds: retryAfter },
    });
    expect(platform.behaviour.viewers).toHaveLength(seen);
    expect((await ask(platform.gateway, '{ venues { id } }', { token })).status).toBe(200);
    expect((await ask(platform.gateway, '{ whoAmI }', { token: await someToken() })).status).toBe(200);
    expect(await (await fetch(`${platform.gateway.url}/metrics`)).text()).toContain(
      'marquee_rate_limited_total{budget="operation"}',
    );
  });

  test('an operation that may cost too much is not executed, and one that fails is charged for', async () => {
    const token = await someToken();
    const { asked } = platform.behaviour;
    const dear = `{ ${Array.from({ length: 51 }, (_, index) => `a${index}: venues { id }`).join(' ')} }`;
    expect((await ask(platform.gateway, dear, { token })).body.errors[0]?.message).toContain(
      '51 root fields',
    );
    const schema = await ask(platform.gateway, '{ __schema { types { name } } }', { token });
    expect(schema.status).toBe(400);
    expect(schema.body.errors[0]).toMatchObject({
      message: 'The operation may cost 1000 points; 500 are allowed. Ask for shorter pages.',
      extensions: { code: 'LIMIT_EXCEEDED', cost: 1_000, maxCost: 500 },
    });
    expect(platform.behaviour.asked).toBe(asked);
    const invalid = await ask(platform.gateway, '{ nothing }', { token });
    expect([invalid.status, invalid.headers.get('x-marquee-cost')]).toEqual([400, '10;estimate=1']);
    // Three times ten for what was refused.
    expect((await ask(platform.gateway, '{ whoAmI }', { token })).status).toBe(429);
  });

  test('bad tokens spend what strangers of an address have, and good ones go on', async () => {
    const answers = [];
    for (let time = 0; time < 101; time += 1)
      answers.push(await ask(platform.gateway, '{ __typename }', { token: `a.b.${time}` }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect((await ask(platform.gateway, '{ __typename }')).status).toBe(429);
    expect((await ask(platform.gateway, '{ venues { id } }', { token: await someToken() })).status).toBe(200);
  });
});

test('a gateway that is told to closes to addresses that send too much, on every path that leads in', async () => {
  const budgets = { ...nobody, address: budget(3) };
  const platform = await startFakePlatform({ limits: { maxCost: 500, mode: 'on', budgets } });
  try {
    const token = await platform.issuer.sign();
    for (let time = 0; time < 3; time += 1)
      expect((await ask(platform.gateway, '{ whoAmI }', { token })).status).toBe(200);
    const refused = await ask(platform.gateway, '{ whoAmI }', { token });
    expect([refused.status, refused.headers.get('ratelimit')]).toEqual([
      429,
      expect.stringContaining('"address";r=0'),
    ]);
    // Probes are not counted: an orchestrator would take the process for dead.
    expect((await fetch(`${platform.gateway.url}/health/gateway`)).status).toBe(200);
  } finally {
    await platform.stop();
  }
});
