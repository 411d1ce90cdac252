import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type NotFound, type Outcome, type Unavailable } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { answering } from '../occurrences/fresh.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { findOccurrencesOfEvent, keepOccurrences } from '../occurrences/replicas.ts';
import type { Services } from '../services.ts';
import type { CredentialPolicy } from './ticket.ts';

export async function setCredentialPolicy(
  services: Services,
  viewer: Viewer,
  { eventId, policy }: { readonly eventId: string; readonly policy: CredentialPolicy },
): Promise<Outcome<{ readonly id: string }, NotFound | Unavailable>> {
  const known = await eventIsKnown(services, viewer, eventId);
  if (!known.ok) return known;
  return services.database.transaction(viewer, async (tx) => {
    const changed = await tx.execute(
      `insert into credential_policy as known (organisation_id, event_id, policy) values ($1, $2, $3)
       on conflict (organisation_id, event_id) do update set policy = excluded.policy, set_at = now()
         where known.policy <> excluded.policy`,
      [tx.organisationId, eventId, policy],
    );
    if (changed > 0) {
      await appendEvents(tx, {
        streamId: streamId('credential-policy', eventId),
        events: [{ type: 'tickets.credential-policy-set.v1', data: { eventId, policy } }],
      });
      tx.afterCommit(services.wake);
    }
    return accept({ id: eventId });
  });
}

async function eventIsKnown(
  { database, owners }: Services,
  viewer: Viewer,
  eventId: string,
): Promise<Outcome<true, NotFound | Unavailable>> {
  const known = await database.read(viewer, (tx) => findOccurrencesOfEvent(tx, eventId));
  if (known.length > 0) return accept(true);
  const asked = await answering<readonly Occurrence[] | null, NotFound>(async () =>
    accept(await owners.eventOccurrences(viewer, eventId)),
  );
  if (!asked.ok) return asked;
  const occurrences = asked.value;
  if (!occurrences) return notFound('The event');
  await database.transaction(viewer, (tx) => keepOccurrences(tx, occurrences));
  return accept(true);
}

export async function findCredentialPolicies(
  tx: Transaction,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, CredentialPolicy>> {
  const rows = await tx.rows<{ event_id: string; policy: CredentialPolicy }>(
    'select event_id, policy from credential_policy where event_id = any($1)',
    [eventIds],
  );
  return new Map(rows.map((row) => [row.event_id, row.policy]));
}
