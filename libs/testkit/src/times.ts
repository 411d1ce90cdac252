import { testEnvironment } from './config.ts';

/**
 * How often a test repeats: `test` times in `npm test`, which everybody waits for, and `soak` times in `npm run soak`,
 * which looks for the rare. The assertions are the same.
 */
export function times({ test, soak }: { readonly test: number; readonly soak: number }): number {
  return testEnvironment().soak ? soak : test;
}
