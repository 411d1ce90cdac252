import type { RemovalReport, Sums } from '@marquee/contracts';

/** COPYING: the archive is made. WAITING: it can be fetched, and everything be left as it is. Then there is no way back. */
export type RemovalStatus = 'COPYING' | 'WAITING' | 'ERASING' | 'DONE' | 'CANCELLED';

export type Removal = {
  readonly id: string;
  readonly status: RemovalStatus;
  /** An account. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly ledger: Sums;
  /** Null while the archive is made. */
  readonly erasesAt: Date | null;
  readonly archive: { readonly bytes: number; readonly sha256: string } | null;
  /** By service. */
  readonly reports: Readonly<
    Record<
      string,
      RemovalReport & { /** By its stream; analytics has none. */ readonly forgottenAt?: string }
    >
  >;
};

/** Every service with a database. */
export const holders = ['analytics', 'events', 'guests', 'hub', 'identity', 'tickets', 'venues'] as const;
export type Holder = (typeof holders)[number];
/** Those that publish events: analytics only hears them. */
export const publishers = holders.filter((service) => service !== 'analytics');

/** Tables of identity that stay: the proof, who works on it, and which tokens gateways still have to refuse. */
export const keptTables = ['organisation_removal', 'saga', 'saga_task', 'saga_step', 'revocation'];

/** Of removals themselves. */
export const uncopiedTables = ['organisation_removal', 'organisation_copy', 'revocation'];

const scopesLeft = new Set([
  'catalogue:read',
  'guests:read',
  'analytics:read',
  'members:read',
  'audit:read',
  'organisation:manage',
]);

/** While an organisation is removed its owners look, take what is theirs, and may think better of it. */
export function scopesWhileRemoved(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => scopesLeft.has(scope));
}
