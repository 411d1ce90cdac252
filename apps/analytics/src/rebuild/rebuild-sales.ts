import type { Messaging, Subscription, SubscriptionStatus } from '@marquee/messaging';
import type { Database } from '@marquee/postgres';
import { rebuildSubscription } from '../projections.ts';
import { countSales } from '../sales/on-ticket-events.ts';
import {
  clearNextGeneration,
  deleteDeadGenerations,
  forgetRebuild,
  switchGenerations,
} from './generations.ts';

export type RebuildProgress = { readonly counted: number; readonly left: number | null };

export type RebuildOptions = {
  readonly database: Database;
  /** The service's; the rebuild adds a subscription of its own. */
  readonly messaging: Messaging;
  readonly report: (progress: RebuildProgress) => void;
  /** How long nothing may move before it gives up; default 30,000. */
  readonly stallMs?: number;
};

/** The rebuild ended without touching the live statistics; the message says why. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError';
}

const lookEveryMs = 100;
const lockWaitMs = 3_000;

/**
 * Counts every event from the first into the next generation, beside the live one, then makes that one live. Queries
 * see the old statistics until the switch and the new ones after it. Answers how many events were counted.
 */
export async function rebuildSales(options: RebuildOptions): Promise<number> {
  const { database, messaging } = options;
  const subscription = messaging.project({ name: rebuildSubscription, events: countSales('next') });
  try {
    await takeTurn(subscription);
  } catch (error) {
    await subscription.stop();
    throw error;
  }
  try {
    await deleteDeadGenerations(database);
    await subscription.rebuild(clearNextGeneration);
    return await catchUpAndSwitch(subscription, options);
  } finally {
    // It went on counting, after a switch or a failure, into a generation that nobody will see.
    await subscription.stop();
    await forgetRebuild(database);
    await deleteDeadGenerations(database);
  }
}

/** One rebuild at a time: a second one would empty what the first has counted. */
async function takeTurn(subscription: Subscription): Promise<void> {
  const deadline = performance.now() + lockWaitMs;
  while (subscription.status().state === 'standby') {
    if (performance.now() > deadline)
      throw new RebuildError('Another rebuild is running, or PostgreSQL cannot be reached.');
    await pause();
  }
}

async function catchUpAndSwitch(
  subscription: Subscription,
  { database, report, stallMs = 30_000 }: RebuildOptions,
): Promise<number> {
  const before = subscription.status().handled;
  let movedAtMs = performance.now();
  let seen = '';
  for (;;) {
    const status = subscription.status();
    const counted = status.handled - before;
    assertSound(status);
    report({ counted, left: status.lag });
    if (status.lag === 0 && (await switchGenerations(database))) return counted;
    const now = `${status.handled} ${status.lag}`;
    if (now !== seen) movedAtMs = performance.now();
    seen = now;
    if (performance.now() - movedAtMs > stallMs) throw new RebuildError(stallText(status));
    await pause();
  }
}

/** Statistics that lack events must not replace ones that have them. */
function assertSound({ deadLetters, lastError }: SubscriptionStatus): void {
  if (deadLetters > 0)
    throw new RebuildError(`${deadLetters} events could not be counted: ${lastError ?? 'see the log'}`);
}

function stallText({ state, lastError }: SubscriptionStatus): string {
  if (lastError) return `Nothing moves any more: ${lastError}`;
  return state === 'waiting'
    ? "NATS, or the ticket service's stream in it, is not there."
    : 'Nothing moves any more: the live statistics are further than what can be read.';
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}
