/** A series as its row is read. */
export type EventSeries = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly createdAt: Date;
};
