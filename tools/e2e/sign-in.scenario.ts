import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import { demoPassword } from '../seed/identity.ts';
import { northlight } from '../seed/organisations.ts';
import type { TestPlatform } from './platform.ts';

/** Signing in as a browser does, through the gateway alone: pages, cookies, code, tokens. */
export function describeSignIn(platform: () => TestPlatform): void {
  describe('signing in', () => {
    const gateway = () => platform().running.urls.gateway;

    const ask = async (token: string, query: string) => {
      const response = await fetch(`${gateway()}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query }),
      });
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what the query asks for, the test knows
      return { status: response.status, data: ((await response.json()) as { data?: any }).data };
    };

    const post = (path: string, form: Record<string, string>, cookie = '') =>
      fetch(`${gateway()}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, origin: gateway() },
        body: new URLSearchParams(form).toString(),
      });

    const cookiesOf = (response: Response) =>
      response.headers.getSetCookie().map((line) => line.split(';')[0]!);

    async function signIn(email: string) {
      const verifier = randomBytes(32).toString('base64url');
      const redirect_uri = `${gateway()}/explorer`;
      const question = new URLSearchParams({
        client_id: 'marquee-explorer',
        response_type: 'code',
        redirect_uri,
        scope: 'openid graph',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      const begun = await fetch(`${gateway()}/oidc/auth?${question.toString()}`, { redirect: 'manual' });
      const page = begun.headers.get('location')!;
      const cookie = cookiesOf(begun).join('; ');
      await post(`${page}/password`, { email, password: demoPassword }, cookie);
      const done = await fetch(`${gateway()}${page}`, { redirect: 'manual', headers: { cookie } });
      const resumed = await fetch(done.headers.get('location')!, { redirect: 'manual', headers: { cookie } });
      const code = new URL(resumed.headers.get('location')!).searchParams.get('code')!;
      const form = { client_id: 'marquee-explorer', grant_type: 'authorization_code', code, redirect_uri };
      const tokens = await post('/oidc/token', { ...form, code_verifier: verifier });
      return (await tokens.json()) as { readonly access_token: string };
    }

    test('a member signs in, works in the graph, and is out within seconds of ending the session', async () => {
      const { access_token } = await signIn(`owner@${northlight.slug}.example`);
      const mine = await ask(
        access_token,
        '{ organisation { name } viewer { role } mySessions { edges { node { id } } } }',
      );
      expect(mine.data).toMatchObject({ organisation: { name: northlight.name }, viewer: { role: 'OWNER' } });
      const sessionId = mine.data.mySessions.edges[0].node.id;
      await ask(access_token, `mutation { revokeSession(sessionId: "${sessionId}") { __typename } }`);
      await eventually(async () => expect((await ask(access_token, '{ viewer { role } }')).status).toBe(401));
    });

    test('a program works by its key until that is revoked', async () => {
      const { tokens } = platform();
      const owner = await tokens.token({
        role: 'owner',
        organisationId: northlight.id,
        email: `owner@${northlight.slug}.example`,
      });
      const input = `{ idempotencyKey: "${randomBytes(8).toString('hex')}", name: "till", scopes: ["catalogue:read"] }`;
      const made = await ask(
        owner,
        `mutation { createApiKey(input: ${input}) {
        ... on ApiKeyCreated { secret apiKey { id } } } }`,
      );
      const { secret, apiKey } = made.data.createApiKey;
      const seen = await ask(secret, '{ occurrences(first: 1) { edges { node { id } } } viewer { scopes } }');
      expect(seen.data).toMatchObject({ viewer: { scopes: ['catalogue:read'] } });
      expect(seen.data.occurrences.edges).toHaveLength(1);
      await ask(owner, `mutation { revokeApiKey(input: { apiKeyId: "${apiKey.id}" }) { __typename } }`);
      await eventually(async () => expect((await ask(secret, '{ viewer { role } }')).status).toBe(401));
    });

    test('what gateways ask of identity is asked by nobody else', async () => {
      const { services } = platform().running.urls;
      for (const base of [gateway(), services['identity']!])
        for (const path of ['/internal/keys', '/internal/revocations', '/internal/api-keys/verify'])
          expect([401, 404]).toContain((await fetch(`${base}${path}`)).status);
    });
  });
}
