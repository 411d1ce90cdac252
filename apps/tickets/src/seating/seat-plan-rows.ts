import type { Transaction } from '@marquee/postgres';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { SeatPlan, type PlanRow, type PlanSeat } from './seat-plan.ts';
import { isReleased, type SeatingPolicy } from './seating-policy.ts';

type Row = {
  readonly id: string;
  readonly section_name: string;
  readonly row_label: string;
  readonly place: number | null;
  readonly x: number;
  readonly y: number;
  readonly row_rank: number | null;
  readonly accessible: boolean;
  readonly companion_of: string | null;
  readonly restricted_view: boolean;
  readonly aisle_after: boolean;
  readonly taken: boolean;
  readonly centre_x: number | null;
};

/** All seats of the sections, by index, and the occurrence's claims joined by hash. */
const seatPlanSql = `
  select s.id, s.section_name, s.row_label, s.place, s.x, s.y, s.row_rank, s.accessible, s.companion_of,
         s.restricted_view, s.aisle_after, c.seat_id is not null as taken, m.centre_x
  from space_map m
  join space_seat s on s.organisation_id = m.organisation_id and s.space_id = m.space_id and s.version = m.version
  left join seat_claim c on c.organisation_id = s.organisation_id and c.occurrence_id = $2 and c.seat_id = s.id
    and (c.expires_at is null or c.expires_at > now())
  where m.organisation_id = $4 and m.space_id = $1 and s.section_name = any($3)
  order by s.section_name, s.place, length(s.row_label), s.row_label, length(s.label), s.label`;

/** Null where of some seat nothing but its name is known: then its owner is to be asked. */
export async function readSeatPlan(
  tx: Transaction,
  occurrence: Occurrence,
  sectionNames: readonly string[],
  at: {
    readonly policy: SeatingPolicy;
    readonly now: Date;
    /** Goes by the labels instead, where nobody is there to ask. */
    readonly unplacedToo?: boolean;
  },
): Promise<SeatPlan | null> {
  const found = await tx.rows<Row>(
    seatPlanSql,
    [occurrence.spaceId, occurrence.id, [...new Set(sectionNames)], tx.organisationId],
    { name: 'read-seat-plan' },
  );
  if (!at.unplacedToo && found.some(({ place }) => place === null)) return null;
  const rows = Map.groupBy(found, (seat) => JSON.stringify([seat.section_name, seat.row_label]));
  return new SeatPlan([...rows.values()].map(readRow), {
    taken: found.filter(({ taken }) => taken).map(({ id }) => id),
    released: isReleased(at.policy, occurrence.startsAt, at.now),
    centreX: found[0]?.centre_x ?? null,
  });
}

function readRow(seats: readonly Row[]): PlanRow {
  const [first] = seats;
  return {
    sectionName: first!.section_name,
    label: first!.row_label,
    rank: first!.row_rank,
    y: seats.reduce((sum, { y }) => sum + y, 0) / seats.length,
    seats: seats.map(readSeat),
  };
}

function readSeat(row: Row): PlanSeat {
  return {
    id: row.id,
    x: row.x,
    accessible: row.accessible,
    companionOf: row.companion_of,
    restrictedView: row.restricted_view,
    aisleAfter: row.aisle_after,
  };
}
