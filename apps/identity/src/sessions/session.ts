/** Somebody's being signed in to an organisation. */
export type Session = {
  readonly id: string;
  readonly organisationId: string;
  readonly accountId: string;
  readonly clientId: string;
  /** How the person proved who it is, as RFC 8176 names it. */
  readonly methods: readonly string[];
  readonly address: string | null;
  readonly agent: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
};
