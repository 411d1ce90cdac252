/** A space as its row is read. */
export type Space = {
  readonly id: string;
  readonly venueId: string;
  readonly name: string;
  readonly capacity: number;
  readonly createdAt: Date;
};
