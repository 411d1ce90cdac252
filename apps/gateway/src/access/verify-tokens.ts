import { readFileSync } from 'node:fs';
import { isUuid } from '@marquee/kernel';
import { parseRole, scopesOf, type Viewer } from '@marquee/subgraph';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';

export type TokenSettings = {
  /** A JWK set with the issuer's public keys. */
  readonly jwksFile: string;
  readonly issuer: string;
  readonly audience: string;
  /** Milliseconds; default the system's clock. */
  readonly now?: () => number;
};

export type VerifiedToken =
  | { readonly ok: true; readonly viewer: Viewer }
  /** `message` is for the one who sent the token. */
  | { readonly ok: false; readonly message: string };

export type TokenVerifier = { verify(token: string): Promise<VerifiedToken> };

const clockToleranceSeconds = 5;
/** Verifying a signature costs about 0.1 ms, looking it up nothing; a minute bounds how long a removed key works. */
const rememberedMs = 60_000;
const rememberedTokens = 5_000;
/** A token of an unknown key makes the file be read again, but not more often than this. */
const rereadAfterMs = 5_000;
const longestToken = 8_192;

function text(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= longest ? value : undefined;
}

/** The viewer that a verified token names, or null where a claim is missing or malformed. */
function viewerOf(claims: JWTPayload): Viewer | null {
  const subject = text(claims.sub, 200);
  const organisationId = text(claims['org'], 36);
  const role = parseRole(text(claims['role'], 20) ?? '');
  const scopes = claims['scopes'] ?? (role && scopesOf(role));
  if (!subject || !organisationId || !isUuid(organisationId) || !role) return null;
  if (!Array.isArray(scopes) || scopes.length > 100 || !scopes.every((scope) => text(scope, 100)))
    return null;
  const email = text(claims['email'], 254);
  const name = text(claims['name'], 200);
  return { subject, organisationId, role, scopes, ...(email && { email }), ...(name && { name }) };
}

const messages: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'The token has expired.',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'The token is not meant for this graph.',
  ERR_JOSE_ALG_NOT_ALLOWED: 'The token is signed by an algorithm that is not taken.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "The token's signature is not right.",
  ERR_JWKS_NO_MATCHING_KEY: 'The token is signed by an unknown key.',
};

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}

/** Reads the key set when it is first needed, each minute, and when a token names a key that is not in it. */
function createKeySet(file: string, now: () => number) {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let readAtMs = 0;
  const read = () => {
    readAtMs = now();
    keys = createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet);
    return keys;
  };
  return {
    current: () => (keys && now() - readAtMs < rememberedMs ? keys : read()),
    isStale: () => now() - readAtMs > rereadAfterMs,
    reread: read,
  };
}

/**
 * Verifies access tokens: EdDSA by a key of the issuer's set, issuer, audience and expiry. The algorithm is ours to
 * say, never the token's. Faults of the key file are thrown: they are ours, not the caller's.
 */
export function createTokenVerifier(settings: TokenSettings): TokenVerifier {
  const { jwksFile, issuer, audience, now = Date.now } = settings;
  const keySet = createKeySet(jwksFile, now);
  const remembered = new Map<string, { readonly viewer: Viewer; readonly untilMs: number }>();

  const check = (token: string, keys: ReturnType<typeof createLocalJWKSet>) =>
    jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      issuer,
      audience,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'exp', 'org', 'role'],
    });

  const verifyAnew = async (token: string): Promise<VerifiedToken> => {
    try {
      const { payload } = await check(token, keySet.current()).catch((error: unknown) => {
        if (codeOf(error) !== 'ERR_JWKS_NO_MATCHING_KEY' || !keySet.isStale()) throw error;
        return check(token, keySet.reread());
      });
      const viewer = viewerOf(payload);
      if (!viewer) return { ok: false, message: 'The token lacks a claim, or one is malformed.' };
      if (remembered.size >= rememberedTokens) remembered.delete(remembered.keys().next().value!);
      const untilMs = Math.min(now() + rememberedMs, (payload.exp ?? 0) * 1000);
      remembered.set(token, { viewer, untilMs });
      return { ok: true, viewer };
    } catch (error) {
      const code = codeOf(error);
      if (!code.startsWith('ERR_J')) throw error;
      return { ok: false, message: messages[code] ?? 'The token is malformed.' };
    }
  };

  return {
    verify: async (token) => {
      if (token.length > longestToken) return { ok: false, message: 'The token is too long.' };
      const known = remembered.get(token);
      if (known && known.untilMs > now()) return { ok: true, viewer: known.viewer };
      if (known) remembered.delete(token);
      return verifyAnew(token);
    },
  };
}
