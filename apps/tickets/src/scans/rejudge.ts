import {
  judgePassages,
  type Passage,
  type PassageVerdict,
  type EntryRule,
  type Presence,
} from '../check-in/entry-rule.ts';
import type { Tally } from '../check-in/list-rows.ts';
import type { CountedScan } from './door-rows.ts';
import { negative, presenceTally, tallyOf, type NewVerdict } from './write-scans.ts';

/** A reading at which a door opened, as it is new to the list. */
export type NewPassage = Passage & { readonly gate: string };

export type Rejudged = {
  readonly presence: Presence;
  /** What the new passages count as. */
  readonly fresh: ReadonlyMap<string, PassageVerdict>;
  /** What the earlier ones count as from now on, where that is something else. */
  readonly changed: readonly NewVerdict[];
  readonly moved: readonly ({ readonly gate: string } & Tally)[];
};

/**
 * What the passages of one ticket on one list come to when some become known and some are undone. Pure, and a function of
 * the set of passages alone: that is why the order of syncs does not matter. `before` are those that are stored.
 */
export function rejudge(
  rule: EntryRule,
  before: readonly CountedScan[],
  change: { readonly added?: readonly NewPassage[]; readonly undone?: readonly string[] },
): Rejudged {
  const { added = [], undone = [] } = change;
  const gone = new Set(undone);
  const stay = before.filter(({ id }) => !gone.has(id));
  const was = judgePassages(rule, before);
  const { presence, verdicts } = judgePassages(rule, [...stay, ...added]);
  const gateOf = new Map([...before, ...added].map(({ id, gate }) => [id, gate]));
  const changed = stay.flatMap((scan): NewVerdict[] => {
    const verdict = verdicts.get(scan.id)!;
    const same =
      verdict.result === scan.result && verdict.reason === scan.reason && verdict.winnerId === scan.winnerId;
    return same ? [] : [{ scanId: scan.id, verdict }];
  });
  const fresh = new Map(added.map(({ id }) => [id, verdicts.get(id)!]));
  const moved = [
    ...before.map(({ gate, result, direction }) => ({ gate, ...negative(tallyOf(result, direction)) })),
    ...[...stay, ...added].map(({ id, direction }) => ({
      gate: gateOf.get(id)!,
      ...tallyOf(verdicts.get(id)!.result, direction),
    })),
  ];
  const gate = (added[0] ?? before[0])?.gate;
  if (gate !== undefined) moved.push({ gate, ...presenceTally(was.presence, presence) });
  return { presence, fresh, changed, moved };
}
