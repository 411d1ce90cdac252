import { afterAll, beforeAll } from '@jest/globals';
import { createWorld, system, type World } from '../harness.test-support.ts';
import { describeProvider } from './provider-conformance.test-support.ts';
import { createSandboxProvider } from './sandbox-provider.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

describeProvider('sandbox', () => ({
  provider: createSandboxProvider(world.database, { lateMs: 60_000 }),
  organisationId: world.viewer.organisationId,
  tokens: { approve: 'approve', decline: 'decline', silence: 'timeout' },
  untilLateAnswer: async () => {
    await system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));
  },
}));
