import {
  accept,
  invalid,
  notFound,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import type { PlannedOccurrence } from '../recurrence/schedule.ts';
import { addMinutes, instantOf, minutesBetween, wallTimeAt, type WallTime } from '../recurrence/wall-time.ts';
import { pastDate, wrongState, type PastDate, type SpaceConflict, type WrongState } from '../refusals.ts';
import type { SpaceAnswer } from '../spaces/ask-venues.ts';
import { judgeSpace } from '../spaces/judge-space.ts';
import { lockWithEvent } from './lock-with-event.ts';
import { occurrenceColumns, saveOccurrences } from './occurrence-rows.ts';
import { moveOccurrence, type Occurrence } from './occurrence.ts';

/** What is to change; absent fields stay. */
export type OccurrenceRescheduling = {
  readonly startsAtLocal?: WallTime;
  readonly durationMinutes?: number;
  readonly spaceId?: string | null;
};
export type RescheduleOccurrenceRefusal =
  InvalidInput | NotFound | PastDate | SpaceConflict | Unavailable | WrongState;
type Rescheduled = { readonly occurrenceId: string };

/** Moves one occurrence to another time or space; the rest of its event stays. */
export async function rescheduleOccurrence(
  command: Command,
  occurrenceId: string,
  change: OccurrenceRescheduling,
): Promise<Outcome<Rescheduled, RescheduleOccurrenceRefusal>> {
  if (Object.keys(change).length === 0)
    return invalid('startsAtLocal', 'or another field must say what is to change');
  const answer = await askForSpace(command, occurrenceId, change);
  const now = command.clock.now();
  return decide<Rescheduled, RescheduleOccurrenceRefusal>(command, async (tx) => {
    const found = await lockWithEvent(tx, occurrenceId);
    if (!found) return notFound('The occurrence');
    const { occurrence, event } = found;
    if (occurrence.status === 'CANCELLED') {
      return wrongState(occurrence.status, 'A cancelled occurrence cannot be moved.');
    }
    if (occurrence.startsAt <= now) return pastDate('id', 'The occurrence has begun.');
    const wanted = applyChange(occurrence, change);
    if (wanted.startsAt <= now) return pastDate('startsAtLocal', 'The occurrence would start in the past.');
    const space = await judgeSpace(tx, answer, [wanted]);
    if (!space.ok) return space;
    const moved = moveOccurrence(occurrence, wanted);
    await saveOccurrences(tx, [{ type: 'events.occurrence-rescheduled.v1', occurrence: moved, event }]);
    return accept({ occurrenceId });
  });
}

type Wanted = PlannedOccurrence & { readonly timeZone: string; readonly spaceId: string | null };

function applyChange(occurrence: Occurrence, change: OccurrenceRescheduling): Wanted {
  const { recurrenceId, timeZone } = occurrence;
  const startsAtLocal = change.startsAtLocal ?? occurrence.startsAtLocal;
  const startsAt = instantOf(startsAtLocal, timeZone);
  return {
    recurrenceId,
    timeZone,
    startsAtLocal,
    startsAt,
    endsAt: endOf(occurrence, startsAtLocal, change.durationMinutes),
    spaceId: change.spaceId === undefined ? occurrence.spaceId : change.spaceId,
  };
}

/** As long as it was: days on the wall for one that fills them, else the same time on a stopwatch. */
function endOf(occurrence: Occurrence, startsAtLocal: WallTime, durationMinutes: number | undefined): Date {
  const { timeZone } = occurrence;
  const startsAt = instantOf(startsAtLocal, timeZone);
  if (durationMinutes !== undefined) return new Date(startsAt.getTime() + durationMinutes * 60_000);
  const onTheWall = minutesBetween(occurrence.startsAtLocal, wallTimeAt(occurrence.endsAt, timeZone));
  if (onTheWall > 0 && onTheWall % 1440 === 0)
    return instantOf(addMinutes(startsAtLocal, onTheWall), timeZone);
  return new Date(startsAt.getTime() + occurrence.endsAt.getTime() - occurrence.startsAt.getTime());
}

/** Asked before the transaction begins, and only where a space is wanted. */
async function askForSpace(
  { database, viewer, askVenues }: Command,
  occurrenceId: string,
  change: OccurrenceRescheduling,
): Promise<SpaceAnswer | null> {
  const [seen] = await database.read(viewer, (tx) =>
    tx.rows<Occurrence>(`select ${occurrenceColumns} from occurrence o where o.id = $1`, [occurrenceId]),
  );
  if (!seen) return null;
  const wanted = applyChange(seen, change);
  if (wanted.spaceId === null) return null;
  return askVenues(viewer, {
    spaceId: wanted.spaceId,
    ranges: [wanted],
    exceptOccurrenceIds: [occurrenceId],
  });
}
