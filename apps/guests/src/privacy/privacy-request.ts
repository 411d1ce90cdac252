export type PrivacyKind = 'EXPORT' | 'ERASURE';

/** One thing that was asked for of one guest. */
export type PrivacyRequest = {
  readonly id: string;
  readonly guestId: string;
  readonly kind: PrivacyKind;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly completedAt: Date | null;
  readonly archive: string | null;
  readonly certificate: string | null;
  /** What the services said so far, by their names. */
  readonly answered: Readonly<Record<string, string>>;
};

/** Every service that keeps something of people. The accounts of identity are the people's own, in whatever organisation. */
export const holders = ['guests', 'hub', 'tickets'] as const;
export type Holder = (typeof holders)[number];

/** So long an archive may be fetched. */
export const archiveDays = 7;
