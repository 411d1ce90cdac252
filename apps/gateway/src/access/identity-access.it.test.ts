import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeApiKey, scopesOf, type Viewer } from '@marquee/subgraph';
import { silentLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import { claims, createIssuer, organisationId } from '../fake-platform.test-support.ts';
import type { IdentityClient, Revocation, VerifiedKey } from './identity-client.ts';
import { createTokenVerifier, type TokenVerifier } from './verify-tokens.ts';

const issuer = 'http://localhost:4000/oidc';
const viewer: Viewer = { subject: 'key_1', organisationId, role: 'ORGANISER', scopes: ['tickets:scan'] };
const eventId = '01980000-0000-7000-8000-0000000000ee';

let nowMs: number;
let keys: JWK[];
let revocations: Revocation[];
let apiKeys: Map<string, VerifiedKey>;
let down: boolean;
let asked: number;
let signingKey: CryptoKey;
let tokens: TokenVerifier;

async function addKey(kid: string): Promise<CryptoKey> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  keys.push({ ...(await exportJWK(pair.publicKey)), kid, alg: 'EdDSA', use: 'sig' });
  return pair.privateKey;
}

const answer = async <T>(value: () => T): Promise<T> => {
  if (down) throw new Error('identity is down');
  return value();
};
const client: IdentityClient = {
  keys: () => answer(() => ({ keys: [...keys] })),
  revocations: () => answer(() => [...revocations]),
  verifyKey: (key) => {
    asked += 1;
    return answer(() => apiKeys.get(key) ?? null);
  },
  close: async () => undefined,
};

beforeEach(async () => {
  [nowMs, keys, revocations, apiKeys, down, asked] = [Date.now(), [], [], new Map(), false, 0];
  signingKey = await addKey('one');
  tokens = createTokenVerifier(
    { audience: 'marquee', identity: { issuer, client }, now: () => nowMs },
    silentLogger,
  );
});
afterEach(() => tokens.stop());

const sign = (more: JWTPayload = {}, { kid = 'one', key = signingKey } = {}) => {
  const issuedAt = Math.floor(nowMs / 1000);
  return new SignJWT({ ...claims, iss: issuer, sid: 'sis_1', iat: issuedAt, exp: issuedAt + 300, ...more })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
    .sign(key);
};

describe("tokens of the platform's own issuer", () => {
  test('name the viewer, its session and the events to which it is confined', async () => {
    expect(await tokens.verify(await sign({ eventIds: [eventId] }))).toMatchObject({
      ok: true,
      viewer: {
        subject: 'acc_1',
        role: 'GUEST',
        scopes: scopesOf('GUEST'),
        sessionId: 'sis_1',
        eventIds: [eventId],
      },
    });
    const malformed = await tokens.verify(await sign({ eventIds: ['*'] }));
    expect(malformed).toMatchObject({ ok: false, message: expect.stringContaining('malformed') });
  });

  test('are refused when forged, expired, too early, for others, of others, or by no algorithm', async () => {
    const other = (await generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey;
    const development = await createIssuer();
    const seconds = Math.floor(nowMs / 1000);
    const hostile = [
      await sign({}, { key: other }),
      await sign({ exp: seconds - 60 }),
      await sign({ nbf: seconds + 60 }),
      await sign({ aud: 'elsewhere' }),
      await sign({ iss: 'https://evil.example' }),
      // No development issuer was set up: its tokens are nobody's.
      await development.sign(),
      new UnsecuredJWT({ ...claims, iss: issuer, exp: seconds + 300 }).encode(),
      await new SignJWT({ ...claims, iss: issuer, exp: seconds + 300 })
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .sign(Buffer.from(keys[0]!.x!, 'base64url')),
      'a.b.c',
      '',
    ];
    for (const token of hostile) expect(await tokens.verify(token)).toMatchObject({ ok: false });
  });

  test('of a key that is new are taken at once, and known ones go on while identity is down', async () => {
    expect((await tokens.verify(await sign())).ok).toBe(true);
    nowMs += 6_000;
    const token = await sign({}, { kid: 'two', key: await addKey('two') });
    expect((await tokens.verify(token)).ok).toBe(true);
    down = true;
    nowMs += 120_000;
    expect((await tokens.verify(await sign())).ok).toBe(true);
  });

  test('cannot be judged before the keys were read once, which is no fault of theirs', async () => {
    down = true;
    expect(await tokens.verify(await sign())).toMatchObject({ ok: false, unavailable: true });
    down = false;
    nowMs += 1_000;
    expect((await tokens.verify(await sign())).ok).toBe(true);
  });

  test('stop within a second of the end of their session, or of a change of what the account may do', async () => {
    const [ofSession, ofAccount] = [await sign(), await sign({ sid: 'sis_2', sub: 'acc_2' })];
    expect((await tokens.verify(ofSession)).ok).toBe(true);
    const revokedAt = new Date(nowMs).toISOString();
    revocations = [
      { kind: 'session', subject: 'sis_1', organisationId, revokedAt },
      { kind: 'account', subject: 'acc_2', organisationId, revokedAt },
    ];
    await eventually(async () => expect((await tokens.verify(ofSession)).ok).toBe(false));
    expect((await tokens.verify(ofAccount)).ok).toBe(false);
    nowMs += 2_000;
    expect((await tokens.verify(await sign({ sid: 'sis_2', sub: 'acc_2' }))).ok).toBe(true);
    // Of the same account, in another organisation.
    const elsewhere = await sign({
      sid: 'sis_3',
      sub: 'acc_2',
      org: eventId,
      iat: Math.floor(nowMs / 1000) - 60,
    });
    expect((await tokens.verify(elsewhere)).ok).toBe(true);
  });
});

describe('API keys', () => {
  const given = (networks: readonly string[] | null = null) => {
    const key = makeApiKey(randomBytes);
    apiKeys.set(key, { viewer, networks });
    return key;
  };

  test('stand for whom identity says, asked about once in a while', async () => {
    const key = given();
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.verify(key)));
    expect(all).toEqual(all.map(() => ({ ok: true, viewer })));
    expect(asked).toBe(1);
  });

  test('that were revoked stop within a second', async () => {
    const key = given();
    expect((await tokens.verify(key)).ok).toBe(true);
    apiKeys.clear();
    nowMs += 1_000;
    expect(await tokens.verify(key)).toMatchObject({
      ok: false,
      message: expect.stringContaining('revoked'),
    });
  });

  test('with a wrong checksum are never asked about', async () => {
    const key = given();
    const mistyped = key.slice(0, -1) + (key.endsWith('x') ? 'y' : 'x');
    for (const bad of [mistyped, 'mqk_', `${key}a`]) expect((await tokens.verify(bad)).ok).toBe(false);
    expect(asked).toBe(0);
  });

  test.each([
    [['203.0.113.0/24'], '203.0.113.9', true],
    [['203.0.113.0/24'], '::ffff:203.0.113.9', true],
    [['203.0.113.0/24', '2001:db8::/32'], '2001:db8::7', true],
    [['203.0.113.9'], '203.0.113.10', false],
    [['203.0.113.0/24'], '', false],
    [['203.0.113.0/24'], 'localhost', false],
  ])('for %j, used from %s: %s', async (networks, address, ok) => {
    expect((await tokens.verify(given(networks), address)).ok).toBe(ok);
  });

  test('cannot be judged while identity is down, and are not forgotten for it', async () => {
    const key = given();
    down = true;
    expect(await tokens.verify(key)).toMatchObject({ ok: false, unavailable: true });
    down = false;
    expect((await tokens.verify(key)).ok).toBe(true);
  });
});
