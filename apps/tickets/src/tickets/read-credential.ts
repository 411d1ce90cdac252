import { verify } from 'node:crypto';
import { decodeBase41 } from './base41.ts';
import type { TicketKey } from './key-ring.ts';
import { hashForward, maxSteps, stepAt, stepUnitSeconds } from './rotation.ts';
import type { CredentialReading } from './ticket.ts';

/**
 * The three forms, all signed with Ed25519 over their prefix and every byte before the signature:
 *
 *   MQ2:base41( key id 2 | ticket 16 | occurrence 16 | epoch 2 | signature 64 )                        static, 154 characters
 *   MQ3:base41( key id 2 | ticket 16 | occurrence 16 | epoch 2 | opens 4 | step 1 | anchor 16 | signature 64
 *               | step number 2 | value 16 )                                                         rotating, 213 characters
 *   MQ1.base64url( key id 4 | ticket 16 | occurrence 16 | epoch 4 | signature 64 )                    static, issued until now
 *
 * Numbers are big endian; `opens` is in seconds since 1970, `step` in units of 15 seconds.
 */
export const forms = {
  'MQ2:': { keyId: 2, signed: 36, after: 0 },
  'MQ3:': { keyId: 2, signed: 57, after: 18 },
  'MQ1.': { keyId: 4, signed: 40, after: 0 },
} as const;
export type Prefix = keyof typeof forms;
export const signatureLength = 64;
/** Nothing longer is looked at. */
const longest = 220;

/**
 * Reads a credential offline: with the published keys and the time, and nothing else. Null for what is not genuine.
 * Whether the ticket was revoked (its epoch) and which forms its event accepts is for the caller to judge.
 */
export function readCredential(
  keys: readonly TicketKey[],
  text: string,
  now: Date,
): CredentialReading | null {
  const prefix = text.slice(0, 4) as Prefix;
  if (!Object.hasOwn(forms, prefix) || text.length > longest) return null;
  const form = forms[prefix];
  const bytes = prefix === 'MQ1.' ? decodeBase64url(text.slice(4)) : decodeBase41(text.slice(4));
  if (bytes?.length !== form.signed + signatureLength + form.after) return null;
  const body = bytes.subarray(0, form.signed);
  const signature = bytes.subarray(form.signed, form.signed + signatureLength);
  const keyId = body.subarray(0, form.keyId);
  const genuine = keys.some(
    (key) =>
      key.keyId.subarray(0, form.keyId).equals(keyId) &&
      (key.published.exp === undefined || key.published.exp * 1_000 > now.getTime()) &&
      verify(null, signedBytes(prefix, body), key.publicKey, signature),
  );
  if (!genuine) return null;
  const claims = readClaims(body, form.keyId);
  if (prefix !== 'MQ3:') return { ...claims, form: 'STATIC', fresh: true };
  const fresh = judgeStep(body, bytes.subarray(form.signed + signatureLength), now);
  return fresh === null ? null : { ...claims, form: 'ROTATING', fresh };
}

/** Null where the value does not belong to the chain; else whether its step is this one, or next to it: clocks differ. */
function judgeStep(body: Buffer, shown: Buffer, now: Date): boolean | null {
  const opensAt = new Date(body.readUInt32BE(36) * 1_000);
  const stepSeconds = body.readUInt8(40) * stepUnitSeconds;
  const step = shown.readUInt16BE(0);
  if (step >= maxSteps || stepSeconds === 0) return null;
  const anchor = hashForward(body.subarray(2, 18), shown.subarray(2), step + 1);
  if (!anchor.equals(body.subarray(41, 57))) return null;
  return Math.abs(stepAt({ opensAt, stepSeconds }, now) - step) <= 1;
}

export function signedBytes(prefix: Prefix, body: Buffer): Buffer {
  // The prefix is signed too, so that a signature made for another purpose never passes as a ticket.
  return Buffer.concat([Buffer.from(prefix), body]);
}

function decodeBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  // Node skips characters that are not base64: only the canonical spelling is one credential.
  return bytes.toString('base64url') === text ? bytes : null;
}

function readClaims(body: Buffer, at: number) {
  const uuid = (from: number) => {
    const hex = body.subarray(from, from + 16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
  const epochAt = at + 32;
  const epoch = at === 4 ? body.readUInt32BE(epochAt) : body.readUInt16BE(epochAt);
  return { ticketId: uuid(at), occurrenceId: uuid(at + 16), epoch };
}
