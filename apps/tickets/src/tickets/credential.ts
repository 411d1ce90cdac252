import { createHmac, sign } from 'node:crypto';
import { assert, isUuid } from '@marquee/kernel';
import type { CredentialClaims } from '../scans/scan.ts';
import { encodeBase41 } from './base41.ts';
import { readKeyRing, type KeyRing, type PublishedTicketKey, type SigningKey } from './key-ring.ts';
import { readCredential, signedBytes, type Prefix } from './read-credential.ts';
import type { CredentialReading } from './ticket.ts';
import { hashForward, stepAt, stepUnitSeconds, valueOfStep, type RotationWindow } from './rotation.ts';

/**
 * Signs what a ticket shows at the door, and reads it. Static credentials (print at home) are the same each time;
 * rotating ones live for a step of their window. The forms stand in read-credential.ts, the chain in rotation.ts.
 */
export type CredentialSigner = {
  /** The static form: 154 characters, a QR code of version 6 (41 modules) at error correction M. */
  sign(claims: CredentialClaims): string;
  /** The rotating form at `now`: 213 characters, version 8 (49 modules) at M; null outside its window. */
  signRotating(claims: CredentialClaims, window: RotationWindow, now: Date): string | null;
  /** By which the guest's app shows codes without asking again. Only for the ticket's holder. */
  rotation(claims: CredentialClaims, window: RotationWindow, now: Date): CredentialRotation;
  /** What a genuine credential says; null for anything else. */
  verify(credential: string, now?: Date): CredentialReading | null;
  /** Signs what devices at doors are given; its own prefix tells it from a ticket. */
  signBytes(bytes: Buffer): { readonly keyId: Buffer; readonly signature: Buffer };
  /** The public keys that verify now or will, to be published. */
  publicKeys(now?: Date): readonly PublishedTicketKey[];
};

export type CredentialRotation = RotationWindow & {
  /** The signed part of every code of this chain, in bytes. */
  readonly signed: Buffer;
  /** 16 bytes: hashed forward it gives every code, so it is as good as the ticket. */
  readonly seed: Buffer;
};

/** Signs with the newest key of a ring: one Ed25519 private JWK, or `{"keys": […]}`; throws on any other. */
export function createCredentialSigner(jwk: unknown): CredentialSigner {
  const ring: KeyRing = readKeyRing(jwk);
  const rotation = (claims: CredentialClaims, window: RotationWindow, now: Date) =>
    createRotation(ring.signingKey(now), claims, window);
  return {
    sign: (claims) => {
      const key = ring.signingKey(new Date());
      return write('MQ2:', signBody('MQ2:', encodeClaims(key, claims), key));
    },
    rotation,
    signRotating: (claims, window, now) => codeAt(rotation(claims, window, now), now),
    verify: (credential, now = new Date()) => readCredential(ring.verifying(now), credential, now),
    signBytes: (bytes) => {
      const key = ring.signingKey(new Date());
      return { keyId: key.keyId, signature: sign(null, bytes, key.privateKey) };
    },
    publicKeys: (now = new Date()) => ring.published(now),
  };
}

/** The code of this instant, as the guest's app makes it; null outside the window. */
export function codeAt({ signed, seed, ...window }: CredentialRotation, now: Date): string | null {
  const step = stepAt(window, now);
  if (step < 0 || step >= window.steps) return null;
  const number = Buffer.alloc(2);
  number.writeUInt16BE(step);
  return write(
    'MQ3:',
    Buffer.concat([signed, number, valueOfStep(ticketOf(signed), seed, window.steps, step)]),
  );
}

function createRotation(
  key: SigningKey,
  claims: CredentialClaims,
  window: RotationWindow,
): CredentialRotation {
  const head = encodeClaims(key, claims);
  const times = Buffer.alloc(5);
  times.writeUInt32BE(window.opensAt.getTime() / 1_000);
  times.writeUInt8(window.stepSeconds / stepUnitSeconds, 4);
  const seed = createHmac('sha256', key.rotationSecret)
    .update(Buffer.concat([head, times, Buffer.from([window.steps >> 8, window.steps & 0xff])]))
    .digest()
    .subarray(0, 16);
  const body = Buffer.concat([head, times, hashForward(ticketOf(head), seed, window.steps)]);
  return { ...window, signed: signBody('MQ3:', body, key), seed };
}

function ticketOf(body: Buffer): Buffer {
  return body.subarray(2, 18);
}

function write(prefix: Prefix, bytes: Buffer): string {
  return prefix + encodeBase41(bytes);
}

function signBody(prefix: Prefix, body: Buffer, key: SigningKey): Buffer {
  return Buffer.concat([body, sign(null, signedBytes(prefix, body), key.privateKey)]);
}

function encodeClaims(key: SigningKey, { ticketId, occurrenceId, epoch }: CredentialClaims): Buffer {
  assert(isUuid(ticketId) && isUuid(occurrenceId), 'a credential names a ticket and an occurrence');
  assert(epoch > 0 && epoch <= 0xffff, 'a ticket changes hands fewer than 65,536 times');
  const epochBytes = Buffer.alloc(2);
  epochBytes.writeUInt16BE(epoch);
  const hex = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return Buffer.concat([key.keyId.subarray(0, 2), hex(ticketId), hex(occurrenceId), epochBytes]);
}
