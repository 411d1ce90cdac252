import type { Outcome } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import type { Hold } from '../holds/hold.ts';
import { holdTickets, type HoldRefusal, type HoldRequest } from '../holds/hold-tickets.ts';
import { answering, refreshOccurrence } from '../occurrences/fresh.ts';
import type { Services } from '../services.ts';
import type { BestWish } from './best-wish.ts';

export type BestRequest = Pick<
  HoldRequest,
  'idempotencyKey' | 'occurrenceId' | 'admissionPass' | 'voucherCode'
> & { readonly best: BestWish };

/**
 * Holds the best seats that there are for a party, chosen where holds are granted and in the same transaction. Who is
 * overtaken by someone with seats of their own choice gets the best of those that are left then.
 */
export async function holdBestAvailable(
  services: Services,
  viewer: Viewer,
  request: BestRequest,
): Promise<Outcome<Hold, HoldRefusal>> {
  const { occurrenceId, best } = request;
  let candidates = await findCandidates(services, viewer, occurrenceId);
  if (candidates === null) {
    const asked = await answering(() => refreshOccurrence(services, viewer, occurrenceId));
    if (!asked.ok) return asked;
    candidates = await findCandidates(services, viewer, occurrenceId);
  }
  const named = best.ticketTypeIds.length > 0;
  return holdTickets(services, viewer, {
    ...request,
    items: [],
    candidates: named ? best.ticketTypeIds : (candidates ?? []),
  });
}

/** The seated types of the occurrence's event as they are listed; null where the occurrence is not known. */
async function findCandidates(
  { database }: Services,
  viewer: Viewer,
  occurrenceId: string,
): Promise<string[] | null> {
  const rows = await database.read(viewer, (tx) =>
    tx.rows<{ id: string | null }>(
      `select t.id from occurrence o
       left join ticket_type t on t.organisation_id = o.organisation_id and t.event_id = o.event_id and t.seated
       where o.id = $1 order by t.created_at, t.id`,
      [occurrenceId],
      { name: 'find-seated-types' },
    ),
  );
  return rows.length === 0 ? null : rows.flatMap(({ id }) => id ?? []);
}
