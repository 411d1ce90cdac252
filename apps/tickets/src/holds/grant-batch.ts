import { accept, assert, newUuid, type Outcome } from '@marquee/kernel';
import {
  findOutcomes,
  isConnectionFailure,
  isDeadlock,
  isStatementTimeout,
  isUniqueViolation,
  type Transaction,
} from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Correlation } from '@marquee/telemetry';
import { closeWithBuckets, closeWithNewBuckets, isOvertaken, reclaimExpired } from '../inventory/capacity.ts';
import { judgeOnSale } from '../occurrences/occurrence.ts';
import type { Services } from '../services.ts';
import { announce, takenBeside, type Flight } from './flights.ts';
import { grantHoldsSql, shareTurn, takeTurn } from './grant-batch.sql.ts';
import { grantParameters, type Grant } from './grant-parameters.ts';
import { newHold, type Hold } from './hold.ts';
import { findKeptHolds, type KeptHold } from './hold-rows.ts';
import {
  holdAlone,
  holdOperation,
  occurrenceNotFound,
  typesOf,
  type HoldRefusal,
  type HoldRequest,
} from './hold-tickets.ts';
import { mayActForOthers } from '../access.ts';
import { readPolicy, readSeating, readSeats } from '../seating/read-seats.ts';
import { judgeRequest, takePlaces, type Places, type SeatingNow } from './judge-hold.ts';
import { findSellable, type SellableNow } from './sellable.ts';

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

/** Who is overtaken this often is judged alone, where the database sorts it out one by one. */
const maxAttempts = 4;

/**
 * Judges requests for one occurrence, in their order, in one transaction, and answers each caller for itself. Answers
 * those that must be judged again, beside nobody: who would get what they want if another batch under way failed, and
 * the second use of a key, which waits for the first one's answer. Never throws: a fault goes to those that it concerns.
 */
