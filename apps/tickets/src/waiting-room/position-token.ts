import {
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { secretsOf } from '@marquee/kernel';

/**
 * What a visitor of a waiting room holds, and what one holds who was let in. Both say everything themselves, so that a
 * million people can wait without a row for any of them:
 *
 *   WR1.base64url( round, 2 bytes | kind, 1 | number, 6 | occurrence, 16 | visitor, 16 | HMAC-SHA-256, first 16 )
 *   WP1.base64url( expiry in seconds, 6 bytes | occurrence, 16 | visitor, 16 | HMAC-SHA-256, first 16 )
 *
 * The visitor is the first half of SHA-256( organisation | subject ): in another's hands a token is worth nothing. Only
 * we verify them, and often: an HMAC takes 3 µs, where an Ed25519 signature took 60.
 */
export type PositionToken = {
  readonly round: number;
  readonly kind: 'EARLY' | 'LATER';
  /** Of the arrival, from 0; 0 for who came early. */
  readonly number: number;
  readonly occurrenceId: string;
  /** 16 bytes, hex. */
  readonly visitor: string;
};

export type AdmissionPass = {
  readonly occurrenceId: string;
  readonly visitor: string;
  readonly expiresAt: Date;
};

export type WaitingRoomTokens = {
  signPosition(token: PositionToken): string;
  /** Null for anything that we did not sign. */
  readPosition(text: string): PositionToken | null;
  signPass(pass: AdmissionPass): string;
  readPass(text: string): AdmissionPass | null;
};

const prefixes = { position: 'WR1.', pass: 'WP1.' } as const;
const macLength = 16;
const bodyLength = { position: 41, pass: 38 } as const;

/** From a secret that all processes of the service share; of several the first signs and each is read. */
export function createWaitingRoomTokens(secret: string): WaitingRoomTokens {
  const keys = secretsOf(secret).map((each) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', each, '', 'marquee waiting room', 32))),
  );
  const [key] = keys as [KeyObject];
  return {
    signPosition: ({ round, kind, number, occurrenceId, visitor }) => {
      const head = Buffer.alloc(9);
      head.writeUInt16BE(round, 0);
      head.writeUInt8(kind === 'EARLY' ? 0 : 1, 2);
      head.writeUIntBE(number, 3, 6);
      return seal(
        'position',
        key,
        Buffer.concat([head, uuidBytes(occurrenceId), Buffer.from(visitor, 'hex')]),
      );
    },
    readPosition: (text) => {
      const body = open('position', keys, text);
      return (
        body && {
          round: body.readUInt16BE(0),
          kind: body.readUInt8(2) === 0 ? 'EARLY' : 'LATER',
          number: body.readUIntBE(3, 6),
          occurrenceId: uuidText(body.subarray(9, 25)),
          visitor: body.subarray(25).toString('hex'),
        }
      );
    },
    signPass: ({ occurrenceId, visitor, expiresAt }) => {
      const expiry = Buffer.alloc(6);
      expiry.writeUIntBE(Math.floor(expiresAt.getTime() / 1000), 0, 6);
      return seal('pass', key, Buffer.concat([expiry, uuidBytes(occurrenceId), Buffer.from(visitor, 'hex')]));
    },
    readPass: (text) => {
      const body = open('pass', keys, text);
      return (
        body && {
          expiresAt: new Date(body.readUIntBE(0, 6) * 1000),
          occurrenceId: uuidText(body.subarray(6, 22)),
          visitor: body.subarray(22).toString('hex'),
        }
      );
    },
  };
}

/** Whose a token is: 16 bytes, hex. */
export function visitorOf(viewer: { readonly organisationId: string; readonly subject: string }): string {
  const digest = createHash('sha256').update(`${viewer.organisationId}|${viewer.subject}`).digest();
  return digest.subarray(0, 16).toString('hex');
}

function macOf(kind: keyof typeof prefixes, key: KeyObject, body: Buffer): Buffer {
  // The prefix is signed too: a place never passes as an admission.
  return createHmac('sha256', key).update(prefixes[kind]).update(body).digest().subarray(0, macLength);
}

function seal(kind: keyof typeof prefixes, key: KeyObject, body: Buffer): string {
  return prefixes[kind] + Buffer.concat([body, macOf(kind, key, body)]).toString('base64url');
}

function open(kind: keyof typeof prefixes, keys: readonly KeyObject[], text: string): Buffer | null {
  const length = bodyLength[kind] + macLength;
  if (!text.startsWith(prefixes[kind]) || text.length > 2 * length) return null;
  const encoded = text.slice(prefixes[kind].length);
  const bytes = Buffer.from(encoded, 'base64url');
  // Node skips characters that are not base64: only the canonical spelling is one token.
  if (bytes.length !== length || bytes.toString('base64url') !== encoded) return null;
  const body = bytes.subarray(0, bodyLength[kind]);
  const mac = bytes.subarray(bodyLength[kind]);
  return keys.some((key) => timingSafeEqual(mac, macOf(kind, key, body))) ? body : null;
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
