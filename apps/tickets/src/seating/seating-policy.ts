/**
 * What becomes of single seats: `AVOIDED` leaves none when seats are chosen for the buyer, where that can be;
 * `REFUSED` also refuses a buyer's own choice that leaves one and need not.
 */
export type SingleSeats = 'ALLOWED' | 'AVOIDED' | 'REFUSED';

export type SeatingPolicy = {
  readonly singleSeats: SingleSeats;
  /** So many hours before the start anyone may have accessible seats that are left; null: nobody else ever. */
  readonly releaseAccessibleHours: number | null;
};

export const usualPolicy: SeatingPolicy = { singleSeats: 'AVOIDED', releaseAccessibleHours: null };

export function isReleased({ releaseAccessibleHours }: SeatingPolicy, startsAt: Date, now: Date): boolean {
  return (
    releaseAccessibleHours !== null &&
    now.getTime() >= startsAt.getTime() - releaseAccessibleHours * 3_600_000
  );
}
