import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { eventually, times, type TestDatabase } from '@marquee/testkit';
import { anyProjection, startProjections } from '../index.ts';
import { counting, countedWorld, live, logged, release } from './counted.test-support.ts';
import type { Projecting } from './die-projecting.test-support.ts';

const organisationId = newUuid();
let world: TestDatabase;
beforeAll(async () => {
  world = await countedWorld();
});
afterAll(() => world?.drop());

async function append(events: number): Promise<void> {
  for (let turn = 0; turn < events; turn++)
    await world.database.transaction({ organisationId }, (tx) => release(tx, 1 + (turn % 5)));
}

/** Runs a process until it has killed itself. */
async function projectAndDie(version: number, die: Projecting['die']): Promise<void> {
  const role: Projecting = { databaseUrl: world.url, version, die };
  const file = fileURLToPath(new URL('./die-projecting.test-support.ts', import.meta.url));
  const child = spawn(process.execPath, [file, JSON.stringify(role)], { stdio: 'inherit', env: {} });
  expect(await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)))).toBe('SIGKILL');
}

async function finish(version: number): Promise<void> {
  const runner = startProjections(world.database, {
    projections: [anyProjection(counting({ version }))],
    logger: silentLogger,
    pollMs: 20,
    pageSize: 7,
  });
  await eventually(async () =>
    expect(await live(world.database, organisationId)).toEqual(await logged(world.database, organisationId)),
  );
  await runner.stop();
}

test('killed within pages and right after them, a projection counts every event once', async () => {
  await append(60);
  for (let round = 0; round < times({ test: 2, soak: 40 }); round++) {
    await projectAndDie(1, { inPage: 1 + (round % 3), when: 'before the commit' });
    await projectAndDie(1, { inPage: 1 + (round % 2), when: 'after the commit' });
    await append(10);
  }
  await finish(1);
  expect((await live(world.database, organisationId)).holds).toBeGreaterThanOrEqual(60);
});

test('killed while a new version is built beside the live one, it is whole when it goes live', async () => {
  await projectAndDie(2, { inPage: 2, when: 'before the commit' });
  // The live one serves on, as it was.
  expect(await live(world.database, organisationId)).toEqual(await logged(world.database, organisationId));
  await projectAndDie(2, { inPage: 3, when: 'after the commit' });
  await append(5);
  await finish(2);
});
