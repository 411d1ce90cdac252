/** Somebody's being signed in to an organisation. */
export type Session = {
  readonly id: string;
  readonly organisationId: string;
  readonly accountId: string;
  readonly clientId: string;
  /** How the person proved who it is, as RFC 8176 names it. */
  readonly methods: readonly string[];
  /** When that was; null where another issuer was asked, which did not say when it had last asked the person itself. */
  readonly provedAt: Date | null;
  readonly address: string | null;
  readonly agent: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
};
