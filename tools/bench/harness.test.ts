import { describe, expect, test } from '@jest/globals';
import { compare, formatTable, row, units, type Contender } from './harness.ts';

const options = { runs: 3, quick: true, log: () => undefined };

function contender(name: string, values: number[], turns: string[]): Contender<'latency'> {
  return {
    name,
    measure: () => {
      turns.push(name);
      return Promise.resolve({ latency: values.shift()! });
    },
  };
}

describe('the bench harness', () => {
  test('takes turns and reports the medians', async () => {
    const turns: string[] = [];
    const ours = contender('ours', [2, 40, 1], turns);
    const peer = contender('peer', [8, 4, 100], turns);
    const rows = await compare('hop', { latency: units.milliseconds }, ours, peer, options);
    expect(turns).toEqual(['ours', 'peer', 'peer', 'ours', 'ours', 'peer']);
    expect(rows).toEqual([
      { name: 'hop, latency', value: 2, unit: 'ms', peer: 'peer', peerValue: 8, ratio: 4 },
    ]);
  });

  test('a ratio above 1 is better than the peer, also for latencies', () => {
    expect(row('x', 300, units.requestsPerSecond, 'p', 100).ratio).toBe(3);
    expect(row('x', 100, units.milliseconds, 'p', 300).ratio).toBe(3);
    expect(row('x', 300, units.milliseconds, 'p', 100).ratio).toBe(0.333);
  });

  test('prints a table whose columns line up', () => {
    const table = formatTable([row('requests', 1234, units.requestsPerSecond, 'bare gateway', 617)]);
    expect(table).toMatch(/^figure +marquee +unit +peer +ratio\n/);
    expect(table).toMatch(/requests +1,230 +req\/s +617 +bare gateway +2x$/);
  });
});
