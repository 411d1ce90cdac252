import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLogger } from '@marquee/telemetry';
import { createOutbound, type Outbound } from './index.ts';
import { answer, codeOf, openWorld, type World } from './world.test-support.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld();
});

afterEach(() => world.close());

describe('the breaker', () => {
  const breaker = { volumeThreshold: 4, errorThresholdPercentage: 50, resetTimeoutMs: 60_000 };
  const brief = { ...breaker, resetTimeoutMs: 60 };
  const until = async (made: Outbound, state: string) => {
    while (made.state().state !== state) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const failUntilOpen = async (made: Outbound) => {
    world.handler = answer(500);
    for (let call = 0; call < 4; call++) await made.fetch(world.url);
    expectOpened(1);
  };
  /** How often: whether it still is, a brief one may have thought over by now. */
  const expectOpened = (count: number) =>
    expect(world.metrics.text()).toContain(
      `marquee_outbound_breaker_changes_total{outbound="guests",state="open"} ${count}`,
    );

  test('opens after failures', async () => {
    const made = world.outbound({ breaker });
    await failUntilOpen(made);
    expect(made.state().state).toBe('open');
    expect(await codeOf(made.fetch(world.url))).toBe('BREAKER_OPEN');
    expect(world.requests).toHaveLength(4);
    expect(world.metrics.text()).toContain('marquee_outbound_breaker_state{outbound="guests"} 2');
  });

  test('half-opens after a while, lets one call through, and closes after its success', async () => {
    const made = world.outbound({ breaker: brief });
    await failUntilOpen(made);
    await until(made, 'half-open');
    expect(world.metrics.text()).toContain('marquee_outbound_breaker_state{outbound="guests"} 1');
    world.handler = answer(200);
    const [trial, other] = await Promise.all([made.fetch(world.url), codeOf(made.fetch(world.url))]);
    expect(trial.status).toBe(200);
    expect(other).toBe('BREAKER_OPEN');
    expect(made.state().state).toBe('closed');
    expect(world.metrics.text()).toContain(
      'marquee_outbound_breaker_changes_total{outbound="guests",state="closed"} 1',
    );
    expect(world.metrics.text()).toContain(
      'marquee_outbound_calls_total{outbound="guests",outcome="breaker_open"} 1',
    );
  });

  test('is not asked while it is switched off, and goes on where it was when it is on again', async () => {
    let isOn = true;
    const made = world.outbound({ breaker: { ...breaker, isOn: () => isOn } });
    await failUntilOpen(made);
    expect(await codeOf(made.fetch(world.url))).toBe('BREAKER_OPEN');
    isOn = false;
    expect(await made.fetch(world.url)).toMatchObject({ status: 500 });
    world.handler = answer(200);
    expect(await made.fetch(world.url)).toMatchObject({ status: 200 });
    isOn = true;
    expect(await codeOf(made.fetch(world.url))).toBe('BREAKER_OPEN');
  });

  test('opens again when the trial fails', async () => {
    const made = world.outbound({ breaker: brief });
    await failUntilOpen(made);
    await until(made, 'half-open');
    expect(await made.fetch(world.url)).toMatchObject({ status: 500 });
    expectOpened(2);
  });

  test('does not close on a trial that its caller gave up', async () => {
    const made = world.outbound({ breaker: brief });
    await failUntilOpen(made);
    await until(made, 'half-open');
    world.handler = () => {};
    const stop = new AbortController();
    const trial = made.fetch(world.url, { signal: stop.signal });
    stop.abort(new Error('gone'));
    await expect(trial).rejects.toThrow('gone');
    expectOpened(2);
  });

  test('counts deadlines and faults of work, not the refusals of a client’s mistake', async () => {
    const made = world.outbound({ breaker, timeoutMs: 20 });
    for (let call = 0; call < 4; call++) await codeOf(made.run(() => new Promise(() => {})));
    expect(made.state()).toMatchObject({ state: 'open', failures: 4 });
    world.handler = answer(404);
    const mistaken = world.outbound({ breaker });
    for (let call = 0; call < 8; call++) await mistaken.fetch(world.url);
    expect(mistaken.state()).toMatchObject({ name: 'guests', state: 'closed', successes: 8, failures: 0 });
  });

  test('answers nothing after close', async () => {
    world.handler = answer(200);
    const { metrics } = world;
    const made = createOutbound({ name: 'guests', timeoutMs: 60_000, logger: silentLogger, metrics });
    await made.fetch(world.url);
    await made.close();
    expect(await codeOf(made.fetch(world.url))).toBe('BREAKER_OPEN');
  });
});
