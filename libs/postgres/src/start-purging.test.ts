import { expect, test } from '@jest/globals';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import type { Database } from './database.ts';
import { startPurging, type SoftDeletion } from './soft-deletion.ts';

const purgeOnce = async (purgeDue: SoftDeletion['purgeDue']) => {
  const metrics = createMetrics();
  let committed = 0;
  const purging = startPurging({} as Database, {
    kind: 'event',
    deletion: { purgeDue } as SoftDeletion,
    purge: async () => undefined,
    onCommit: () => (committed += 1),
    logger: silentLogger,
    metrics,
  });
  await eventually(() => expect(metrics.text()).toMatch(/^marquee_purges_failing\{/m));
  await purging.stop();
  return { failing: Number(/purges_failing\{kind="event"\} (\d+)/.exec(metrics.text())![1]), committed };
};

test('purges that fail are counted for the alert, and what went is told', async () => {
  expect(await purgeOnce(async () => 3)).toEqual({ failing: 0, committed: 1 });
  const someFail: SoftDeletion['purgeDue'] = async (_database, _purge, onError) => {
    onError(new Error('named by something'));
    onError(new Error('named by something'));
    return 0;
  };
  expect(await purgeOnce(someFail)).toEqual({ failing: 2, committed: 0 });
  expect(await purgeOnce(() => Promise.reject(new Error('no database')))).toEqual({
    failing: 1,
    committed: 0,
  });
});
