import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { eventInput, newKey } from './organisation.ts';
import { plantOrganisation } from './plant-identity.test-support.ts';
import type { TestPlatform } from './platform.ts';

type Created = {
  readonly createApiKey: { readonly secret: string; readonly apiKey: { readonly id: string } };
};

/** An API key of an organisation of its own, and a token of the owner. */
async function givenKey(platform: TestPlatform) {
  const { client, tokens } = platform;
  const token = await tokens.token({ role: 'owner', organisationId: newUuid() });
  await plantOrganisation(platform, token, 'integrators');
  const input = { idempotencyKey: newKey(), name: 'import', scopes: ['events:manage', 'catalogue:read'] };
  const { createApiKey } = await client.query<Created>(
    `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { ... on ApiKeyCreated { secret apiKey { id } } } }`,
    { input },
    { token },
  );
  return { token, secret: createApiKey.secret, keyId: createApiKey.apiKey.id };
}

/** What a program does with a key, and what its owner sees of that. */
export function describeIntegrators(platform: () => TestPlatform): void {
  describe('an API key', () => {
    test('has one effect by one Idempotency-Key sent 50 times at once, and each request it made is metered', async () => {
      const { token, secret, keyId } = await givenKey(platform());
      const { idempotencyKey: _, ...body } = eventInput(null, 'Imported') as Record<string, unknown>;
      const send = async (method: string, key?: string, more: object = {}) => {
        const response = await fetch(`${platform().running.urls.gateway}/v1/events`, {
          method,
          headers: {
            authorization: `Bearer ${secret}`,
            'content-type': 'application/json',
            ...(key && { 'idempotency-key': key }),
          },
          ...(method === 'POST' && { body: JSON.stringify({ ...body, ...more }) }),
        });
        return { status: response.status, body: (await response.json()) as { data: { id: string } } };
      };
      const key = newKey();
      const all = await Promise.all(Array.from({ length: 50 }, () => send('POST', key)));
      all.push(await send('POST', key));
      const made = all.filter(({ status }) => status === 201);
      expect(all.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
      expect(made.length).toBeGreaterThanOrEqual(2);
      expect(new Set(made.map((each) => each.body.data.id)).size).toBe(1);
      expect((await send('POST', key, { title: 'Another' })).status).toBe(422);
      expect((await send('GET')).body.data).toHaveLength(1);

      // What was refused as under way never reached the graph.
      const reached = made.length + 2;
      const usage = `query ($apiKeyId: ID) { apiUsage(apiKeyId: $apiKeyId) {
        totalRequests edges { node { operation requests apiKey { name } } } } planSubscription { requests plan { code } } }`;
      await eventually(async () => {
        const { data } = await platform().client.send<Record<string, unknown>>(
          usage,
          { apiKeyId: keyId },
          { token },
        );
        expect(data).toMatchObject({
          apiUsage: {
            totalRequests: reached,
            edges: [
              { node: { operation: 'events', requests: 1 } },
              { node: { operation: 'createEvent', requests: reached - 1, apiKey: { name: 'import' } } },
            ],
          },
          planSubscription: { requests: reached, plan: { code: 'free' } },
        });
      });
    }, 60_000);
  });
}
