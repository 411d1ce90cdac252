/** The input that the chart renders for our own controller: the same analysis that Argo and Flagger get. */
export type Analysis = {
  readonly service: string;
  readonly strategy: 'gatewayapi' | 'bluegreen';
  /** The unit that is judged. */
  readonly version: string;
  readonly prometheus: string;
  readonly intervalSeconds: number;
  readonly stepSeconds: number;
  readonly steps: readonly number[];
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly metrics: readonly {
    readonly name: string;
    readonly query: string;
    readonly min?: number;
    readonly max?: number;
  }[];
};

/** By metric; null where the query found nothing, as with too few requests. */
export type Measurement = ReadonlyMap<string, number | null>;

export type Tally = {
  readonly failures: ReadonlyMap<string, number>;
  /** In a row. */
  readonly inconclusive: number;
  /** Measurements in which every metric was good. */
  readonly good: number;
};

export type Verdict =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'roll-back'; readonly reason: string; readonly metric: string };

export const freshTally: Tally = { failures: new Map(), inconclusive: 0, good: 0 };

/** Takes one measurement in, and says whether the roll-out may go on. */
export function judge(
  analysis: Analysis,
  tally: Tally,
  measured: Measurement,
): { readonly tally: Tally; readonly verdict: Verdict } {
  const failures = new Map(tally.failures);
  let missing = '';
  let bad = '';
  for (const { name, min = -Infinity, max = Infinity } of analysis.metrics) {
    const value = measured.get(name) ?? null;
    if (value === null || Number.isNaN(value)) missing = name;
    else if (value < min || value > max) {
      bad = name;
      failures.set(name, (failures.get(name) ?? 0) + 1);
    }
  }
  const next: Tally = {
    failures,
    inconclusive: missing === '' ? 0 : tally.inconclusive + 1,
    good: tally.good + (missing === '' && bad === '' ? 1 : 0),
  };
  const failed = [...failures].find(([, count]) => count >= analysis.failureLimit);
  if (failed)
    return {
      tally: next,
      verdict: { kind: 'roll-back', metric: failed[0], reason: `${failed[0]} was bad ${failed[1]} times` },
    };
  if (next.inconclusive >= analysis.inconclusiveLimit) {
    const reason = `no verdict on ${missing} after ${next.inconclusive} measurements`;
    return { tally: next, verdict: { kind: 'roll-back', metric: missing, reason } };
  }
  return { tally: next, verdict: { kind: 'go-on' } };
}

/** What a roll-out acts on. Times in milliseconds of `performance.now()`. */
export type World = {
  setWeight(percent: number): Promise<void>;
  measure(analysis: Analysis): Promise<Measurement>;
  now(): number;
  wait(ms: number): Promise<void>;
  say(text: string): void;
};

export type RollOut = {
  readonly outcome: 'promoted' | 'rolled-back';
  readonly reason: string;
  readonly startedAtMs: number;
  /** When the verdict fell; undefined where all went well. */
  readonly verdictAtMs?: number;
  /** When the coming version no longer got anything. */
  readonly backAtMs?: number;
};

/** Measures for at least `forMs`, and until one measurement was good: a step of no verdict is no step. */
async function watch(analysis: Analysis, world: World, forMs: number, before: Tally) {
  const untilMs = world.now() + forMs;
  let tally: Tally = { ...before, good: 0 };
  while (world.now() < untilMs || tally.good === 0) {
    await world.wait(analysis.intervalSeconds * 1_000);
    const judged = judge(analysis, tally, await world.measure(analysis));
    tally = judged.tally;
    if (judged.verdict.kind === 'roll-back') return { tally, reason: judged.verdict.reason };
  }
  return { tally, reason: undefined };
}

/** Moves traffic along the steps of the analysis, and all of it back at the first verdict against the coming version. */
export async function rollOut(analysis: Analysis, world: World): Promise<RollOut> {
  const startedAtMs = world.now();
  let tally = freshTally;
  for (const percent of analysis.steps) {
    await world.setWeight(percent);
    world.say(`${percent} % to ${analysis.version}`);
    const watched = await watch(analysis, world, analysis.stepSeconds * 1_000, tally);
    tally = watched.tally;
    if (watched.reason === undefined) continue;
    const verdictAtMs = world.now();
    await world.setWeight(0);
    world.say(`rolled back: ${watched.reason}`);
    return {
      outcome: 'rolled-back',
      reason: watched.reason,
      startedAtMs,
      verdictAtMs,
      backAtMs: world.now(),
    };
  }
  return { outcome: 'promoted', reason: 'every measurement was good', startedAtMs };
}

/** Judges the coming version by itself, without any of the users' traffic. */
export async function judgePreview(analysis: Analysis, world: World): Promise<string | undefined> {
  const { reason } = await watch(analysis, world, analysis.stepSeconds * 1_000, freshTally);
  return reason;
}
