import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { eventInput, newKey } from './organisation.ts';
import { givenApiKey, plantOrganisation } from './plant-identity.test-support.ts';
import type { TestPlatform } from './platform.ts';

/** An API key of an organisation of its own, and a token of the owner. */
async function givenKey(platform: TestPlatform) {
  const token = await platform.tokens.token({ role: 'owner', organisationId: newUuid() });
  await plantOrganisation(platform, token, 'integrators');
  return { token, ...(await givenApiKey(platform, token, ['events:manage', 'catalogue:read'])) };
}

const usage = `query ($apiKeyId: ID) {
  apiUsage(apiKeyId: $apiKeyId) { totalRequests edges { node { day operation requests apiKey { name } } } }
  planSubscription { periodStart requests plan { code } } }`;

type Usage = {
  readonly apiUsage: {
    readonly totalRequests: number;
    /** By day, too: one may end meanwhile. */
    readonly edges: readonly {
      readonly node: {
        readonly day: string;
        readonly operation: string;
        readonly requests: number;
        readonly apiKey: { readonly name: string } | null;
      };
    }[];
  };
  readonly planSubscription: { readonly periodStart: string };
};

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
      await eventually(async () => {
        const { apiUsage, planSubscription } = await platform().client.query<Usage>(
          usage,
          { apiKeyId: keyId },
          { token },
        );
        const days = apiUsage.edges.map(({ node }) => node);
        const count = (counted: typeof days) => counted.reduce((sum, { requests }) => sum + requests, 0);
        const countOf = (name: string) => count(days.filter(({ operation }) => operation === name));
        expect([countOf('events'), countOf('createEvent')]).toEqual([1, reached - 1]);
        expect(apiUsage.totalRequests).toBe(reached);
        expect(new Set(days.map(({ apiKey }) => apiKey?.name))).toEqual(new Set(['import']));
        // A month may have ended meanwhile.
        const ofMonth = days.filter(({ day }) => day >= planSubscription.periodStart);
        expect(planSubscription).toMatchObject({ plan: { code: 'free' }, requests: count(ofMonth) });
      });
    });
  });
}
