import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { encodeId } from '@marquee/kernel';
import { scopesOf, type Role } from '@marquee/subgraph';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

/** What the gateway asks of a development token's `iss` and `aud`, unless its settings say otherwise. */
export const developmentIssuer = 'marquee-development';
export const audience = 'marquee';

export type IssuerKeys = {
  /** The Ed25519 private key as a JWK, readable by its owner alone. */
  readonly privateKeyFile: string;
  /** The public keys as a JWK set: what the gateway verifies tokens with. */
  readonly jwksFile: string;
};

export type TokenRequest = {
  readonly role: Role;
  /** The tenant's uuid. */
  readonly organisationId: string;
  readonly email: string;
  readonly name: string;
  /** Default: always the same for an e-mail address in an organisation. */
  readonly subject?: string;
  /** Default: the role's. */
  readonly scopes?: readonly string[];
  /** The session (wire id) that it stands on; none unless told. */
  readonly sessionId?: string;
  /** Default 12. */
  readonly ttlHours?: number;
};

function writePrivate(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 });
  chmodSync(file, 0o600); // an old file keeps its mode through writeFileSync
}

/** A link, not a rename: of two processes that start at once, the second must take the first one's key. */
async function makePrivateKey(file: string): Promise<void> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const draft = `${file}.${process.pid}`;
  writePrivate(draft, `${JSON.stringify({ ...jwk, kid, alg: 'EdDSA', use: 'sig' }, null, 2)}\n`);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The issuer's key pair in this directory, made where there is none. Safe to call from several processes at once. */
export async function ensureKeys(directory: string): Promise<IssuerKeys> {
  const keys = {
    privateKeyFile: join(directory, 'issuer.private.jwk'),
    jwksFile: join(directory, 'issuer.jwks.json'),
  };
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(keys.privateKeyFile)) await makePrivateKey(keys.privateKeyFile);
  const { d: _secret, ...publicKey } = JSON.parse(readFileSync(keys.privateKeyFile, 'utf8')) as JWK;
  const jwks = `${JSON.stringify({ keys: [publicKey] }, null, 2)}\n`;
  if (!existsSync(keys.jwksFile) || readFileSync(keys.jwksFile, 'utf8') !== jwks) {
    writeFileSync(`${keys.jwksFile}.${process.pid}`, jwks, { mode: 0o644 });
    renameSync(`${keys.jwksFile}.${process.pid}`, keys.jwksFile);
  }
  return keys;
}

/** The same person in the same organisation is the same account in each token. */
export function subjectOf(organisationId: string, email: string): string {
  const digest = createHash('sha256').update(`${organisationId}\n${email.toLowerCase()}`).digest('hex');
  const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return encodeId('Account', uuid);
}

/** A signed access token (JWT, EdDSA) for development, from the keys that `ensureKeys` made in this directory. */
export async function issueToken(directory: string, request: TokenRequest): Promise<string> {
  const { privateKeyFile } = await ensureKeys(directory);
  const jwk = JSON.parse(readFileSync(privateKeyFile, 'utf8')) as JWK;
  const issuedAt = Math.floor(Date.now() / 1000);
  const claims = {
    org: request.organisationId,
    role: request.role,
    scopes: request.scopes ?? scopesOf(request.role),
    email: request.email,
    name: request.name,
    ...(request.sessionId && { sid: request.sessionId }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...(jwk.kid && { kid: jwk.kid }) })
    .setSubject(request.subject ?? subjectOf(request.organisationId, request.email))
    .setIssuer(developmentIssuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + Math.round((request.ttlHours ?? 12) * 3_600))
    .sign(await importJWK(jwk, 'EdDSA'));
}
