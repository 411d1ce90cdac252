import { createHash } from 'node:crypto';

/**
 * The lottery of those who came before a room opened. Before that only the commitment is known, so nobody can try out
 * what a place would be; afterwards the seed is, so everybody can compute every lot anew:
 *
 *   commitment = SHA-256( seed )                                         seed: 32 random bytes
 *   lot        = SHA-256( "marquee waiting room" | seed | occurrence, 16 bytes | early, 8 bytes big endian | visitor )
 *                its first 6 bytes as a big-endian number, divided by 2^48
 *
 * `visitor` are the 16 bytes of the position token that say whose it is (see position-token.ts), so a visitor has one
 * lot, however often he joins. `early` is how many had joined: it is final only when the room opens, so not even who
 * knows the seed can choose visitors by their lots beforehand.
 */
export function lotOf(draw: {
  /** Hex. */
  readonly seed: string;
  /** UUID. */
  readonly occurrenceId: string;
  readonly early: number;
  /** 16 bytes, hex. */
  readonly visitor: string;
}): number {
  const early = Buffer.alloc(8);
  early.writeBigUInt64BE(BigInt(draw.early));
  const digest = createHash('sha256')
    .update('marquee waiting room')
    .update(Buffer.from(draw.seed, 'hex'))
    .update(Buffer.from(draw.occurrenceId.replaceAll('-', ''), 'hex'))
    .update(early)
    .update(Buffer.from(draw.visitor, 'hex'))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** What is published of a seed beforehand, hex. */
export function commitmentTo(seed: string): string {
  return createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex');
}
