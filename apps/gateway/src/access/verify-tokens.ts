import { isUuid } from '@marquee/kernel';
import { apiKeyPrefix, parseRole, scopesOf, type Viewer } from '@marquee/subgraph';
import type { Logger } from '@marquee/telemetry';
import { decodeJwt, jwtVerify, type JWTPayload } from 'jose';
import type { IdentityClient } from './identity-client.ts';
import { fileKeys, servedKeys, type KeySet, type KeySource } from './key-sets.ts';
import { followRevocations, type Revocable, type Revocations } from './revocations.ts';
import { createKeyVerifier } from './verify-keys.ts';

export type TokenSettings = {
  /** Who tokens must be for. */
  readonly audience: string;
  /** The development issuer, whose key is in a file of this machine. Left out where there is none: in production. */
  readonly development?: { readonly issuer: string; readonly jwksFile: string } | undefined;
  /** The platform's own issuer, and its API keys. */
  readonly identity?: { readonly issuer: string; readonly client: IdentityClient } | undefined;
  /** Milliseconds; default the system's clock. */
  readonly now?: () => number;
};

export type VerifiedToken =
  | { readonly ok: true; readonly viewer: Viewer }
  /** `message` is for the one who sent the token. `unavailable`: it may be good, it could not be judged. */
  | { readonly ok: false; readonly message: string; readonly unavailable?: true };

export type TokenVerifier = {
  /** The viewer of a token that was verified a moment ago and still holds; null where it must be verified anew. */
  recall(token: string): Viewer | null;
  /** `address` is where the request came from. */
  verify(token: string, address?: string): Promise<VerifiedToken>;
  stop(): void;
};

const clockToleranceSeconds = 5;
/** Verifying a signature costs about 0.1 ms, looking it up nothing; a minute bounds how long a removed key works. */
const rememberedMs = 60_000;
const rememberedTokens = 5_000;
const longestToken = 8_192;

function text(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= longest ? value : undefined;
}

function isList(value: unknown, most: number, fits: (item: unknown) => boolean): value is string[] {
  return Array.isArray(value) && value.length <= most && value.every(fits);
}

/** The viewer that a verified token names, or null where a claim is missing or malformed. */
function viewerOf(claims: JWTPayload): Viewer | null {
  const subject = text(claims.sub, 200);
  const organisationId = text(claims['org'], 36);
  const role = parseRole(text(claims['role'], 20) ?? '');
  const scopes = claims['scopes'] ?? (role && scopesOf(role));
  const eventIds = claims['eventIds'];
  if (!subject || !organisationId || !isUuid(organisationId) || !role) return null;
  if (!isList(scopes, 100, (scope) => text(scope, 100) !== undefined)) return null;
  const confined = eventIds !== undefined;
  if (confined && !isList(eventIds, 100, (id) => typeof id === 'string' && isUuid(id))) return null;
  const email = text(claims['email'], 254);
  const name = text(claims['name'], 200);
  const sessionId = text(claims['sid'], 50);
  const orderId = claims['order'];
  if (orderId !== undefined && !(typeof orderId === 'string' && isUuid(orderId))) return null;
  return {
    subject,
    organisationId,
    role,
    scopes,
    ...(confined && { eventIds: eventIds as string[] }),
    ...(orderId && { orderId }),
    ...(sessionId && { sessionId }),
    ...(email && { email }),
    ...(name && { name }),
  };
}

const messages: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'The token has expired.',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'The token is not meant for this graph.',
  ERR_JOSE_ALG_NOT_ALLOWED: 'The token is signed by an algorithm that is not taken.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "The token's signature is not right.",
  ERR_JWKS_NO_MATCHING_KEY: 'The token is signed by an unknown key.',
};

const notMeant: VerifiedToken = { ok: false, message: 'The token is not meant for this graph.' };

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}

/** Which issuer a token says it is of: to choose its keys, which then judge. */
function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

type Remembered = { readonly viewer: Viewer; readonly untilMs: number; readonly revocable: Revocable };

