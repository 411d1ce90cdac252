import type { BenchOptions, BenchRow } from './harness.ts';
export async function measureGateway(_options: BenchOptions): Promise<BenchRow[]> {
  return [];
}
