import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createSandbox } from './sandbox.ts';

const sandbox = createSandbox();
afterAll(() => sandbox.close());

const call = (code: string, ...args: readonly unknown[]) => sandbox.call(code, 'answer', args);

describe('code in the sandbox', () => {
  test('answers what its function returns or promises, as JSON', async () => {
    expect(await call('export const answer = (a, { b }) => ({ sum: a + b })', 1, { b: 2 })).toEqual({
      sum: 3,
    });
    expect(await call('export async function answer() { return [await 1, 10n ** 20n + ""] }')).toEqual([
      1,
      '100000000000000000000',
    ]);
    expect(await call('export function answer() {}')).toBeNull();
  });

  test('has nothing of the host: no process, no network, no modules, no timers', async () => {
    const names = ['process', 'require', 'fetch', 'setTimeout', 'WebAssembly', 'navigator'];
    const code = `export const answer = () => ${JSON.stringify(names)}.filter((name) => name in globalThis)`;
    expect(await call(code)).toEqual([]);
    await expect(call(`import 'node:fs'; export const answer = () => 1`)).rejects.toMatchObject({
      code: 'CODE',
    });
    await expect(call(`export const answer = () => import('node:fs')`)).rejects.toMatchObject({
      code: 'THREW',
    });
  });

  test('remembers nothing of an earlier call', async () => {
    const code =
      'globalThis.calls = (globalThis.calls ?? 0) + 1; export const answer = () => globalThis.calls';
    expect([await call(code), await call(code), await call(code)]).toEqual([1, 1, 1]);
  });

  test.each([
    ['is no code', 'export const answer = (', 'CODE'],
    ['lacks the function', 'export const other = 1', 'CODE'],
    ['throws', 'export const answer = () => { throw new Error("out of order") }', 'THREW'],
    ['answers a circle', 'export const answer = () => { const a = {}; a.a = a; return a }', 'ANSWER'],
    ['answers too much', 'export const answer = () => "x".repeat(300000)', 'ANSWER'],
  ])('that %s is a fault of its own', async (_, code, fault) => {
    await expect(call(code)).rejects.toMatchObject({ name: 'SandboxError', code: fault });
  });
});

describe('an attack from the sandbox', () => {
  const attacks = {
    'an endless loop': 'export const answer = () => { for (;;); }',
    'an endless loop while it loads': 'for (;;); export const answer = () => 1',
    'an expression that backtracks for ever':
      'export const answer = () => /^(a+)+$/.test("a".repeat(40) + "b")',
    'a sort that never ends':
      'export const answer = () => { const a = Array(1e6).fill(1); for (;;) a.sort() }',
    'promises that beget promises':
      'export const answer = async () => { const again = () => Promise.resolve().then(again); again(); await new Promise(() => {}) }',
    'a getter that loops in the answer': 'export const answer = () => ({ get x() { for (;;); } })',
    'arrays without end':
      'export const answer = () => { const a = []; for (;;) a.push(Array(10000).fill(1)) }',
    'buffers without end':
      'export const answer = () => { const a = []; for (;;) a.push(new ArrayBuffer(1e7)) }',
    'a text that doubles': 'export const answer = () => { let s = "x"; for (;;) s += s }',
    'a number that squares': 'export const answer = () => { let n = 2n; for (;;) n *= n }',
    'recursion without end': 'export const answer = () => answer()',
  };

  test.each(Object.entries(attacks))('by %s is stopped, and the next call is answered', async (_, code) => {
    await expect(call(code)).rejects.toMatchObject({ name: 'SandboxError' });
    expect(await call('export const answer = () => "well"')).toBe('well');
  });

  test('that goes on beyond its deadline is ended by force, and another thread takes over', async () => {
    const endless = sandbox.call(attacks['an endless loop'], 'answer', [], { deadlineMs: 600_000 });
    await expect(endless).rejects.toMatchObject({ code: 'DEADLINE', message: 'It was stopped by force.' });
    expect(await call('export const answer = () => "well"')).toBe('well');
  });

  test('does not grow the host, however often it comes', async () => {
    await Promise.allSettled(Object.values(attacks).map((code) => call(code)));
    const growths: number[] = [];
    for (let round = 0; round < 5; round++) {
      const before = process.memoryUsage.rss();
      const bombs = [attacks['arrays without end'], attacks['buffers without end']];
      await Promise.allSettled(bombs.map((code) => call(code)));
      growths.push((process.memoryUsage.rss() - before) / 2 ** 20);
    }
    // What else this process does may grow it in one round; a machine that was kept would by 32 MiB in each.
    expect(Math.min(...growths)).toBeLessThan(16);
  });

  test('takes no more than 64 MB, whatever it is and however many come at once', async () => {
    const file = fileURLToPath(new URL('../fixtures/attacked.ts', import.meta.url));
    const codes = JSON.stringify(Object.values(attacks));
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', file, codes]);
    expect(stdout).toMatch(/^\d+$/);
    expect(Number(stdout)).toBeLessThanOrEqual(64 * 1024 * 1024);
  });

  test('by prototypes stays where it is', async () => {
    const code = `Object.prototype.polluted = true; Array.prototype.map = () => 'mine';
      JSON.stringify = () => '{"forged":true}'; export const answer = () => JSON.parse('{"__proto__":{"polluted":true}}')`;
    const answer = (await call(code)) as Record<string, unknown>;
    expect(answer['forged']).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect([1].map((each) => each)).toEqual([1]);
  });
});
