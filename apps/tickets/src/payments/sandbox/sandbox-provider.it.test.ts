import { afterAll, beforeAll } from '@jest/globals';
import { createWorld, system, type World } from '../../harness.test-support.ts';
import { describeProvider } from '../provider-conformance.test-support.ts';
import { signBody } from '../signature.ts';
import { createSandboxPage } from './sandbox-page.ts';
import { createSandboxProvider, sandboxSignatureHeader } from './sandbox-provider.ts';
import { planWebhooks } from './sandbox-rows.ts';

const secret = 'the secret of the sandbox';
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const page = () =>
  createSandboxPage({
    database: world.database,
    publicUrl: 'http://localhost:4000',
    secret,
    wake: () => undefined,
  });

/** Presses a button on the page to which the payer was sent. */
async function press(redirectUrl: string, decision: string): Promise<void> {
  const { pathname: path, search } = new URL(redirectUrl);
  await page().route({
    method: 'POST',
    path,
    search,
    headers: {},
    correlationId: 'c',
    body: async () => `decision=${decision}`,
  });
}

describeProvider('sandbox', () => ({
  provider: createSandboxProvider(world.database, {
    lateMs: 60_000,
    secret,
    pageOf: (paymentId) => page().pageOf(paymentId),
  }),
  organisationId: world.viewer.organisationId,
  tokens: {
    approve: 'approve',
    decline: 'decline',
    silence: 'timeout',
    redirect: 'redirect',
    authorize: 'authorize',
  },
  untilLateAnswer: async () => {
    await system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));
  },
  completeAction: (_, redirectUrl, approved) => press(redirectUrl, approved ? 'approve' : 'decline'),
  dispute: (reference, status) =>
    world.database.transaction(world.viewer, (tx) =>
      planWebhooks(tx, reference, [
        {
          fact: {
            kind: 'disputed',
            disputeReference: 'd',
            amount: { amountMinor: 5000n, currency: 'EUR' },
            status,
            reason: null,
          },
        },
      ]),
    ),
  webhooks: async (reference) => {
    const rows = await system(world, (tx) =>
      tx.rows<{ body: string }>(
        `select body from sandbox_webhook where body::jsonb ->> 'paymentId' = $1 order by id`,
        [reference],
      ),
    );
    return rows.map(({ body }) => ({
      rawBody: body,
      headers: { [sandboxSignatureHeader]: signBody(body, secret, new Date()) },
    }));
  },
}));
