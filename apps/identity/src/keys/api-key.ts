import type { Role } from '../members/membership.ts';

/** A program's right to act for an organisation. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly eventIds: readonly string[] | null;
  /** Addresses and networks that may use it; null: any. */
  readonly networks: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  /** Its secrets, the newest first: two while it is rotated. */
  readonly secrets: readonly {
    readonly prefix: string;
    readonly lastFour: string;
    readonly expiresAt: string | null;
  }[];
};