function createKeySources(
  { development, identity }: TokenSettings,
  now: () => number,
): Map<string, KeySource> {
  const sources = new Map<string, KeySource>();
  if (identity) sources.set(identity.issuer, servedKeys(identity.client.keys, now));
  if (development) sources.set(development.issuer, fileKeys(development.jwksFile, now));
  return sources;
}

const revoked: VerifiedToken = {
  ok: false,
  message: 'The session has ended, or what it may do has changed. Refresh the token, or sign in.',
};

/** Tokens that were verified a moment ago: each still holds as long as it was not revoked. */
function createMemory(revocations: Revocations | undefined, now: () => number) {
  const remembered = new Map<string, Remembered>();
  const judge = ({ viewer, revocable }: Remembered): VerifiedToken =>
    revocations?.covers(revocable) ? revoked : { ok: true, viewer };
  return {
    keep: (token: string, payload: JWTPayload, viewer: Viewer): VerifiedToken => {
      if (remembered.size >= rememberedTokens) remembered.delete(remembered.keys().next().value!);
      const { subject, organisationId, sessionId } = viewer;
      const entry = {
        viewer,
        untilMs: Math.min(now() + rememberedMs, (payload.exp ?? 0) * 1000),
        revocable: { subject, organisationId, sessionId, issuedAtMs: (payload.iat ?? 0) * 1000 },
      };
      remembered.set(token, entry);
      return judge(entry);
    },
    recall: (token: string): VerifiedToken | null => {
      const known = remembered.get(token);
      if (known && known.untilMs > now()) return judge(known);
      if (known) remembered.delete(token);
      return null;
    },
  };
}

/**
 * Verifies access tokens and API keys. A token: EdDSA by a key of the set of the issuer it names, audience, times, and
 * that it was not revoked. The algorithm is ours to say, never the token's. Faults of our own are thrown.
 */
export function createTokenVerifier(settings: TokenSettings, logger: Logger): TokenVerifier {
  const { audience, identity, now = Date.now } = settings;
  const sources = createKeySources(settings, now);
  const revocations = identity && followRevocations(identity.client.revocations, logger);
  const memory = createMemory(revocations, now);
  const verifyKey = identity && createKeyVerifier(identity.client.verifyKey, now);

  const check = (token: string, keys: KeySet, issuer: string) =>
    jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      issuer,
      audience,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'exp', 'org', 'role'],
    });

  const verifyAnew = async (token: string): Promise<VerifiedToken> => {
    const issuer = claimedIssuer(token);
    const source = issuer === undefined ? undefined : sources.get(issuer);
    if (issuer === undefined) return { ok: false, message: 'The token is malformed.' };
    if (!source) return notMeant;
    try {
      const keys = await source.current();
      const { payload } = await check(token, keys, issuer).catch(async (error: unknown) => {
        const others = codeOf(error) === 'ERR_JWKS_NO_MATCHING_KEY' ? await source.anew() : null;
        if (!others) throw error;
        return check(token, others, issuer);
      });
      const viewer = viewerOf(payload);
      if (!viewer) return { ok: false, message: 'The token lacks a claim, or one is malformed.' };
      return memory.keep(token, payload, viewer);
    } catch (error) {
      const code = codeOf(error);
      if (code.startsWith('ERR_J'))
        return { ok: false, message: messages[code] ?? 'The token is malformed.' };
      if (issuer !== identity?.issuer) throw error;
      return { ok: false, unavailable: true, message: 'Tokens cannot be verified at the moment. Try again.' };
    }
  };

  return {
    recall: (token) => {
      const known = memory.recall(token);
      return known?.ok ? known.viewer : null;
    },
    verify: async (token, address) => {
      if (token.length > longestToken) return { ok: false, message: 'The token is too long.' };
      if (token.startsWith(apiKeyPrefix)) return verifyKey ? verifyKey(token, address) : notMeant;
      return memory.recall(token) ?? verifyAnew(token);
    },
    stop: () => revocations?.stop(),
  };
}
