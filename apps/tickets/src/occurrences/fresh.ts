import {
  accept,
  notFound,
  refuse,
  type NotFound,
  type Outcome,
  type Refusal,
  type Unavailable,
} from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { isOwnerUnavailable } from './owners.ts';
import { keepSeatMap } from '../seating/keep-seat-map.ts';
import { keepOccurrences } from './replicas.ts';

/** Refusals that a stale replica may be to blame for; anything else stands as it is. */
type Doubt = (refusal: Refusal) => boolean;

/**
 * Judges by the replica first. A refusal in doubt is only answered after the owner was asked and the judgement made
 * anew with what it said: a stale replica costs a question, never a wrong no.
 */
export async function withOwnersWord<T, R extends Refusal>(
  attempt: () => Promise<Outcome<T, R>>,
  inDoubt: Doubt,
  ask: (refusal: R) => Promise<Outcome<unknown, NotFound>>,
): Promise<Outcome<T, R | NotFound | Unavailable>> {
  const first = await attempt();
  if (first.ok || !inDoubt(first.refusal)) return first;
  const asked = await answering(() => ask(first.refusal));
  return asked.ok ? attempt() : asked;
}

/** `work`, or the refusal `Unavailable` where the owner did not answer. */
export async function answering<T, R extends Refusal>(
  work: () => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | Unavailable>> {
  try {
    return await work();
  } catch (error) {
    if (!isOwnerUnavailable(error)) throw error;
    return refuse({
      kind: 'Unavailable',
      message:
        'A service that is needed for this does not answer now. Nothing was changed; please try again.',
    });
  }
}

/** Brings one occurrence up to date, and with it the seat map of its space where seats are in doubt. */
export async function refreshOccurrence(
  services: Services,
  viewer: Viewer,
  occurrenceId: string,
  { withSeatMap = false }: { readonly withSeatMap?: boolean } = {},
): Promise<Outcome<true, NotFound>> {
  const { database, owners } = services;
  const occurrence = await owners.occurrence(viewer, occurrenceId);
  if (!occurrence) return notFound('The occurrence');
  const seatMap = withSeatMap && occurrence.spaceId ? await owners.seatMap(viewer, occurrence.spaceId) : null;
  await database.transaction(viewer, async (tx) => {
    if (seatMap) await keepSeatMap(tx, seatMap);
    await keepOccurrences(tx, [occurrence]);
  });
  return accept(true);
}
