import type { NewEvent as LoggedEvent } from '@marquee/contracts';
import { appendMany, streamId } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import type { Event } from '../events/event.ts';
import { tellSpaceBookings } from '../spaces/tell-space-bookings.ts';
import type { Occurrence } from './occurrence.ts';

export const occurrenceColumns = `o.id, o.event_id as "eventId", o.recurrence_id as "recurrenceId",
  o.starts_at_local as "startsAtLocal", o.time_zone as "timeZone", o.starts_at as "startsAt", o.ends_at as "endsAt",
  o.status, o.cancel_reason as "cancelReason", o.space_id as "spaceId",
  o.space_booking_status as "spaceBookingStatus", o.revision, o.schedule_revision as "scheduleRevision"`;

type OccurrenceEventType =
  | 'events.occurrence-scheduled.v1'
  | 'events.occurrence-rescheduled.v1'
  | 'events.occurrence-updated.v1'
  | 'events.occurrence-cancelled.v1';

/** The event that an occurrence belongs to, as replicas are told of it. */
export type EventFacts = Pick<Event, 'title' | 'status'>;

/** What happened to one occurrence, ready to be saved. */
export type OccurrenceChange = {
  readonly type: OccurrenceEventType;
  readonly occurrence: Occurrence;
  readonly event: EventFacts;
};

/** All of the event's occurrences by start, kept from changing; its event is locked already. */
export async function lockOccurrences(tx: Transaction, eventId: string): Promise<Occurrence[]> {
  return tx.rows<Occurrence>(
    `select ${occurrenceColumns} from occurrence o where o.event_id = $1 order by o.starts_at, o.id for update`,
    [eventId],
  );
}

export async function lockOccurrence(tx: Transaction, id: string): Promise<Occurrence | null> {
  const [occurrence] = await tx.rows<Occurrence>(
    `select ${occurrenceColumns} from occurrence o where o.id = $1 for update`,
    [id],
  );
  return occurrence ?? null;
}

const record = `(id uuid, "eventId" uuid, "recurrenceId" text, "startsAtLocal" text, "timeZone" text,
  "startsAt" timestamptz, "endsAt" timestamptz, status text, "cancelReason" text, "spaceId" uuid,
  "spaceBookingStatus" text, revision integer, "scheduleRevision" integer)`;

/** A chunk keeps each statement, and each append of events, within the limits of both. */
const chunkSize = 2_000;

/**
 * Writes the changes, tells of them and has their spaces booked or released, in the same transaction, in a handful of
 * statements for up to 2,000. The last thing that a transaction locks.
 */
export async function saveOccurrences(tx: Transaction, changes: readonly OccurrenceChange[]): Promise<void> {
  for (let start = 0; start < changes.length; start += chunkSize) {
    const chunk = changes.slice(start, start + chunkSize);
    const scheduled = chunk.filter(({ type }) => type === 'events.occurrence-scheduled.v1');
    const changed = chunk.filter(({ type }) => type !== 'events.occurrence-scheduled.v1');
    if (scheduled.length > 0) await insertRows(tx, scheduled);
    if (changed.length > 0) await updateRows(tx, changed);
    await appendMany(tx, chunk.map(appendOf));
    await tellSpaceBookings(tx, chunk);
  }
}

async function insertRows(tx: Transaction, changes: readonly OccurrenceChange[]): Promise<void> {
  await tx.execute(
    `insert into occurrence (id, organisation_id, event_id, recurrence_id, starts_at_local, time_zone, starts_at,
                             ends_at, status, cancel_reason, space_id, space_booking_status, revision,
                             schedule_revision)
     select o.id, $1, o."eventId", o."recurrenceId", o."startsAtLocal", o."timeZone", o."startsAt", o."endsAt",
            o.status, o."cancelReason", o."spaceId", o."spaceBookingStatus", o.revision, o."scheduleRevision"
       from jsonb_to_recordset($2::jsonb) as o${record}`,
    [tx.organisationId, JSON.stringify(changes.map(({ occurrence }) => occurrence))],
  );
}

async function updateRows(tx: Transaction, changes: readonly OccurrenceChange[]): Promise<void> {
  await tx.execute(
    `update occurrence
        set recurrence_id = o."recurrenceId", starts_at_local = o."startsAtLocal", time_zone = o."timeZone",
            starts_at = o."startsAt", ends_at = o."endsAt", status = o.status, cancel_reason = o."cancelReason",
            space_id = o."spaceId", space_booking_status = o."spaceBookingStatus", revision = o.revision,
            schedule_revision = o."scheduleRevision", updated_at = now()
       from jsonb_to_recordset($1::jsonb) as o${record}
      where occurrence.id = o.id`,
    [JSON.stringify(changes.map(({ occurrence }) => occurrence))],
  );
}

function appendOf({ type, occurrence, event }: OccurrenceChange) {
  const logged: LoggedEvent = {
    type,
    data: {
      occurrenceId: occurrence.id,
      eventId: occurrence.eventId,
      eventTitle: event.title,
      eventStatus: event.status,
      spaceId: occurrence.spaceId,
      startsAt: occurrence.startsAt.toISOString(),
      endsAt: occurrence.endsAt.toISOString(),
      timeZone: occurrence.timeZone,
      status: occurrence.status,
      revision: occurrence.revision,
    },
  };
  return { streamId: streamId('occurrence', occurrence.id), events: [logged] };
}
