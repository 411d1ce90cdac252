import { expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import { supervise, type Worker } from './supervise.ts';

/** A process that ends when told to. */
function fakeLauncher() {
  const ends: ((code: number | null) => void)[] = [];
  const launch = async (): Promise<Worker> => {
    const exited = new Promise<number | null>((resolve) => ends.push(resolve));
    const pid = ends.length;
    return { pid, exited, stop: async () => ends[pid - 1]!(0) };
  };
  return { launch, ends };
}

test('A process that ends is started again, each time after twice the delay', async () => {
  const { launch, ends } = fakeLauncher();
  const messages: string[] = [];
  const one = supervise('one', launch, { onEnd: (message) => messages.push(message), firstDelayMs: 1 });
  await one.start();
  ends[0]!(3);
  await eventually(() => expect(one.pid()).toBe(2));
  ends[1]!(null);
  await eventually(() => expect(one.pid()).toBe(3));
  expect(messages).toEqual([
    'one ended with exit code 3; starting it again in 0.001 s',
    'one was killed; starting it again in 0.002 s',
  ]);
  expect(one.failures()).toBe(2);
  await one.stop();
});

test('A restart that fails is tried again', async () => {
  const { launch, ends } = fakeLauncher();
  let refusals = 2;
  const onEnd = () => undefined;
  const flaky = async () => {
    if (ends.length === 1 && refusals-- > 0) throw new Error('the port is taken');
    return launch();
  };
  const one = supervise('one', flaky, { onEnd, firstDelayMs: 1 });
  await one.start();
  ends[0]!(null);
  await eventually(() => expect(one.pid()).toBe(2));
  expect(one.failures()).toBe(3);
  await one.stop();
});

test('The fault of a first start is the caller’s', async () => {
  const one = supervise('one', () => Promise.reject(new Error('no binary')), { onEnd: () => undefined });
  await expect(one.start()).rejects.toThrow('no binary');
  expect(one.pid()).toBeUndefined();
});

test('What is stopped stays stopped', async () => {
  const { launch, ends } = fakeLauncher();
  const one = supervise('one', launch, { onEnd: () => undefined, firstDelayMs: 1 });
  await one.start();
  await one.stop();
  await expect(one.restart()).rejects.toThrow('one is stopped');
  await expect(one.start()).rejects.toThrow('one is stopped');
  expect(ends).toHaveLength(1);
});

test('A restart counts as no failure', async () => {
  const { launch, ends } = fakeLauncher();
  const messages: string[] = [];
  const one = supervise('one', launch, { onEnd: (message) => messages.push(message) });
  await one.start();
  await one.restart();
  expect([one.pid(), one.failures(), ends.length, messages]).toEqual([2, 0, 2, []]);
  await one.stop();
});
