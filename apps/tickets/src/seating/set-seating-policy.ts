import { appendEvents, streamId } from '@marquee/event-log';
import { accept, type NotFound, type Outcome, type Unavailable } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { answering, refreshOccurrence } from '../occurrences/fresh.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import type { Services } from '../services.ts';
import { findSeatingPolicy } from './seating-policy-rows.ts';
import type { SeatingPolicy, SingleSeats } from './seating-policy.ts';

export type WantedPolicy = {
  /** Null: for all occurrences that have no policy of their own. */
  readonly occurrenceId: string | null;
  readonly singleSeats: SingleSeats | null;
  readonly releaseAccessibleHours: number | null;
};

/** Replaces the policy of an occurrence, or of the organisation; answers what holds there now. */
export async function setSeatingPolicy(
  services: Services,
  viewer: Viewer,
  wanted: WantedPolicy,
): Promise<Outcome<SeatingPolicy, NotFound | Unavailable>> {
  const { database, wake } = services;
  const { occurrenceId, singleSeats, releaseAccessibleHours } = wanted;
  const isKnown =
    occurrenceId === null || (await database.read(viewer, (tx) => findOccurrence(tx, occurrenceId))) !== null;
  const known = isKnown
    ? accept(true)
    : await answering(() => refreshOccurrence(services, viewer, occurrenceId));
  if (!known.ok) return known;
  return database.transaction(viewer, async (tx) => {
    const { organisationId } = viewer;
    const ofId = occurrenceId ?? organisationId;
    const changed = await tx.execute(
      `insert into seating_policy as known (organisation_id, of_id, single_seats, release_accessible_hours)
       values ($1, $2, $3, $4)
       on conflict (organisation_id, of_id) do update
         set single_seats = excluded.single_seats, release_accessible_hours = excluded.release_accessible_hours,
             set_at = now()
         where (known.single_seats, known.release_accessible_hours)
           is distinct from (excluded.single_seats, excluded.release_accessible_hours)`,
      [organisationId, ofId, singleSeats, releaseAccessibleHours],
    );
    if (changed > 0) {
      await appendEvents(tx, {
        streamId: streamId('seating-policy', ofId),
        events: [{ type: 'tickets.seating-policy-set.v1', data: wanted }],
      });
      tx.afterCommit(wake);
    }
    return accept(await findSeatingPolicy(tx, organisationId, occurrenceId));
  });
}