export async function grantBatch(
  services: Pick<Services, 'database' | 'terms' | 'wake' | 'logger'>,
  batch: readonly Waiting[],
  flight: Flight,
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
      const answers = await judgeTogether(services, first, { flight, overtaken: attempt > 1 });
      for (const [place, waiting] of first.entries()) {
        const answer = answers[place]!;
        if (answer === 'again') again.push(waiting);
        else waiting.resolve(answer);
      }
      return again;
    } catch (error) {
      announce(flight, []);
      // All of it was rolled back, so trying again doubles nothing.
      const keyUsed = isUniqueViolation(error, 'idempotency_key_pkey');
      const overtaken = keyUsed || isOvertaken(error) || isDeadlock(error);
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

type Answered = Answer | 'again';

type Together = { readonly flight: Flight; readonly overtaken: boolean };

/** Two round trips: a look, under the turn, and the grant, with the commit. */
async function judgeTogether(
  { database, terms, wake }: Pick<Services, 'database' | 'terms' | 'wake'>,
  batch: readonly Waiting[],
  { flight, overtaken }: Together,
): Promise<readonly Answered[]> {
  const organisationId = batch[0]!.viewer.organisationId;
  return database.transaction(
    { organisationId },
    async (tx) => {
      const [look, answered] = await Promise.all([
        lookTogether(tx, batch, overtaken ? takeTurn : shareTurn),
        // A key that was used before is rare, and found when it cannot be inserted: only then is it worth a look.
        overtaken ? lookAtKeysOf(tx, batch) : new Map<number, Answer>(),
      ]);
      await flight.turn;
      const fresh = batch.filter((_, place) => !answered.has(place));
      const judged = judge(look, fresh, { terms, flight });
      const { grants } = judged;
      if (grants.length > 0) {
        await write(tx, judged, grants);
        tx.afterCommit(wake);
      }
      const answers = new Map(grants.map(({ waiting, hold }) => [waiting, accept(hold)]));
      return batch.map(
        (waiting, place) => answered.get(place) ?? answers.get(waiting) ?? judged.others(waiting),
      );
    },
    { pipelined: true },
  );
}

type Look =
  | { readonly sellable: null }
  | { readonly sellable: SellableNow; readonly seats: Places['seats']; readonly seating: SeatingNow };

/** All that is asked for, as it was committed when the turn was got. */
async function lookTogether(
  tx: Transaction,
  batch: readonly Waiting[],
  turn: { readonly name: string; readonly sql: string },
): Promise<Look> {
  const { occurrenceId } = batch[0]!.request;
  const requests = batch.map(({ request }) => request);
  const typeIds = [...new Set(requests.flatMap(typesOf))];
  const [, sellable, seats, policy] = await Promise.all([
    tx.rows(turn.sql, [occurrenceId, typeIds], { name: turn.name }),
    findSellable(tx, occurrenceId, typeIds),
    readSeats(tx, occurrenceId, requests),
    readPolicy(tx, occurrenceId, requests),
  ]);
  if (!sellable) return { sellable };
  return { sellable, seats, seating: await readSeating(tx, sellable, requests, policy) };
}

async function lookAtKeysOf(
  tx: Transaction,
  batch: readonly Waiting[],
): Promise<ReadonlyMap<number, Answer>> {
  const keyed = batch.map(({ viewer: { subject }, request: { idempotencyKey: key }, hash }) => ({
    subject,
    key,
    hash,
  }));
  const found = await findOutcomes<KeptHold>(tx, holdOperation, keyed);
  const holds = await findKeptHolds(
    tx,
    [...found.values()].flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
  );
  return new Map(
    [...found].map(([place, outcome]) => [place, outcome.ok ? accept(holds(outcome.value)) : outcome]),
  );
}

type Judged = {
  readonly sellable: SellableNow;
  /** By quota, before the first of the batch. */
  readonly leftBefore: ReadonlyMap<string, number>;
  readonly grants: readonly Grant[];
  readonly others: (waiting: Waiting) => Answered;
};

function judge(
  look: Look,
  batch: readonly Waiting[],
  { terms, flight }: Pick<Services, 'terms'> & Pick<Together, 'flight'>,
): Judged {
  const refusals = new Map<Waiting, Answered>();
  const others = (waiting: Waiting) => {
    const refusal = refusals.get(waiting);
    assert(refusal, 'a request of a batch was not judged');
    return refusal;
  };
  const { sellable } = look;
  const onSale = sellable ? judgeOnSale(sellable.occurrence, sellable.now) : occurrenceNotFound;
  if (!sellable || !onSale.ok) {
    for (const waiting of batch) refusals.set(waiting, onSale as Answer);
    return { sellable: sellable!, leftBefore: new Map(), grants: [], others };
  }
  const { sure, likely } = placesOf(look, flight);
  const leftBefore = new Map(likely.left);
  const grants: Grant[] = [];
  for (const waiting of batch) {
    const { request, viewer } = waiting;
    const { unlocked = [], occurrenceId } = request;
    const judgeBy = ({ seating, ...places }: SeatedPlaces) =>
      judgeRequest(request, { ...places, unlocked, ...(!mayActForOthers(viewer) && { seating }) }, seating);
    const judged = judgeBy(likely);
    if (!judged.ok) {
      // What is refused only for what a batch beside this one takes is told so when that one is settled.
      const settled = likely === sure ? judged : judgeBy(sure);
      refusals.set(waiting, settled.ok ? 'again' : settled);
      continue;
    }
    const plan = judged.value;
    takePlaces(likely, plan);
    if (likely !== sure) takePlaces(sure, plan);
    const hold = newHold({ occurrenceId, plan, placedBy: waiting.viewer.subject }, sellable.now, terms);
    grants.push({ waiting, plan, hold, eventId: newUuid() });
  }
  announce(
    flight,
    grants.map(({ plan }) => plan),
  );
  return { sellable, leftBefore, grants, others };
}

type SeatedPlaces = Places & { readonly seating: SeatingNow };

/** What is there for sure, as what was committed says, and what is likely to be once the batches beside are, too. */
function placesOf(
  { sellable: { types, now, left }, seats, seating }: Exclude<Look, { readonly sellable: null }>,
  flight: Flight,
): { readonly sure: SeatedPlaces; readonly likely: SeatedPlaces } {
  const sure = { types, now, left: new Map(left), seats, seating };
  const beside = takenBeside(flight);
  if (!beside) return { sure, likely: sure };
  const plan = seating.plan?.without(beside.seats) ?? null;
  const likely = {
    ...sure,
    left: new Map(left),
    seats: new Map(seats),
    seating: { ...seating, plan },
  };
  for (const [quotaId, quantity] of beside.held)
    likely.left.set(quotaId, (likely.left.get(quotaId) ?? 0) - quantity);
  for (const seatId of beside.seats) {
    const seat = seats.get(seatId);
    if (seat) likely.seats.set(seatId, { ...seat, taken: true });
  }
  return { sure, likely };
}

/** In the order in which locks are taken: holds (that expired), keys, seats, and at last the buckets. */
async function write(
  tx: Transaction,
  { sellable, leftBefore }: Judged,
  grants: readonly Grant[],
): Promise<void> {
  const occurrenceId = sellable.occurrence.id;
  const wanted = new Map<string, number>();
  for (const { plan } of grants)
    for (const { quotaId, quantity } of plan.quotas)
      wanted.set(quotaId, (wanted.get(quotaId) ?? 0) + quantity);
  const needed = [...wanted].some(
    ([quotaId, quantity]) => quantity > leftBefore.get(quotaId)! - sellable.expired.get(quotaId)!,
  );
  const reclaimed = needed ? (await reclaimExpired(tx, occurrenceId, { wait: true })).changes : [];
  const seats = grants.reduce((sum, { plan }) => sum + plan.seats.length, 0);
  tx.mustReachDisk();
  // All goes out with the commit: no lock waits for this process.
  tx.closeWith(
    grantHoldsSql,
    [
      tx.organisationId,
      occurrenceId,
      grants[0]!.hold.expiresAt.toISOString(),
      holdOperation,
      ...grantParameters(grants),
      seats,
    ],
    { name: 'grant-holds' },
  );
  if (sellable.quotasWithoutBucket.length > 0)
    closeWithNewBuckets(tx, occurrenceId, sellable.quotasWithoutBucket);
  const changes = [...wanted].map(([quotaId, held]) => ({ quotaId, held, sold: 0 }));
  closeWithBuckets(tx, occurrenceId, [...reclaimed, ...changes]);
}
