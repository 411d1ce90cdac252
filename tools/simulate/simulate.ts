import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphClient } from '../client/graph-client.ts';
import { organisations } from '../seed/organisations.ts';
import { createRandom } from '../seed/random.ts';
import { createTally, type Summary, type Tally } from './tally.ts';
import { visits, visitWeights, type SoldTicket, type Visitor, type VisitKind } from './visits.ts';

export type SimulationOptions = {
  readonly client: GraphClient;
  /** A token for one of the organisation's people. */
  readonly token: (
    organisationId: string,
    role: Parameters<Visitor['token']>[0],
    email?: string,
  ) => Promise<string>;
  /** Visits begun a second, on average. */
  readonly rate: number;
  readonly durationMs: number;
  readonly seed: string;
  /** Shorter than 1: people think and click faster, as a test may want. */
  readonly pace?: number;
  readonly onProgress?: (tally: Tally, seconds: number) => void;
  readonly signal?: AbortSignal;
};

/** More open visits than this mean that the platform does not keep up: new ones then wait outside. */
const maxOpenVisits = 2_000;

/** Believable traffic until the time is over or it is called off; then waits for the visits that are under way. */
export async function simulate(options: SimulationOptions): Promise<Summary> {
  const tally = createTally();
  const random = createRandom(`${options.seed}/simulation`);
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ...(options.signal ? [options.signal] : [])]);
  const sold: SoldTicket[] = [];
  const open = new Set<Promise<void>>();
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1000;
  const progress = setInterval(() => options.onProgress?.(tally, seconds()), 1_000);
  let number = 0;
  while (seconds() * 1000 < options.durationMs && !signal.aborted) {
    // A Poisson process: people do not arrive in step.
    const waitMs = (-Math.log(1 - random.next()) / options.rate) * 1000;
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    if (open.size >= maxOpenVisits) {
      tally.outcome('visits turned away: too many open');
      continue;
    }
    const visit = runVisit(options, { tally, sold, signal, number: number++ });
    open.add(visit);
    void visit.finally(() => open.delete(visit)).catch(() => undefined); // Promise.all below tells of it.
  }
  const lastOrders = setTimeout(() => over.abort(), 10_000 * (options.pace ?? 1) + 5_000);
  await Promise.all(open);
  clearTimeout(lastOrders);
  clearInterval(progress);
  return tally.summary(seconds());
}

async function runVisit(
  { client, token, seed, pace = 1 }: SimulationOptions,
  run: {
    readonly tally: Tally;
    readonly sold: SoldTicket[];
    readonly signal: AbortSignal;
    readonly number: number;
  },
): Promise<void> {
  const random = createRandom(`${seed}/visit ${run.number}`);
  const organisation = random.pick(organisations);
  const kind: VisitKind = random.weighted(visitWeights);
  run.tally.visit(kind);
  const visitor: Visitor = {
    client,
    organisation,
    random,
    tally: run.tally,
    sold: run.sold,
    token: (role, email) => token(organisation.id, role, email),
    think: (atLeastMs, atMostMs) =>
      sleep(random.int(atLeastMs, atMostMs) * pace, undefined, { signal: run.signal }),
  };
  try {
    await visits[kind](visitor);
  } catch (error) {
    if (!run.signal.aborted) throw error;
  }
}
