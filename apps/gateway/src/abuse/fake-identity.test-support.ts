import { runSubgraph, schemaPrelude, type HttpAnswer, type RunningSubgraph } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import type { Revocation, VerifiedKey } from '../access/identity-client.ts';
import { claims, internalSecret } from '../fake-platform.test-support.ts';

export const identitySchema = `${schemaPrelude()}
extend type Query { myName: String }`;

export type FakeIdentity = {
  readonly service: RunningSubgraph;
  /** What gateways are told was revoked. */
  readonly revocations: Revocation[];
  /** The API keys that are good, by their text. */
  readonly apiKeys: Map<string, VerifiedKey>;
  /** An access token of the platform's own issuer. */
  sign(claims: JWTPayload): Promise<string>;
};

/** Identity as far as gateways ask it: keys of tokens, what was revoked, whether an API key is good. */
export async function startFakeIdentity(issuer: string): Promise<FakeIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'identity', alg: 'EdDSA', use: 'sig' }];
  const revocations: Revocation[] = [];
  const apiKeys = new Map<string, VerifiedKey>();
  const json = (body: unknown): HttpAnswer => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const service = await runSubgraph<object>({
    name: 'identity',
    host: '127.0.0.1',
    port: 0,
    internalSecret,
    schema: identitySchema,
    resolvers: { Query: { myName: () => 'Ada' } },
    context: () => ({}),
    routes: {
      '/internal/keys': async () => json({ keys }),
      '/internal/revocations': async () => json({ revocations }),
      '/internal/api-keys/verify': async (exchange) => {
        const { key } = JSON.parse(await exchange.body()) as { key: string };
        return json({ verified: apiKeys.get(key) ?? null });
      },
    },
    readiness: {},
    metrics: createMetrics(),
    logger: silentLogger,
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
  const sign = (more: JWTPayload) => {
    const iat = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...claims, iss: issuer, iat, exp: iat + 300, ...more })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'identity', typ: 'at+jwt' })
      .sign(privateKey);
  };
  return { service, revocations, apiKeys, sign };
}
