/** A venue as its row is read. */
export type Venue = {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly addressLine1: string;
  readonly addressLine2: string | null;
  readonly postalCode: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly countryCode: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly createdAt: Date;
};

export type NewVenue = Omit<Venue, 'id' | 'createdAt'>;
