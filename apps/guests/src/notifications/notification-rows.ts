import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Notification, NotificationKind } from './notification.ts';

export type News = {
  readonly kind: NotificationKind;
  readonly subjectId: string;
  /** RFC 3339. */
  readonly occurredAt: string;
};

// The last of two about the same thing counts, in whatever order they come: services' logs are in no common order.
const lastCounts = `on conflict on constraint notification_once do update
  set occurred_at = greatest(notification.occurred_at, excluded.occurred_at)`;

export async function notify(tx: Transaction, guestId: string, news: News): Promise<void> {
  await tx.execute(
    `insert into notification (organisation_id, id, guest_id, kind, subject_id, occurred_at)
     values ($1, uuidv7(), $2, $3, $4, $5) ${lastCounts}`,
    [tx.organisationId, guestId, news.kind, news.subjectId, news.occurredAt],
  );
}

/** Tells all who go to an occurrence; answers whom. */
export async function notifyAttending(tx: Transaction, occurrenceId: string, news: News): Promise<string[]> {
  const rows = await tx.rows<{ guestId: string }>(
    `insert into notification (organisation_id, id, guest_id, kind, subject_id, occurred_at)
     select organisation_id, uuidv7(), guest_id, $2, $3, $4 from attendance where occurrence_id = $1
     ${lastCounts} returning guest_id as "guestId"`,
    [occurrenceId, news.kind, news.subjectId, news.occurredAt],
  );
  return rows.map(({ guestId }) => guestId);
}

export async function noteAttendance(tx: Transaction, occurrenceId: string, guestId: string): Promise<void> {
  await tx.execute(
    `insert into attendance (organisation_id, occurrence_id, guest_id) values ($1, $2, $3) on conflict do nothing`,
    [tx.organisationId, occurrenceId, guestId],
  );
}

/** For each guest a page, the newest first, and one more where there is one. One statement for all. */
export async function notificationsOf(
  tx: Transaction,
  guestIds: readonly string[],
  { first, after }: KeysetPage,
): Promise<(Notification & { readonly parentId: string })[]> {
  const [occurredAt, id] = after ?? [null, null];
  return tx.rows(
    `select n.*, n."guestId" as "parentId" from unnest($1::uuid[]) as g (id), lateral (
       select id, guest_id as "guestId", kind, subject_id as "subjectId", occurred_at as "occurredAt"
         from notification
        where guest_id = g.id and ($2::timestamptz is null or (occurred_at, id) < ($2, $3::uuid))
        order by occurred_at desc, id desc limit $4) n
      order by n."guestId", n."occurredAt" desc, n.id desc`,
    [guestIds, occurredAt, id, first + 1],
  );
}

/** Of a guest who is forgotten. Answers how many there were. */
export async function forgetNotifications(tx: Transaction, guestId: string): Promise<number> {
  await tx.execute('delete from attendance where guest_id = $1', [guestId]);
  return tx.execute('delete from notification where guest_id = $1', [guestId]);
}
