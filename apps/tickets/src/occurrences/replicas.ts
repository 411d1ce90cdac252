import type { Transaction } from '@marquee/postgres';
import { followCancellations } from './cancellation-saga.ts';
import type { Occurrence } from './occurrence.ts';

type OccurrenceRow = {
  readonly id: string;
  readonly event_id: string;
  readonly event_title: string;
  readonly event_status: Occurrence['eventStatus'];
  readonly space_id: string | null;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly time_zone: string;
  readonly status: Occurrence['status'];
  readonly revision: number;
};

/**
 * Keeps the newest of what is known: events come in order, but an answer asked for in between may overtake them.
 * However a cancellation becomes known, what follows from it is put down to be done; and so is a new time, after which
 * guests may have their money back for 14 days, but not once it has begun.
 */
export async function keepOccurrences(tx: Transaction, occurrences: readonly Occurrence[]): Promise<void> {
  if (occurrences.length === 0) return;
  const cancelled = await tx.rows<{ occurrence_id: string }>(
    `with kept as (
       insert into occurrence (organisation_id, id, event_id, event_title, event_status, space_id, starts_at, ends_at,
                               time_zone, status, revision)
       select $1, o.id, o.event_id, o.event_title, o.event_status, o.space_id, o.starts_at, o.ends_at, o.time_zone,
              o.status, o.revision
       from jsonb_to_recordset($2) as o(id uuid, event_id uuid, event_title text, event_status text, space_id uuid,
              starts_at timestamptz, ends_at timestamptz, time_zone text, status text, revision integer)
       order by o.id
       on conflict (organisation_id, id) do update
         set event_id = excluded.event_id, event_title = excluded.event_title, event_status = excluded.event_status,
             space_id = excluded.space_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
             time_zone = excluded.time_zone, status = excluded.status, revision = excluded.revision
         where occurrence.revision < excluded.revision
       returning occurrence.id, occurrence.status, occurrence.revision, old.starts_at as starts_at_before, new.starts_at, new.ends_at),
     -- Every occurrence has a list to check in on; it bears the occurrence's own id.
     listed as (
       insert into check_in_list (organisation_id, id, occurrence_id) select $1, id, id from kept
       on conflict do nothing),
     moved as (
       insert into occurrence_reschedule (organisation_id, occurrence_id, revision, starts_at_before, starts_at,
                                          refund_until)
       select $1, id, revision, starts_at_before, starts_at, least(now() + interval '14 days', starts_at) from kept
       where starts_at_before <> starts_at and status = 'SCHEDULED'
       on conflict do nothing)
     insert into occurrence_cancellation (organisation_id, occurrence_id)
     select $1, id from kept where status = 'CANCELLED'
     on conflict do nothing returning occurrence_id`,
    [tx.organisationId, JSON.stringify(occurrences.map(toRow))],
  );
  await followCancellations(
    tx,
    cancelled.map(({ occurrence_id: id }) => id),
  );
}

function toRow(occurrence: Occurrence): OccurrenceRow {
  return {
    id: occurrence.id,
    event_id: occurrence.eventId,
    event_title: occurrence.eventTitle,
    event_status: occurrence.eventStatus,
    space_id: occurrence.spaceId,
    starts_at: occurrence.startsAt,
    ends_at: occurrence.endsAt,
    time_zone: occurrence.timeZone,
    status: occurrence.status,
    revision: occurrence.revision,
  };
}

export function readOccurrenceRow(row: OccurrenceRow): Occurrence {
  return {
    id: row.id,
    eventId: row.event_id,
    eventTitle: row.event_title,
    eventStatus: row.event_status,
    spaceId: row.space_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    status: row.status,
    revision: row.revision,
  };
}

/** The occurrence and the database's time, by which everything that expires is judged. */
export async function findOccurrence(
  tx: Transaction,
  occurrenceId: string,
  lock: '' | 'for share' = '',
): Promise<{ readonly occurrence: Occurrence; readonly now: Date } | null> {
  const [row] = await tx.rows<OccurrenceRow & { readonly now: Date }>(
    `select *, now() as now from occurrence where id = $1 ${lock}`,
    [occurrenceId],
  );
  return row ? { occurrence: readOccurrenceRow(row), now: row.now } : null;
}

export async function findOccurrences(tx: Transaction, ids: readonly string[]): Promise<Occurrence[]> {
  const rows = await tx.rows<OccurrenceRow>('select * from occurrence where id = any($1)', [ids]);
  return rows.map(readOccurrenceRow);
}

export async function findOccurrencesOfEvent(tx: Transaction, eventId: string): Promise<Occurrence[]> {
  const rows = await tx.rows<OccurrenceRow>(
    'select * from occurrence where event_id = $1 order by starts_at',
    [eventId],
  );
  return rows.map(readOccurrenceRow);
}

export type KeptGuest = { readonly id: string; readonly email: string; readonly name: string };

/**
 * As guests says, each of them once. An event always wins; an answer to a question only fills a gap, for it may be
 * older.
 */
export async function keepGuests(
  tx: Transaction,
  guests: readonly KeptGuest[],
  source: 'event' | 'answer',
): Promise<void> {
  const onConflict =
    source === 'event' ? 'do update set email = excluded.email, name = excluded.name' : 'do nothing';
  // Offers of tickets to an address that its guest gives up stay known as this guest's.
  const noteOffers = `named as (
    update transfer t set addressed_guest_id = g.id
    from told join guest g on g.id = told.id and lower(g.email) <> lower(told.email)
    where t.addressed_guest_id is null and lower(t.to_email) = lower(g.email))`;
  await tx.execute(
    `with told as (
       select * from unnest($2::uuid[], $3::text[], $4::text[]) as g(id, email, name) order by g.id
     )${source === 'event' ? `, ${noteOffers}` : ''}
     insert into guest (organisation_id, id, email, name) select $1, id, email, name from told
     on conflict (organisation_id, id) ${onConflict}`,
    [
      tx.organisationId,
      guests.map(({ id }) => id),
      guests.map(({ email }) => email),
      guests.map(({ name }) => name),
    ],
  );
}
