import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { eventually, fakeClock, temporaryDirectory } from './index.ts';

describe('a fake clock', () => {
  test('moves only when told', () => {
    const clock = fakeClock('2027-03-20T19:00:00Z');
    const first = clock.now();
    clock.advance({ minutes: 1, seconds: 1, ms: 1 });
    expect(first.toISOString()).toBe('2027-03-20T19:00:00.000Z');
    expect(clock.now().toISOString()).toBe('2027-03-20T19:01:01.001Z');
    clock.set(new Date(0));
    expect(clock.now().getTime()).toBe(0);
  });
});

describe('eventually', () => {
  test('tries until the assertion holds', async () => {
    let tries = 0;
    await eventually(() => expect(++tries).toBe(3), { everyMs: 1 });
    expect(tries).toBe(3);
  });

  test('throws the last failure when the time is up', async () => {
    let tries = 0;
    const never = eventually(() => Promise.reject(new Error(`try ${++tries}`)), {
      timeoutMs: 20,
      everyMs: 1,
    });
    await expect(never).rejects.toThrow(/^try \d+$/);
    expect(tries).toBeGreaterThan(1);
  });
});

test('a temporary directory may be entered by any user and goes with all that is in it', async () => {
  const directory = await temporaryDirectory();
  expect((await stat(directory.path)).mode & 0o777).toBe(0o755);
  await directory.remove();
  expect(existsSync(directory.path)).toBe(false);
});
