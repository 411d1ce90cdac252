import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { eventually, times } from '@marquee/testkit';
import type { Killed } from '../fixtures/process.ts';
import { eventsOf, stage } from './deliveries.test-support.ts';

const { world, receiver, given, work, publish } = stage();

const atOnce = 10;
const kills = times({ test: 2, soak: 20 });
const eachTime = 20;

/** Starts a worker, waits until it has delivered some more, and kills it in the middle of others. */
async function workUntilKilled(delivered: () => number): Promise<void> {
  const enough = delivered() + eachTime;
  const role: Killed = { databaseUrl: world().db.url, keysFile: world().keysFile, atOnce };
  const file = fileURLToPath(new URL('../fixtures/process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, JSON.stringify(role)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  await eventually(() => expect(delivered()).toBeGreaterThanOrEqual(enough), {
    timeoutMs: 60_000,
    everyMs: 2,
  });
  child.kill('SIGKILL');
  expect(await exited).toBe('SIGKILL');
}

test('of workers that are killed nothing is lost, and at most what they had under way comes twice', async () => {
  const endpoint = await given('/killed');
  receiver().behave('/killed', (_, response) => void setTimeout(() => response.end(), 5));
  // As many as are left for the last worker too.
  const count = kills * (eachTime + 2 * atOnce) + 50;
  await publish(eventsOf(endpoint.organisationId, count));
  const delivered = () =>
    new Set(
      receiver()
        .at('/killed')
        .map(({ headers }) => headers['webhook-id']),
    ).size;
  for (let kill = 0; kill < kills; kill++) await workUntilKilled(delivered);
  work({ atOncePerEndpoint: atOnce });
  const left = `select from webhook_delivery where status <> 'DELIVERED'`;
  await eventually(async () =>
    expect(await world().database.read(endpoint.viewer, (tx) => tx.rows(left))).toEqual([]),
  );
  expect(delivered()).toBe(count);
  const attempts = receiver().at('/killed').length;
  expect(attempts - count).toBeLessThanOrEqual(kills * atOnce);
  const events = receiver()
    .at('/killed')
    .map(({ body }) => (JSON.parse(body) as { id: string }).id);
  expect(new Set(events).size).toBe(count);
}, 300_000);
