import { setImmediate as immediate } from 'node:timers/promises';
import { assert, refuse, type Outcome } from '@marquee/kernel';
import { requestHash } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { currentCorrelation, newCorrelationId, withSpanOfEach, type Metrics } from '@marquee/telemetry';
import type { Services } from '../services.ts';
import { FairQueue } from './fair-queue.ts';
import { Flights } from './flights.ts';
import { grantBatch, type Waiting } from './grant-batch.ts';
import type { Hold } from './hold.ts';
import type { HoldRefusal, HoldRequest } from './hold-tickets.ts';
import { GrantRate } from './grant-rate.ts';

/** More ask for tickets than can be served in good time. Nothing was held; the same request may be sent again. */
export type TooBusy = {
  readonly kind: 'TooBusy';
  readonly message: string;
  readonly retryAfterSeconds: number;
};

export type GrantingOptions = {
  /** Batches at the same time, at most two of one occurrence, each on a connection of its own; default 2. */
  readonly connections?: number;
  /** Requests judged in one transaction; default 500. */
  readonly maxBatch?: number;
  /** Requests waiting, over all occurrences; default 20,000. One more is refused as TooBusy. */
  readonly maxWaiting?: number;
  /** Requests of one occurrence waiting; default 10,000. */
  readonly maxWaitingOfOne?: number;
  /** Longest wait; default 3,000. Who would wait longer is told so at once, who did is not judged any more. */
  readonly maxWaitMs?: number;
};

/** What the grant path does now: for metrics, and for whoever lets people in to it. */
export type GrantLoad = {
  /** Requests that wait to be judged. */
  readonly waiting: number;
  /** How long the last one that was judged had waited, in milliseconds. */
  readonly waitedMs: number;
  /** Requests judged a second, over the last seconds. */
  readonly judgedPerSecond: number;
  /** Requests that could be judged a second if there were always some, by what the last batches took; 0: not known yet. */
  readonly sustainablePerSecond: number;
  readonly refusedAsTooBusy: number;
};

export interface Granting {
  /** As `holdAlone`, together with whoever else asks at the same time; resolves once that is committed. */
  hold(viewer: Viewer, request: HoldRequest): Promise<Outcome<Hold, HoldRefusal>>;
  load(): GrantLoad;
  /** Accepts no more requests and resolves when all accepted ones are answered. */
  drain(): Promise<void>;
}

const defaults = {
  connections: 2,
  maxBatch: 500,
  maxWaiting: 20_000,
  maxWaitingOfOne: 10_000,
  maxWaitMs: 3_000,
};

/**
 * Grants holds many at a time: while one batch of an occurrence is under way the next one gathers, and a lone request
 * waits for nobody. Measured on two cores, PostgreSQL on the same machine and forced to disk: see `npm run bench -- rush`.
 */
export function createGranting(
  services: Pick<Services, 'database' | 'terms' | 'wake' | 'logger'>,
  options: GrantingOptions = {},
): Granting {
  const limits = { ...defaults, ...options };
  const queue = new FairQueue<Waiting>();
  const flights = new Flights();
  const rate = new GrantRate();
  let lanes = 0;
  let scheduled = false;
  let closed = false;
  let refusedAsTooBusy = 0;
  const idle: (() => void)[] = [];

  const busy = (afterMs: number) => {
    refusedAsTooBusy += 1;
    return tooBusy(afterMs);
  };
  const runLane = async () => {
    for (let taken = queue.take(limits.maxBatch); taken; taken = queue.take(limits.maxBatch)) {
      const { key, items } = taken;
      const start = performance.now();
      const [live, late] = partition(items, ({ arrivedMs }) => start - arrivedMs <= limits.maxWaitMs);
      for (const { resolve } of late) resolve(busy(rate.waitMs(queue.sizeOf(key))));
      const causes = live.map(({ cause }) => ({ correlation: cause, attributes: {} }));
      const judge = () => flights.during(key, (flight) => grantBatch(services, live, flight));
      const again = live.length === 0 ? [] : await withSpanOfEach('judge holds', causes, judge);
      if (live.length > 0)
        rate.judged(live.length - again.length, start, { waitedMs: start - live[0]!.arrivedMs, lanes });
      queue.giveBack(key, again);
      // Those who were just answered come back together.
      await immediate();
    }
  };
  const schedule = () => {
    if (scheduled || lanes >= limits.connections) return;
    scheduled = true;
    // After all that is ready to run now, so that requests of the same moment share a batch.
    void immediate().then(async () => {
      scheduled = false;
      lanes += 1;
      if (queue.size > 1) schedule(); // another occurrence need not wait for this one
      await runLane();
      lanes -= 1;
      if (lanes === 0 && queue.size === 0) for (const resolve of idle.splice(0)) resolve();
    });
  };

  return {
    hold: async (viewer, request) => {
      assert(!closed, 'the service is stopping: it grants no more holds');
      const key = `${viewer.organisationId}/${request.occurrenceId}`;
      const ahead = queue.sizeOf(key);
      const expectedMs = rate.waitMs(ahead);
      if (queue.size >= limits.maxWaiting || ahead >= limits.maxWaitingOfOne) return busy(expectedMs);
      if (expectedMs > limits.maxWaitMs) return busy(expectedMs);
      return new Promise((resolve, reject) => {
        queue.add(key, { viewer, request, ...prepare(request), resolve, reject });
        schedule();
      });
    },
    load: () => ({ waiting: queue.size, ...rate.read(), refusedAsTooBusy }),
    drain: async () => {
      closed = true;
      if (lanes > 0 || queue.size > 0) await new Promise<void>((resolve) => idle.push(resolve));
      await immediate(); // the last caller has its answer first
    },
  };
}

/** What can be done while the request waits, instead of inside the transaction. */
function prepare({
  idempotencyKey: _key,
  unlocked: _unlocked,
  candidates: _candidates,
  ...request
}: HoldRequest) {
  return {
    hash: requestHash(request),
    cause: currentCorrelation() ?? { correlationId: newCorrelationId(), actor: 'system' },
    arrivedMs: performance.now(),
  };
}

function tooBusy(expectedMs: number): { readonly ok: false; readonly refusal: TooBusy } {
  const retryAfterSeconds = Math.min(60, Math.max(1, Math.ceil(expectedMs / 1_000)));
  const message = `Very many people are asking for these tickets. Nothing was held; please try again in ${retryAfterSeconds} s.`;
  return refuse({ kind: 'TooBusy', message, retryAfterSeconds });
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** The load as metrics, and nothing of it by occurrence: there are too many of them. */
export function observeGranting(granting: Granting, metrics: Metrics): void {
  const observe = (name: string, help: string, read: (load: GrantLoad) => number) =>
    metrics.observed(name, help, () => [{ value: read(granting.load()) }]);
  observe('marquee_grants_waiting', 'Requests for holds that wait to be judged', ({ waiting }) => waiting);
  observe('marquee_grants_per_second', 'Requests for holds judged a second', (load) => load.judgedPerSecond);
  observe(
    'marquee_grants_sustainable_per_second',
    'Requests for holds that could be judged a second',
    (load) => load.sustainablePerSecond,
  );
  observe(
    'marquee_grants_wait_seconds',
    'How long the last request had waited',
    (load) => load.waitedMs / 1_000,
  );
  observe(
    'marquee_grants_too_busy',
    'Requests for holds refused as too many',
    (load) => load.refusedAsTooBusy,
  );
}
