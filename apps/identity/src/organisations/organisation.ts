import type { Role } from '../members/membership.ts';

/** A tenant. */
export type Organisation = {
  readonly id: string;
  readonly name: string;
  /** Roles that must sign in with a second factor. */
  readonly secondFactorRoles: readonly Role[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
