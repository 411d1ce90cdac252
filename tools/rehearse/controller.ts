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
  /** Of consumers: what is divided between the tracks; none where they change hands whole. */
  readonly queues?: readonly string[];
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
  /** Measurements in which every metric was good, in a row. */
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
    good: missing === '' && bad === '' ? tally.good + 1 : 0,
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
  /** Asks the coming version something that users might: where they ask too little, nothing could be said of it. */
  probe?(): Promise<void>;
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

/** Probes one after the other, which nobody waits for: what is slow in answering them shall be found, and not waited for. */
function prober({ probe, say }: World): () => void {
  let isAsking = false;
  return () => {
    if (!probe || isAsking) return;
    isAsking = true;
    // A probe is a help: a version that does not answer it is found by its metrics.
    void probe()
      .catch((error: unknown) => say(`a probe failed: ${(error as Error).message}`))
      .finally(() => (isAsking = false));
  };
}

/** Measures for at least a step, and until a measurement was good: a step of no verdict is no step, and none ends with a bad one. */
async function watch(
  analysis: Analysis,
  world: World,
  before: Tally,
  { unseen }: { readonly unseen: boolean },
) {
  const untilMs = world.now() + analysis.stepSeconds * 1_000;
  const probe = prober(world);
  let tally: Tally = { ...before, good: 0 };
  while (world.now() < untilMs || tally.good === 0) {
    // While nobody else asks, and where those who do are too few for a verdict.
    if (unseen || tally.inconclusive > 0) probe();
    await world.wait(analysis.intervalSeconds * 1_000);
    const judged = judge(analysis, tally, await world.measure(analysis));
    tally = judged.tally;
    if (judged.verdict.kind === 'roll-back') return { tally, reason: judged.verdict.reason };
  }
  return { tally, reason: undefined };
}

/** Takes all traffic back from the coming version, as the verdict of a moment ago says. */
async function takeBack(world: World, startedAtMs: number, reason: string): Promise<RollOut> {
  const verdictAtMs = world.now();
  await world.setWeight(0);
  world.say(`rolled back: ${reason}`);
  return { outcome: 'rolled-back', reason, startedAtMs, verdictAtMs, backAtMs: world.now() };
}

const promoted = (startedAtMs: number): RollOut => ({
  outcome: 'promoted',
  reason: 'every measurement was good',
  startedAtMs,
});

/** Along the steps of the analysis, one tally for all of them. */
async function stepByStep(analysis: Analysis, world: World): Promise<RollOut> {
  const startedAtMs = world.now();
  let tally = freshTally;
  for (const percent of analysis.steps) {
    await world.setWeight(percent);
    world.say(`${percent} % to ${analysis.version}`);
    const watched = await watch(analysis, world, tally, { unseen: false });
    tally = watched.tally;
    if (watched.reason !== undefined) return takeBack(world, startedAtMs, watched.reason);
  }
  return promoted(startedAtMs);
}

/** Judged by itself first, then with all traffic at once. What ran half-way before a kill begins anew, without any traffic. */
async function allAtOnce(analysis: Analysis, world: World): Promise<RollOut> {
  await world.setWeight(0);
  world.say(`${analysis.version} is judged without traffic`);
  const startedAtMs = world.now();
  const { reason: refused } = await watch(analysis, world, freshTally, { unseen: true });
  if (refused !== undefined) return takeBack(world, startedAtMs, `without traffic ${refused}`);
  await world.setWeight(100);
  world.say(`all traffic to ${analysis.version}`);
  const { reason } = await watch(analysis, world, freshTally, { unseen: false });
  return reason === undefined ? promoted(startedAtMs) : takeBack(world, startedAtMs, reason);
}

/** Moves traffic as the strategy does, and all of it back at the first verdict against the coming version. */
export async function rollOut(analysis: Analysis, world: World): Promise<RollOut> {
  return analysis.strategy === 'bluegreen' ? allAtOnce(analysis, world) : stepByStep(analysis, world);
}
