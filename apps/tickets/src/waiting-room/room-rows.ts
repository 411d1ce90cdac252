import type { Transaction } from '@marquee/postgres';
import type { WaitingRoom } from './waiting-room.ts';

type RoomRow = {
  readonly organisation_id: string;
  readonly occurrence_id: string;
  readonly enabled: boolean;
  readonly round: number;
  readonly opens_at: Date;
  readonly opened_at: Date | null;
  readonly commitment: string;
  readonly seed: string;
  readonly early: string;
  readonly arrived: string;
  readonly admitted: number;
  readonly per_second: number;
  readonly max_per_second: number;
  readonly pass_minutes: number;
};

export function readRoomRow(row: RoomRow): WaitingRoom {
  return {
    organisationId: row.organisation_id,
    occurrenceId: row.occurrence_id,
    enabled: row.enabled,
    round: row.round,
    opensAt: row.opens_at,
    openedAt: row.opened_at,
    commitment: row.commitment,
    seed: row.seed,
    early: Number(row.early),
    arrived: Number(row.arrived),
    admitted: row.admitted,
    perSecond: row.per_second,
    maxPerSecond: row.max_per_second,
    passMinutes: row.pass_minutes,
  };
}

/** More rooms than this are not open at the same time. */
const maxRooms = 1_000;

/** Every room that is on, of all tenants: a process keeps them in memory. */
export async function findRooms(tx: Transaction): Promise<WaitingRoom[]> {
  const rows = await tx.rows<RoomRow>(`select * from waiting_room where enabled limit ${maxRooms}`);
  return rows.map(readRoomRow);
}

export async function findRoom(tx: Transaction, occurrenceId: string): Promise<WaitingRoom | null> {
  const [row] = await tx.rows<RoomRow>('select * from waiting_room where occurrence_id = $1', [occurrenceId]);
  return row ? readRoomRow(row) : null;
}

/**
 * Many arrivals at once, in one statement: a counter moves, and nothing is written for each. The row itself decides
 * whether they are early, so that none is counted as early once the lots are drawn. Null where the room is not on.
 */
export async function countArrivals(
  tx: Transaction,
  occurrenceId: string,
  arrivals: number,
): Promise<{ readonly round: number; readonly isEarly: boolean; readonly arrived: number } | null> {
  const [row] = await tx.rows<{ round: number; is_early: boolean; arrived: string }>(
    `update waiting_room set early = early + case when opened_at is null then $2::integer else 0 end,
       arrived = arrived + case when opened_at is null then 0 else $2::integer end
     where occurrence_id = $1 and enabled returning round, opened_at is null as is_early, arrived`,
    [occurrenceId, arrivals],
    { name: 'count-arrivals' },
  );
  return row ? { round: row.round, isEarly: row.is_early, arrived: Number(row.arrived) } : null;
}

/** When which positions were let in; kept for as long as a pass may last. */
export type AdmissionStep = {
  readonly occurrenceId: string;
  readonly at: Date;
  /** Positions from this one on … */
  readonly from: number;
  /** … up to, but without, this one. */
  readonly to: number;
};

/**
 * Lets in who came next, for the time since the last step, once a second at most however many processes ask. Nobody
 * is let in ahead: what is not used while nobody waits is not saved up.
 */
export async function admitNext(
  tx: Transaction,
  room: Pick<WaitingRoom, 'occurrenceId'>,
  perSecond: number,
): Promise<boolean> {
  const moved = await tx.rows(
    `with stepped as (
       update waiting_room set per_second = $2::float8, stepped_at = clock_timestamp(),
         admitted = least(early + arrived,
           admitted + $2::float8 * least(5, extract(epoch from clock_timestamp() - stepped_at)))
       where occurrence_id = $1 and enabled and opened_at is not null
         and stepped_at <= clock_timestamp() - interval '950 milliseconds'
       returning organisation_id, occurrence_id, round, stepped_at, old.admitted as before, new.admitted as after)
     insert into waiting_room_step (organisation_id, occurrence_id, round, at, admitted_from, admitted_to)
     select * from stepped where after > before returning at`,
    [room.occurrenceId, perSecond],
  );
  return moved.length > 0;
}

export async function findSteps(tx: Transaction, since: Date): Promise<AdmissionStep[]> {
  return tx.rows<AdmissionStep>(
    `select s.occurrence_id as "occurrenceId", s.at, s.admitted_from as "from", s.admitted_to as "to" from waiting_room_step s
     join waiting_room w on w.organisation_id = s.organisation_id and w.occurrence_id = s.occurrence_id
       and w.round = s.round and w.enabled
     where s.at > $1 order by s.at limit 100000`,
    [since],
  );
}

/** Steps that no pass can come from any more. */
export async function dropOldSteps(tx: Transaction): Promise<number> {
  return tx.execute(`delete from waiting_room_step where at < now() - interval '2 hours'`);
}
