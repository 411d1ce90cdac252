import { mostMetered, type MeteredRequest } from '@marquee/contracts';
import { newUuid, parseId } from '@marquee/kernel';
import type { Queue } from '@marquee/messaging';
import type { Viewer } from '@marquee/subgraph';
import type { Logger, Metrics } from '@marquee/telemetry';
import { createStandings, type AskStandings, type Standing } from './standings.ts';

/** Counts what API keys ask for, and knows whose plan is spent. People are not counted. */
export type Meter = {
  /** The plan that allows this viewer nothing more for now; null where it may go on, or is nobody's key. */
  spentPlanOf(viewer: Viewer | undefined): Standing | null;
  /** An operation of this viewer was admitted. Costs a push: nothing is waited for. */
  count(viewer: Viewer | undefined, rootFields: ReadonlyMap<string, number>): void;
  /** `RateLimit` of the plan, where it is known and has a limit; else empty. */
  headersOf(viewer: Viewer | undefined): Readonly<Record<'ratelimit' | 'ratelimit-policy', string>> | null;
  /** Sends what was counted, and ends. */
  stop(): Promise<void>;
};

export type MeterOptions = {
  readonly queue: Pick<Queue, 'put'>;
  readonly ask: AskStandings;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly everyMs?: number;
};

const sentEveryMs = 250;
/** What is counted while NATS is away waits in memory: half an hour of a hundred requests a second. */
const mostWaiting = 200;

type Key = { readonly organisationId: string; readonly keyId: string };
/** A key answers the same viewer for a while, so this is found out once for many requests. */
const known = new WeakMap<Viewer, Key | null>();

function keyOf(viewer: Viewer | undefined): Key | null {
  if (!viewer) return null;
  const made = known.get(viewer);
  if (made !== undefined) return made;
  const id = parseId(viewer.subject);
  const key = id?.type === 'ApiKey' ? { organisationId: viewer.organisationId, keyId: id.uuid } : null;
  known.set(viewer, key);
  return key;
}

/** A request is one operation by name, so that there are no more of them than the graph has root fields. */
function operationOf(rootFields: ReadonlyMap<string, number>): string {
  const [first = '(schema)'] = rootFields.keys();
  return rootFields.size > 1 ? '(several)' : first;
}

type Batch = { readonly id: string; readonly requests: readonly MeteredRequest[] };

/** Batches go in their order, each until NATS keeps it; the hub counts a request once, however often it comes. */
function createSending({ queue, metrics, logger }: MeterOptions) {
  const dropped = metrics.counter(
    'marquee_metered_dropped_total',
    'Requests of API keys that were not counted: NATS was away for too long',
  );
  let counted: MeteredRequest[] = [];
  const waiting: Batch[] = [];
  const pack = () => {
    for (let from = 0; from < counted.length; from += mostMetered)
      waiting.push({ id: newUuid(), requests: counted.slice(from, from + mostMetered) });
    counted = [];
    for (const { requests } of waiting.splice(0, waiting.length - mostWaiting)) dropped.add(requests.length);
  };
  const send = async () => {
    pack();
    try {
      for (let batch = waiting[0]; batch; batch = waiting[0]) {
        await queue.put(batch.id, { requests: batch.requests });
        if (waiting[0] === batch) waiting.shift();
      }
    } catch (error) {
      logger.warn({ error, batches: waiting.length }, 'metered requests wait to be sent');
    }
  };
  return { add: (request: MeteredRequest) => void counted.push(request), send };
}

export function createMeter(options: MeterOptions): Meter {
  const sending = createSending(options);
  const standings = createStandings(options.ask, options.logger);
  let running: Promise<void> | undefined;
  const send = () => (running ??= sending.send().finally(() => (running = undefined)));
  const timer = setInterval(() => void send(), options.everyMs ?? sentEveryMs).unref();
  return {
    spentPlanOf: (viewer) => {
      const key = keyOf(viewer);
      return key && standings.spentOf(key.organisationId);
    },
    count: (viewer, rootFields) => {
      const key = keyOf(viewer);
      if (!key) return;
      standings.note(key.organisationId);
      const at = new Date().toISOString();
      sending.add({ ...key, id: newUuid(), operation: operationOf(rootFields), at });
    },
    headersOf: (viewer) => {
      const key = keyOf(viewer);
      return key && standings.headersOf(key.organisationId);
    },
    stop: async () => {
      clearInterval(timer);
      standings.stop();
      await running;
      await send();
    },
  };
}
