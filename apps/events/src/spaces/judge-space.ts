import { accept, notFound, refuse, type NotFound, type Outcome, type Unavailable } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { collidingStarts, selfCollidingStarts } from '../occurrences/occurrence.ts';
import { spaceConflict, type SpaceConflict } from '../refusals.ts';
import type { SpaceAnswer, TimeRange } from './ask-venues.ts';
import { saveSpace } from './space-replica.ts';

/**
 * Whether the ranges can be planned in the space, by what venues answered (null: no space is wanted). The answer is
 * a courtesy to the planner, who hears of a conflict at once; the judge is the constraint in venues, whose verdict
 * comes back as the occurrence's booking status.
 */
export async function judgeSpace(
  tx: Transaction,
  answer: SpaceAnswer | null,
  ranges: readonly TimeRange[],
): Promise<Outcome<null, NotFound | SpaceConflict | Unavailable>> {
  if (answer === null) return accept(null);
  if (answer.kind === 'unknown') return notFound('The space');
  if (answer.kind === 'unavailable') {
    return refuse({
      kind: 'Unavailable',
      message: 'Whether the space is free cannot be told now. Try again.',
    });
  }
  await saveSpace(tx, answer.space);
  const colliding = [...collidingStarts(ranges, answer.conflicts), ...selfCollidingStarts(ranges)];
  return colliding.length > 0 ? spaceConflict(colliding) : accept(null);
}
