import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import {
  claimSeats,
  ensureBuckets,
  moveBuckets,
  reclaimExpired,
  type QuotaChange,
} from '../inventory/capacity.ts';
import { moneyData } from '../money-data.ts';
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import { judgeOnSale, type NotOnSale } from '../occurrences/occurrence.ts';
import type { Services } from '../services.ts';
import {
  notEnoughTickets,
  planHold,
  seatsTaken,
  type Hold,
  type HoldItem,
  type HoldLine,
  type HoldPlan,
  type NotEnoughTickets,
  type SeatsTaken,
} from './hold.ts';
import { insertHold } from './hold-rows.ts';
import { findSellable, lookAtSeats, type SellableNow } from './sellable.ts';

export type HoldRequest = {
  readonly idempotencyKey: string;
  readonly occurrenceId: string;
  readonly items: readonly HoldItem[];
};

export type HoldRefusal =
  NotEnoughTickets | SeatsTaken | NotOnSale | InvalidInput | NotFound | IdempotencyConflict | Unavailable;

/**
 * Puts tickets aside: all that is asked for or nothing. When places look taken, those of expired holds are taken back
 * in the same transaction and the judgement is made anew; a sweeper is never waited for.
 */
export async function holdTickets(
  services: Services,
  viewer: Viewer,
  request: HoldRequest,
): Promise<Outcome<Hold, HoldRefusal>> {
  return withOwnersWord<Hold, HoldRefusal>(
    async () => {
      const first = await tryHold(services, viewer, request, 'take what is free');
      if (first.ok || !first.refusal.reclaim) return first;
      return tryHold(services, viewer, request, 'reclaim first');
    },
    (refusal) =>
      refusal.kind === 'NotOnSale' ||
      (refusal.kind === 'NotFound' && refusal.message === occurrenceNotFound.refusal.message) ||
      (refusal.kind === 'InvalidInput' && refusal.message === unknownSeatMessage),
    (refusal) =>
      refreshOccurrence(services, viewer, request.occurrenceId, {
        withSeatMap: refusal.kind === 'InvalidInput',
      }),
  );
}

const occurrenceNotFound = notFound('The occurrence');
const unknownSeatMessage = 'names a seat that is not in this section';

type Manner = 'take what is free' | 'reclaim first';

/** `reclaim`: there may be enough once expired holds are taken back. */
type Tried = HoldRefusal & { readonly reclaim?: true };

async function tryHold(
  services: Services,
  viewer: Viewer,
  { idempotencyKey: key, ...request }: HoldRequest,
  manner: Manner,
): Promise<Outcome<Hold, Tried>> {
  return services.database.decide<Hold, Tried>(viewer, (tx) =>
    idempotent<Hold, Tried>(
      tx,
      { operation: 'holdTickets', key, request, subject: viewer.subject },
      async () => {
        const judged = await judgeHold(tx, request);
        return judged.ok ? grant(services, tx, viewer, request.occurrenceId, judged.value, manner) : judged;
      },
    ),
  );
}

type Judged = { readonly plan: HoldPlan; readonly sellable: SellableNow };

/** Everything that can be said without taking a lock. */
async function judgeHold(
  tx: Transaction,
  request: Omit<HoldRequest, 'idempotencyKey'>,
): Promise<Outcome<Judged, HoldRefusal>> {
  const typeIds = request.items.map((item) => item.ticketTypeId);
  const sellable = await findSellable(tx, request.occurrenceId, typeIds);
  if (!sellable) return occurrenceNotFound;
  const onSale = judgeOnSale(sellable.occurrence, sellable.now);
  if (!onSale.ok) return onSale;
  const planned = planHold(request.items, sellable.types);
  if (!planned.ok) return planned;
  const plan = planned.value;
  // A look before the leap: most of a rush is told "sold out" here, without a lock or a row written. What expired
  // counts as free, so nobody is refused for holds that nobody has any more.
  const { unknown, taken } = await lookAtSeats(tx, sellable.occurrence, plan.seats);
  if (unknown.length > 0) {
    const index = request.items.findIndex((item) => item.seatIds.some((seatId) => unknown.includes(seatId)));
    return invalid(`items.${index}.seatIds`, unknownSeatMessage);
  }
  if (taken.length > 0) return seatsTaken(taken);
  const short = shortage(plan, sellable.left);
  if (short !== null) return notEnoughTickets(short);
  return accept({ plan, sellable });
}

/** How many of the scarcest quota are left, where that is too few. */
function shortage(plan: HoldPlan, left: ReadonlyMap<string, number>): number | null {
  const short = plan.quotas
    .filter(({ quotaId, quantity }) => (left.get(quotaId) ?? 0) < quantity)
    .map(({ quotaId }) => Math.max(0, left.get(quotaId) ?? 0));
  return short.length > 0 ? Math.min(...short) : null;
}

async function grant(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  occurrenceId: string,
  { plan, sellable }: Judged,
  manner: Manner,
): Promise<Outcome<Hold, Tried>> {
  const reclaimed: QuotaChange[] =
    manner === 'reclaim first' ? (await reclaimExpired(tx, occurrenceId, { wait: true })).changes : [];
  const hold: Hold = {
    id: newUuid(),
    occurrenceId,
    status: 'ACTIVE',
    lines: plan.lines,
    quantity: plan.quantity,
    total: plan.total,
    placedBy: viewer.subject,
    expiresAt: new Date(sellable.now.getTime() + services.terms.holdMinutes * 60_000),
  };
  const seatIds = plan.seats.map(({ seatId }) => seatId);
  const taken = await claimSeats(tx, { occurrenceId, ownerId: hold.id, seatIds, expiresAt: hold.expiresAt });
  if (taken.length > 0) return seatsTaken(taken);
  await insertHold(tx, { ...hold, plan });
  await appendEvents(tx, {
    streamId: streamId('hold', hold.id),
    expectedVersion: 'none',
    events: [
      {
        type: 'tickets.hold-placed.v1',
        data: {
          holdId: hold.id,
          occurrenceId,
          quantity: hold.quantity,
          lines: hold.lines.map(lineData),
          total: moneyData(hold.total),
          expiresAt: hold.expiresAt.toISOString(),
        },
      },
    ],
  });
  if (sellable.quotasWithoutBucket.length > 0)
    await ensureBuckets(tx, occurrenceId, sellable.quotasWithoutBucket);
  const wanted = plan.quotas.map(({ quotaId, quantity }) => ({ quotaId, held: quantity, sold: 0 }));
  const short = await moveBuckets(tx, occurrenceId, [...reclaimed, ...wanted]);
  if (short) return refuse({ ...(await shortRefusal(tx, occurrenceId, short.shortOf)), ...again(manner) });
  tx.afterCommit(services.wake);
  return accept(hold);
}

export function lineData(line: HoldLine): { ticketTypeId: string; quantity: number; seatIds: string[] } {
  return { ticketTypeId: line.ticketTypeId, quantity: line.quantity, seatIds: [...line.seatIds] };
}

function again(manner: Manner): { readonly reclaim?: true } {
  return manner === 'take what is free' ? { reclaim: true } : {};
}

/** What the caller is told is left; by the time it is read it may be less. */
async function shortRefusal(
  tx: Transaction,
  occurrenceId: string,
  quotaId: string,
): Promise<NotEnoughTickets> {
  const [row] = await tx.rows<{ available: number }>(
    'select size - held - sold as available from quota_bucket where occurrence_id = $1 and quota_id = $2',
    [occurrenceId, quotaId],
  );
  return notEnoughTickets(Math.max(0, row?.available ?? 0)).refusal;
}
