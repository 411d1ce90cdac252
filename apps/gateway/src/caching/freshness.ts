/** Knows what changed, and so whether an answer may still be given. */
export type Freshness = {
  /** Something of this organisation changed. */
  changed(organisationId: string): void;
  /** Anything may have changed unheard. */
  missed(): void;
  /** This person sent a mutation: what it changed must show in what he asks next. */
  wrote(subject: string): void;
  /** Whether an answer for this organisation, asked for at `askedAtMs`, may be given to this person now. */
  isFresh(organisationId: string, askedAtMs: number, subject: string): boolean;
};

export type FreshnessOptions = {
  /** False while changes cannot be heard: then nothing is fresh. */
  readonly hears: () => boolean;
  /** Milliseconds on any steady clock; default `performance.now`. */
  readonly now?: () => number;
};

/**
 * An answer that may be older than a change is given for half a second at most, so that even in a rush, with thousands
 * of changes a second, a page costs two executions a second and is never staler than that.
 */
const staleForMs = 500;
/** Other services hear of a change later than the gateway does: what was asked for this soon after one may lack it. */
const settlesInMs = 700;
/** Nobody's own changes are heard of later than this. */
const ownShowsInMs = 2_000;
const rememberedMs = 5 * 60_000;
const prunedAbove = 10_000;

/** By organisation, since one event may show in what several services answer. No timers: time alone decides. */
export function createFreshness({ hears, now = () => performance.now() }: FreshnessOptions): Freshness {
  const changedAt = createTimes(rememberedMs, now);
  const wroteAt = createTimes(ownShowsInMs, now);
  let missedAtMs = -Infinity;

  return {
    changed: changedAt.note,
    wrote: wroteAt.note,
    missed: () => {
      missedAtMs = now();
    },
    isFresh: (organisationId, askedAtMs, subject) => {
      if (!hears() || askedAtMs <= missedAtMs) return false;
      if (now() < wroteAt.of(subject) + ownShowsInMs) return false;
      const changedAtMs = changedAt.of(organisationId);
      return askedAtMs > changedAtMs + settlesInMs || now() < askedAtMs + staleForMs;
    },
  };
}

/** When each was noted last; forgotten after `rememberedForMs`, when it decides nothing any more. */
function createTimes(rememberedForMs: number, now: () => number) {
  const times = new Map<string, number>();
  const prune = () => {
    for (const [key, atMs] of times) {
      if (atMs > now() - rememberedForMs) return;
      times.delete(key);
    }
  };
  return {
    note: (key: string) => {
      times.delete(key); // to the end: the map stays in the order of time
      times.set(key, now());
      if (times.size > prunedAbove) prune();
    },
    of: (key: string) => times.get(key) ?? -Infinity,
  };
}
