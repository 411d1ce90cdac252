/** How far a reader has come in each log, by the log's place in the list: before this index; null at the end. */
export type Positions = readonly (number | null)[];

type Dated = { readonly index: number; readonly event: { readonly occurredAt: string } };

/** A page of one log, the newest entry first. */
export type LogPage<E extends Dated> = {
  readonly entries: readonly E[];
  /** Where the page began. */
  readonly from: number | null;
  /** Where the log goes on; null where nothing is left. */
  readonly next: number | null;
};

export type Merged<E> = {
  readonly edges: readonly { readonly log: number; readonly entry: E; readonly positions: Positions }[];
  /** Where to go on, also where there was nothing. */
  readonly positions: Positions;
};

/**
 * One trail of the pages of all logs, the newest first, at most `first` entries of it. It ends early where a log has
 * more to look through than its page: what comes there may be newer than what the others have next. Every entry has
 * the positions after it, so that whoever goes on from there meets each other entry once, whatever was added since.
 */
export function mergePages<E extends Dated>(pages: readonly LogPage<E>[], first: number): Merged<E> {
  const taken = pages.map(() => 0);
  const positions = () =>
    pages.map(({ entries, from, next }, log) => {
      const count = taken[log]!;
      if (count === entries.length) return next;
      return count === 0 ? from : entries[count - 1]!.index;
    });
  const edges: Merged<E>['edges'][number][] = [];
  while (edges.length < first) {
    const isShort = pages.some(({ entries, next }, log) => taken[log] === entries.length && next !== null);
    const heads = pages.map(({ entries }, log) => ({ log, entry: entries[taken[log]!] }));
    const newest = heads
      .filter((head): head is { log: number; entry: E } => head.entry !== undefined)
      .reduce<{ log: number; entry: E } | null>(
        (best, head) => (best && best.entry.event.occurredAt >= head.entry.event.occurredAt ? best : head),
        null,
      );
    if (isShort || !newest) break;
    taken[newest.log]!++;
    edges.push({ ...newest, positions: positions() });
  }
  return { edges, positions: positions() };
}
