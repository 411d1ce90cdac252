import { appendEvents, streamId } from '@marquee/event-log';
import type { NewEvent as LoggedEvent } from '@marquee/contracts';
import type { Transaction } from '@marquee/postgres';
import type { Event } from './event.ts';

export const eventColumns = `id, series_id as "seriesId", title, description, status, space_id as "spaceId",
  time_zone as "timeZone", starts_at_local as "startsAtLocal", duration_minutes as "durationMinutes",
  all_day as "allDay", rrule as rule, rdates, exdates, overrides, materialised_until as "materialisedUntil",
  published_at as "publishedAt", created_at as "createdAt", updated_at as "updatedAt"`;

/** The event, kept from changing until the transaction ends. Taken before any of its occurrences. */
export async function lockEvent(tx: Transaction, id: string): Promise<Event | null> {
  const [event] = await tx.rows<Event>(`select ${eventColumns} from event where id = $1 for no key update`, [
    id,
  ]);
  return event ?? null;
}

/** Writes what a use case may have changed. */
export async function updateEventRow(
  tx: Transaction,
  event: Event,
  cancelReason: string | null = null,
): Promise<void> {
  await tx.execute(
    `update event
        set series_id = $2, title = $3, description = $4, status = $5, space_id = $6, time_zone = $7,
            starts_at_local = $8, duration_minutes = $9, rrule = $10, rdates = $11, exdates = $12, overrides = $13,
            materialised_until = $14, published_at = $15, cancel_reason = coalesce($16, cancel_reason),
            all_day = $17, updated_at = now()
      where id = $1`,
    [
      event.id,
      event.seriesId,
      event.title,
      event.description,
      event.status,
      event.spaceId,
      event.timeZone,
      event.startsAtLocal,
      event.durationMinutes,
      event.rule,
      JSON.stringify(event.rdates),
      JSON.stringify(event.exdates),
      JSON.stringify(event.overrides),
      event.materialisedUntil,
      event.publishedAt,
      cancelReason,
      event.allDay,
    ],
  );
}

export async function appendToEvent(tx: Transaction, eventId: string, event: LoggedEvent): Promise<void> {
  await appendEvents(tx, { streamId: streamId('event', eventId), events: [event] });
}

/** Of an imported calendar entry. */
export type ImportMark = {
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: Date | null;
  readonly digest: string;
};

/** Inserts events in one statement; `marks` holds where each comes from, by its id. */
export async function insertEvents(
  tx: Transaction,
  events: readonly Event[],
  marks: ReadonlyMap<string, ImportMark> = new Map(),
): Promise<void> {
  const rows = events.map((event) => {
    const mark = marks.get(event.id);
    return {
      ...event,
      uid: mark?.uid ?? null,
      sequence: mark?.sequence ?? null,
      stamp: mark?.stamp ?? null,
      digest: mark?.digest ?? null,
    };
  });
  await tx.execute(
    `insert into event (id, organisation_id, series_id, title, description, status, space_id, time_zone,
                        starts_at_local, duration_minutes, all_day, rrule, rdates, exdates, overrides,
                        materialised_until, published_at, uid, ical_sequence, ical_stamp, ical_digest)
     select e.id, $1, e."seriesId", e.title, e.description, e.status, e."spaceId", e."timeZone",
            e."startsAtLocal", e."durationMinutes", e."allDay", e.rule, e.rdates, e.exdates, e.overrides,
            e."materialisedUntil", e."publishedAt", e.uid, e.sequence, e.stamp, e.digest
       from jsonb_to_recordset($2::jsonb) as e(
            id uuid, "seriesId" uuid, title text, description text, status text, "spaceId" uuid, "timeZone" text,
            "startsAtLocal" text, "durationMinutes" integer, "allDay" boolean, rule text, rdates jsonb, exdates jsonb,
            overrides jsonb, "materialisedUntil" timestamptz, "publishedAt" timestamptz, uid text, sequence integer,
            stamp timestamptz, digest text)`,
    [tx.organisationId, JSON.stringify(rows)],
  );
}
