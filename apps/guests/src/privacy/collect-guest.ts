import { withDeleted, type Transaction } from '@marquee/postgres';

/** All that this service has of a guest, as it may be shown to that person. */
export async function collectGuest(
  tx: Transaction,
  guestId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const [profile] = await withDeleted(tx, () =>
    tx.rows(
      `select name, email, locale, phone, preferences, registered_at as "registeredAt", updated_at as "updatedAt"
       from guest where id = $1`,
      [guestId],
    ),
  );
  const consents = await tx.rows(
    `select purpose, granted, source, recorded_at as "recordedAt" from consent_record where guest_id = $1
     order by recorded_at`,
    [guestId],
  );
  const notifications = await tx.rows(
    `select kind, subject_id as "subjectId", occurred_at as "occurredAt" from notification where guest_id = $1
     order by occurred_at`,
    [guestId],
  );
  return { profile: profile ?? null, consents, notifications };
}
