import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { assert, isUuid } from '@marquee/kernel';
import type { CredentialClaims } from '../scans/scan.ts';

/**
 * A ticket's credential, as short as a QR code likes it (143 characters):
 *
 *   MQ1.base64url( key id, 4 bytes | ticket, 16 | occurrence, 16 | epoch, 4, big endian | Ed25519 signature, 64 )
 *
 * The signature covers `MQ1.` and the 40 bytes before it, so a credential can be verified offline with the public key
 * alone. The epoch rises when the ticket changes hands. Ed25519 is deterministic: nothing needs to be stored.
 */
export type CredentialSigner = {
  sign(claims: CredentialClaims): string;
  /** What a genuine credential claims; null for anything else. */
  verify(credential: string): CredentialClaims | null;
  /** The public key as JWK, by which others verify. */
  readonly publicJwk: JsonWebKey;
};

type JsonWebKey = Readonly<Record<string, unknown>>;

const prefix = 'MQ1.';
const claimsLength = 40;
const signatureLength = 64;
const longestCredential = 200;

/** Signs with an Ed25519 private key given as JWK (`{"kty":"OKP","crv":"Ed25519","x":…,"d":…}`); throws on any other. */
export function createCredentialSigner(jwk: unknown): CredentialSigner {
  const privateKey = readPrivateKey(jwk);
  const publicKey = createPublicKey(privateKey);
  const { x } = publicKey.export({ format: 'jwk' });
  const keyId = createHash('sha256').update(String(x)).digest().subarray(0, 4);
  return {
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x, kid: keyId.toString('hex'), alg: 'EdDSA', use: 'sig' },
    sign: (claims) => {
      const body = encodeClaims(keyId, claims);
      return prefix + Buffer.concat([body, sign(null, signedBytes(body), privateKey)]).toString('base64url');
    },
    verify: (credential) => {
      const bytes = decodeBytes(credential);
      if (!bytes || !bytes.subarray(0, 4).equals(keyId)) return null;
      const body = bytes.subarray(0, claimsLength);
      const genuine = verify(null, signedBytes(body), publicKey, bytes.subarray(claimsLength));
      return genuine ? decodeClaims(body) : null;
    },
  };
}

function readPrivateKey(jwk: unknown): KeyObject {
  const { kty, crv, d } = (jwk ?? {}) as Record<string, unknown>;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof d !== 'string') {
    throw new TypeError('the ticket key must be an Ed25519 private key as JWK');
  }
  return createPrivateKey({ key: jwk as Record<string, string>, format: 'jwk' });
}

function signedBytes(body: Buffer): Buffer {
  // The prefix is signed too, so that a signature made for another purpose never passes as a ticket.
  return Buffer.concat([Buffer.from(prefix), body]);
}

function decodeBytes(credential: string): Buffer | null {
  if (!credential.startsWith(prefix) || credential.length > longestCredential) return null;
  const text = credential.slice(prefix.length);
  const bytes = Buffer.from(text, 'base64url');
  // Node skips characters that are not base64: only the canonical spelling is one credential.
  if (bytes.toString('base64url') !== text) return null;
  return bytes.length === claimsLength + signatureLength ? bytes : null;
}

function encodeClaims(keyId: Buffer, { ticketId, occurrenceId, epoch }: CredentialClaims): Buffer {
  assert(isUuid(ticketId) && isUuid(occurrenceId), 'a credential names a ticket and an occurrence');
  const epochBytes = Buffer.alloc(4);
  epochBytes.writeUInt32BE(epoch);
  const hex = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return Buffer.concat([keyId, hex(ticketId), hex(occurrenceId), epochBytes]);
}

function decodeClaims(body: Buffer): CredentialClaims {
  const uuid = (from: number) => {
    const hex = body.subarray(from, from + 16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
  return { ticketId: uuid(4), occurrenceId: uuid(20), epoch: body.readUInt32BE(36) };
}
