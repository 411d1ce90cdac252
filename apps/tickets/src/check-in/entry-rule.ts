export type Direction = 'IN' | 'OUT';

/** How often a ticket passes a list, and which way. */
export type EntryRule = {
  /** Any number where null. */
  readonly entriesPerTicket: number | null;
  /** Tickets are read on the way out too: then who is inside comes in only after going out. */
  readonly exits: boolean;
  /** Coming back after an exit uses up no further entry. */
  readonly reEntry: boolean;
};

/** A reading at which a door opened. */
export type Passage = { readonly id: string; readonly atMs: number; readonly direction: Direction };

/** What the passages of one ticket on one list add up to. */
export type Presence = {
  readonly entries: number;
  readonly ins: number;
  readonly outs: number;
  readonly inside: boolean;
  readonly firstInMs: number | null;
  /** Of the last passage that was judged, whatever became of it. */
  readonly lastMs: number | null;
  readonly lastInId: string | null;
  readonly lastOutId: string | null;
};

export const neverCame: Presence = {
  entries: 0,
  ins: 0,
  outs: 0,
  inside: false,
  firstInMs: null,
  lastMs: null,
  lastInId: null,
  lastOutId: null,
};

export type PassageReason = 'ALREADY_ADMITTED' | 'ALREADY_INSIDE' | 'NOT_INSIDE';
export const passageReasons: readonly string[] = [
  'ALREADY_ADMITTED',
  'ALREADY_INSIDE',
  'NOT_INSIDE',
] satisfies PassageReason[];

/** What a passage counts as: for itself, or in conflict with `winnerId`, which came first. */
export type PassageVerdict =
  | { readonly result: 'ACCEPTED'; readonly reason: null; readonly winnerId: null }
  | { readonly result: 'CONFLICT'; readonly reason: PassageReason; readonly winnerId: string | null };

const counts: PassageVerdict = { result: 'ACCEPTED', reason: null, winnerId: null };

/** Judges one more passage, later than all that `presence` knows of. */
export function judgePassage(
  rule: EntryRule,
  presence: Presence,
  passage: Passage,
): { readonly verdict: PassageVerdict; readonly presence: Presence } {
  const lastMs = Math.max(passage.atMs, presence.lastMs ?? passage.atMs);
  const conflict = (reason: PassageReason, winnerId: string | null) => ({
    verdict: { result: 'CONFLICT' as const, reason, winnerId },
    presence: { ...presence, lastMs },
  });
  if (passage.direction === 'OUT') {
    if (!presence.inside) return conflict('NOT_INSIDE', presence.lastOutId);
    const left = { ...presence, outs: presence.outs + 1, inside: false, lastMs, lastOutId: passage.id };
    return { verdict: counts, presence: left };
  }
  if (rule.exits && presence.inside) return conflict('ALREADY_INSIDE', presence.lastInId);
  const comesBack = rule.reEntry && presence.ins > 0;
  const limit = rule.entriesPerTicket;
  if (!comesBack && limit !== null && presence.entries >= limit)
    return conflict('ALREADY_ADMITTED', presence.lastInId);
  const came: Presence = {
    ...presence,
    entries: presence.entries + (comesBack ? 0 : 1),
    ins: presence.ins + 1,
    inside: true,
    firstInMs: presence.firstInMs ?? passage.atMs,
    lastMs,
    lastInId: passage.id,
  };
  return { verdict: counts, presence: came };
}

/** First by the clock; at the same instant the lesser id is first, so that every sync comes to the same end. */
export function byClock(a: Passage, b: Passage): number {
  return a.atMs - b.atMs || (a.id < b.id ? -1 : 1);
}

/** Judges all passages of one ticket on one list anew: in whatever order they became known, the answer is the same. */
export function judgePassages(
  rule: EntryRule,
  passages: readonly Passage[],
): { readonly presence: Presence; readonly verdicts: ReadonlyMap<string, PassageVerdict> } {
  let presence = neverCame;
  const verdicts = new Map<string, PassageVerdict>();
  for (const passage of passages.toSorted(byClock)) {
    const judged = judgePassage(rule, presence, passage);
    verdicts.set(passage.id, judged.verdict);
    ({ presence } = judged);
  }
  return { presence, verdicts };
}
