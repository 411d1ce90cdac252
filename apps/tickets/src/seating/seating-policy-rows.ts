import type { Transaction } from '@marquee/postgres';
import { usualPolicy, type SeatingPolicy, type SingleSeats } from './seating-policy.ts';

/** For each occurrence what is set for it, then for the organisation, then what is usual. */
export async function findSeatingPolicies(
  tx: Transaction,
  organisationId: string,
  occurrenceIds: readonly string[],
): Promise<ReadonlyMap<string, SeatingPolicy>> {
  const rows = await tx.rows<{ of_id: string; single_seats: SingleSeats | null; hours: number | null }>(
    `select of_id, single_seats, release_accessible_hours as hours from seating_policy
     where organisation_id = $1 and of_id = any($2)`,
    [organisationId, [organisationId, ...occurrenceIds]],
    { name: 'find-seating-policies' },
  );
  const set = new Map(rows.map((row) => [row.of_id, row]));
  const all = set.get(organisationId);
  return new Map(
    [organisationId, ...occurrenceIds].map((id) => [
      id,
      {
        singleSeats: set.get(id)?.single_seats ?? all?.single_seats ?? usualPolicy.singleSeats,
        releaseAccessibleHours: set.get(id)?.hours ?? all?.hours ?? usualPolicy.releaseAccessibleHours,
      },
    ]),
  );
}

/** Of one occurrence; null for those that have no policy of their own. */
export async function findSeatingPolicy(
  tx: Transaction,
  organisationId: string,
  occurrenceId: string | null,
): Promise<SeatingPolicy> {
  const policies = await findSeatingPolicies(tx, organisationId, occurrenceId === null ? [] : [occurrenceId]);
  return policies.get(occurrenceId ?? organisationId) ?? usualPolicy;
}
