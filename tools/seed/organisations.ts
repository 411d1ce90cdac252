/** A tenant of the demo data. Ids are fixed, so that sample tokens and documentation stay valid over every reset. */
export type SeedOrganisation = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly countryCode: string;
  /** ISO 4217; what its ticket types are priced in. */
  readonly currency: string;
};

export const northlight: SeedOrganisation = {
  id: '01980000-0000-7000-8000-000000000001',
  slug: 'northlight',
  name: 'Northlight Theatres',
  countryCode: 'GB',
  currency: 'GBP',
};

export const harbour: SeedOrganisation = {
  id: '01980000-0000-7000-8000-000000000002',
  slug: 'harbour',
  name: 'Harbour Live',
  countryCode: 'US',
  currency: 'USD',
};

export const kumo: SeedOrganisation = {
  id: '01980000-0000-7000-8000-000000000003',
  slug: 'kumo',
  name: 'Kumo Events',
  countryCode: 'JP',
  currency: 'JPY',
};

/** The three tenants of the demo data, in a fixed order. */
export const organisations: readonly SeedOrganisation[] = [northlight, harbour, kumo];

/** The guest of the sample guest token: she has tickets for shows to come at Northlight Theatres. */
export const demoGuest = {
  organisation: northlight,
  email: 'ada@example.com',
  name: 'Ada Lovelace',
} as const;
