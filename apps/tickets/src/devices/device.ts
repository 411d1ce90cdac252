import type { Refusal } from '@marquee/kernel';

export type DeviceStatus = 'PENDING' | 'ACTIVE' | 'REVOKED';

/** What reads tickets at a gate, and speaks for itself by its own key. */
export type Device = {
  readonly id: string;
  readonly name: string;
  readonly gate: string;
  /** What it may read tickets on; nothing else is open to it. */
  readonly listIds: readonly string[];
  readonly status: DeviceStatus;
  readonly createdAt: Date;
  readonly enrolledAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastSeenAt: Date | null;
  /** How far its clock was behind ours when it last synced. */
  readonly clockBehindMs: number | null;
  readonly publicKey: string | null;
};

export type DeviceRevoked = Refusal & { readonly kind: 'DeviceRevoked' };
export const deviceRevoked: DeviceRevoked = {
  kind: 'DeviceRevoked',
  message: 'This device was revoked. Make another one.',
};

/** Without letters and digits that are read as each other; 10 of them are 48 bits, for a quarter of an hour. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const codeLength = 10;
export const codeMinutes = 15;

/** A code from random bytes, one for each character, such as `K7QFM-3ZPTX`. */
export function writeCode(random: Uint8Array): string {
  const letters = [...random].map((byte) => alphabet[byte % alphabet.length]!).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** As it was typed: in whatever case, with or without its dash. */
export function normaliseCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return letters.length === codeLength && [...letters].every((letter) => alphabet.includes(letter))
    ? letters
    : null;
}
