import type { Transaction } from '@marquee/postgres';

export type OccurrenceFacts = {
  readonly occurrenceId: string;
  readonly eventId: string;
  readonly status: string;
  readonly revision: number;
};

/** The newest revision wins, whatever the order in which they come. */
export async function keepOccurrence(tx: Transaction, facts: OccurrenceFacts): Promise<void> {
  await tx.execute(
    `insert into occurrence as o (organisation_id, occurrence_id, event_id, status, revision)
     values ($1, $2, $3, $4, $5)
     on conflict (organisation_id, occurrence_id) do update
        set event_id = excluded.event_id, status = excluded.status, revision = excluded.revision
      where o.revision < excluded.revision`,
    [tx.organisationId, facts.occurrenceId, facts.eventId, facts.status, facts.revision],
  );
}
