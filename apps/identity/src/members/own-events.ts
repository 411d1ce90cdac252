import { questions } from '@marquee/contracts';
import { accept, invalid, refuse, type InvalidInput, type Outcome, type Unavailable } from '@marquee/kernel';
import { answerIfAny, type Messaging } from '@marquee/messaging';
import type { Command } from '../command.ts';

/** Which of these events the organisation has; null where that cannot be said at the moment. */
export type AskEvents = (
  organisationId: string,
  eventIds: readonly string[],
) => Promise<readonly string[] | null>;

export function askEvents(messaging: Pick<Messaging, 'ask'>): AskEvents {
  return async (organisationId, eventIds) => {
    const request = { eventIds: [...eventIds] };
    const asked = messaging.ask(questions.knownEvents, request, { organisationId, timeoutMs: 3_000 });
    return (await answerIfAny(asked))?.eventIds ?? null;
  };
}

/**
 * The events to confine somebody to, each once; refused where the organisation does not have one. Those that are `held`
 * already are not asked about: one that was deleted may come back, and must not stand in the way of another change.
 * Asked before a transaction is begun, judged in it: a command that comes again is answered as it was.
 */
export async function ownEvents(
  { askEvents: ask, viewer }: Command,
  eventIds: readonly string[] | null,
  held: readonly string[] = [],
): Promise<Outcome<readonly string[] | null, InvalidInput | Unavailable>> {
  if (!eventIds) return accept(null);
  const distinct = [...new Set(eventIds)];
  const unheld = distinct.filter((id) => !held.includes(id));
  const known = unheld.length === 0 ? [] : await ask(viewer.organisationId, unheld);
  if (!known)
    return refuse({
      kind: 'Unavailable',
      message: 'Whether these events exist could not be asked. Nothing was changed; please try again.',
    });
  const stranger = eventIds.findIndex((id) => !held.includes(id) && !known.includes(id));
  return stranger === -1
    ? accept(distinct)
    : invalid(
        `eventIds.${stranger}`,
        'is not an event of this organisation, or was deleted: take ids from `events`',
      );
}
