import { appendEach, streamId } from '@marquee/event-log';
import { accept, assert, type Outcome } from '@marquee/kernel';
import {
  findOutcomes,
  isConnectionFailure,
  isDeadlock,
  isStatementTimeout,
  storedOutcome,
  type Transaction,
} from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Correlation } from '@marquee/telemetry';
import { ensureBuckets, moveBuckets, reclaimExpired } from '../inventory/capacity.ts';
import { judgeOnSale } from '../occurrences/occurrence.ts';
import type { Services } from '../services.ts';
import { grantHoldsSql, takeTurnSql } from './grant-batch.sql.ts';
import { newHold, type Hold, type HoldPlan } from './hold.ts';
import { holdPlaced } from './hold-events.ts';
import { toStoredLine } from './hold-rows.ts';
import {
  holdAlone,
  holdOperation,
  occurrenceNotFound,
  type HoldRefusal,
  type HoldRequest,
} from './hold-tickets.ts';
import { judgeHold, takePlaces } from './judge-hold.ts';
import { findSellable, lookAtSeats, shareTypes, type SellableNow } from './sellable.ts';

type Answer = Outcome<Hold, HoldRefusal>;

/** One caller's request, waiting. */
export type Waiting = {
  readonly viewer: Viewer;
  readonly request: HoldRequest;
  readonly hash: string;
  readonly cause: Correlation;
  readonly arrivedMs: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

type Grant = { readonly waiting: Waiting; readonly plan: HoldPlan; readonly hold: Hold };

/** Another transaction, not one of a batch, took something between the look and the grant. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

/** Who is overtaken this often is judged alone, where the database sorts it out one by one. */
const maxAttempts = 4;

/**
 * Judges requests for one occurrence, in their order, in one transaction, and answers each caller for itself. Answers
 * those that must be judged again: the second use of a key waits for the first one's answer. Never throws: a fault goes
 * to those that it concerns.
 */
export async function grantBatch(
  services: Pick<Services, 'database' | 'terms' | 'wake' | 'logger'>,
  batch: readonly Waiting[],
): Promise<readonly Waiting[]> {
  const seen = new Set<string>();
  const first: Waiting[] = [];
  const again: Waiting[] = [];
  for (const waiting of batch) {
    const key = `${waiting.viewer.subject}\n${waiting.request.idempotencyKey}`;
    (seen.has(key) ? again : first).push(waiting);
    seen.add(key);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const answers = await judgeTogether(services, first, { lookAtKeys: attempt > 1 });
      for (const [place, waiting] of first.entries()) waiting.resolve(answers[place]!);
      return again;
    } catch (error) {
      // All of it was rolled back, so trying again doubles nothing.
      const overtaken = error instanceof OvertakenError || isDeadlock(error);
      if (overtaken && attempt < maxAttempts) continue;
      if (isConnectionFailure(error) || isStatementTimeout(error)) {
        for (const { reject } of first) reject(error);
        return again;
      }
      // Whatever it is, it may be one request's: alone each gets what is its own, and the others what they asked for.
      if (!overtaken) services.logger.warn({ error }, 'a batch of holds failed; each is judged alone');
      for (const { viewer, request, resolve, reject } of first)
        await holdAlone(services, viewer, request).then(resolve, reject);
      return again;
    }
  }
}

async function judgeTogether(
  { database, terms, wake }: Pick<Services, 'database' | 'terms' | 'wake'>,
  batch: readonly Waiting[],
  { lookAtKeys }: { readonly lookAtKeys: boolean },
): Promise<readonly Answer[]> {
  const { viewer, request } = batch[0]!;
  return database.transaction({ organisationId: viewer.organisationId }, async (tx) => {
    await tx.rows(takeTurnSql, [request.occurrenceId], { name: 'take-turn' });
    // A key that was used before is rare, and found when it cannot be inserted: only then is it worth a look.
    const answered = lookAtKeys ? await lookAtKeysOf(tx, batch) : new Map<number, Answer>();
    const fresh = batch.filter((_, place) => !answered.has(place));
    const judged = fresh.length > 0 ? await judge(tx, fresh, terms) : null;
    const grants = judged?.grants ?? [];
    if (judged && grants.length > 0) {
      await write(tx, judged.sellable, grants);
      tx.afterCommit(wake);
    }
    const answers = new Map(grants.map(({ waiting, hold }) => [waiting, accept(hold)]));
    return batch.map(
      (waiting, place) => answered.get(place) ?? answers.get(waiting) ?? judged!.refused(waiting),
    );
  });
}

function lookAtKeysOf(tx: Transaction, batch: readonly Waiting[]): Promise<ReadonlyMap<number, Answer>> {
  const keyed = batch.map(({ viewer: { subject }, request: { idempotencyKey: key }, hash }) => ({
    subject,
    key,
    hash,
  }));
  return findOutcomes<Hold>(tx, holdOperation, keyed);
}

type Judged = {
  readonly sellable: SellableNow;
  readonly grants: readonly Grant[];
  readonly refused: (waiting: Waiting) => Answer;
};

async function judge(tx: Transaction, batch: readonly Waiting[], terms: Services['terms']): Promise<Judged> {
  const items = batch.flatMap(({ request }) => request.items);
  const typeIds = [...new Set(items.map(({ ticketTypeId }) => ticketTypeId))];
  const { occurrenceId } = batch[0]!.request;
  await shareTypes(tx, typeIds);
  const sellable = await findSellable(tx, occurrenceId, typeIds);
  const refusals = new Map<Waiting, Answer>();
  const refused = (waiting: Waiting) => {
    const refusal = refusals.get(waiting);
    assert(refusal, 'a request of a batch was not judged');
    return refusal;
  };
  const onSale = sellable ? judgeOnSale(sellable.occurrence, sellable.now) : occurrenceNotFound;
  if (!sellable || !onSale.ok) {
    for (const waiting of batch) refusals.set(waiting, onSale as Answer);
    return { sellable: sellable!, grants: [], refused };
  }
  const seatIds = [...new Set(items.flatMap((item) => item.seatIds))];
  const seats = await lookAtSeats(tx, sellable.occurrence, seatIds);
  const places = { types: sellable.types, left: new Map(sellable.left), seats, now: sellable.now };
  const grants: Grant[] = [];
  for (const waiting of batch) {
    const { items: wanted, unlocked = [] } = waiting.request;
    const judged = judgeHold(wanted, { ...places, now: sellable.now, unlocked });
    if (!judged.ok) {
      refusals.set(waiting, judged);
      continue;
    }
    const plan = judged.value;
    takePlaces(places, plan);
    const hold = newHold({ occurrenceId, plan, placedBy: waiting.viewer.subject }, sellable.now, terms);
    grants.push({ waiting, plan, hold });
  }
  return { sellable, grants, refused };
}

/** In the order in which locks are taken: holds (that expired), keys, seats, and at last the buckets. */
async function write(tx: Transaction, sellable: SellableNow, grants: readonly Grant[]): Promise<void> {
  const occurrenceId = sellable.occurrence.id;
  const wanted = new Map<string, number>();
  for (const { plan } of grants)
    for (const { quotaId, quantity } of plan.quotas)
      wanted.set(quotaId, (wanted.get(quotaId) ?? 0) + quantity);
  const needed = [...wanted].some(
    ([quotaId, quantity]) => quantity > sellable.left.get(quotaId)! - sellable.expired.get(quotaId)!,
  );
  const reclaimed = needed ? (await reclaimExpired(tx, occurrenceId, { wait: true })).changes : [];
  const holds = grants.map(recordOf);
  const { expiresAt } = grants[0]!.hold;
  const [counted] = await tx.rows<{ keys: number; seats: number }>(
    grantHoldsSql,
    [tx.organisationId, occurrenceId, expiresAt, `[${holds.join(',')}]`, holdOperation],
    { name: 'grant-holds' },
  );
  const seats = grants.reduce((sum, { plan }) => sum + plan.seats.length, 0);
  if (counted!.keys < grants.length) throw new OvertakenError('a key was used meanwhile');
  if (counted!.seats < seats) throw new OvertakenError('a seat was taken meanwhile');
  await appendEach(
    tx,
    grants.map(({ hold, waiting: { cause } }) => ({
      streamId: streamId('hold', hold.id),
      expectedVersion: 'none',
      events: [holdPlaced(hold)],
      cause,
    })),
  );
  if (sellable.quotasWithoutBucket.length > 0)
    await ensureBuckets(tx, occurrenceId, sellable.quotasWithoutBucket);
  const changes = [...wanted].map(([quotaId, held]) => ({ quotaId, held, sold: 0 }));
  const short = await moveBuckets(tx, occurrenceId, [...reclaimed, ...changes]);
  if (short) throw new OvertakenError('places were taken meanwhile');
}

/** One record of the statement's parameter. The outcome is what the key will answer; it is serialised already. */
function recordOf({ waiting: { viewer, request, hash }, hold, plan }: Grant): string {
  const record = JSON.stringify({
    id: hold.id,
    subject: viewer.subject,
    key: request.idempotencyKey,
    hash,
    lines: hold.lines.map(toStoredLine),
    quantity: hold.quantity,
    total: `${hold.total.amountMinor}`,
    currency: hold.total.currency,
    quotas: plan.quotas.map(({ quotaId, quantity }) => ({ q: quotaId, n: quantity })),
    ...(plan.seats.length > 0 && { seats: plan.seats.map(({ seatId }) => seatId) }),
  });
  return `${record.slice(0, -1)},"outcome":${storedOutcome(hold)}}`;
}
