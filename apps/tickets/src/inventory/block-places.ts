import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  assert,
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
  notEnoughTickets,
  seatsTaken,
  type HoldItem,
  type HoldPlan,
  type NotEnoughTickets,
  type SeatsTaken,
} from '../holds/hold.ts';
import { lineData } from '../holds/hold-events.ts';
import { judgeHold, unknownSeatMessage } from '../holds/judge-hold.ts';
import { findSellable, lookAtSeats, shareTypes, type SellableNow } from '../holds/sellable.ts';
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import type { Services } from '../services.ts';
import { findBlocks, type PlaceBlock } from './block-rows.ts';
import {
  claimSeats,
  ensureBuckets,
  moveBuckets,
  reclaimExpired,
  releaseQuotas,
  releaseSeats,
} from './capacity.ts';

export type BlockRequest = {
  readonly idempotencyKey: string;
  readonly occurrenceId: string;
  readonly items: readonly HoldItem[];
  readonly reason: string;
};

type Refusals = NotEnoughTickets | SeatsTaken | InvalidInput | NotFound | IdempotencyConflict | Unavailable;

/**
 * Keeps places back, until they are released: seats that nobody shall sit in, tickets for the press. They are claimed as
 * a hold claims them, by the same guarded statements, so a block never takes what is sold or held.
 */
export async function blockPlaces(
  services: Services,
  viewer: Viewer,
  request: BlockRequest,
): Promise<Outcome<PlaceBlock, Refusals>> {
  const { idempotencyKey: key, ...rest } = request;
  return withOwnersWord<PlaceBlock, Refusals>(
    () =>
      services.database.decide<PlaceBlock, Refusals>(viewer, (tx) =>
        idempotent<PlaceBlock, Refusals>(
          tx,
          { operation: 'blockPlaces', key, request: rest, subject: viewer.subject },
          async () => {
            const judged = await judge(tx, request);
            if (!judged.ok) return judged;
            const blocked = await block(tx, viewer, request, judged.value);
            if (blocked.ok) tx.afterCommit(services.wake);
            return blocked;
          },
        ),
      ),
    (refusal) =>
      (refusal.kind === 'NotFound' && refusal.message === occurrenceNotFound.refusal.message) ||
      (refusal.kind === 'InvalidInput' && refusal.message === unknownSeatMessage),
    (refusal) =>
      refreshOccurrence(services, viewer, request.occurrenceId, {
        withSeatMap: refusal.kind === 'InvalidInput',
      }),
  );
}

const occurrenceNotFound = notFound('The occurrence');
/** What one guest may buy does not limit what the organiser keeps. */
const noLimit = 1_000_000;

type Judged = { readonly plan: HoldPlan; readonly sellable: SellableNow };

async function judge(tx: Transaction, request: BlockRequest): Promise<Outcome<Judged, Refusals>> {
  const typeIds = request.items.map((item) => item.ticketTypeId);
  await shareTypes(tx, typeIds);
  const sellable = await findSellable(tx, request.occurrenceId, typeIds);
  if (!sellable) return occurrenceNotFound;
  const seats = await lookAtSeats(
    tx,
    sellable.occurrence.id,
    request.items.flatMap((item) => item.seatIds),
  );
  // A block is no sale: it takes nothing of an early-bird price.
  const types = new Map(
    [...sellable.types].map(([id, type]) => [
      id,
      { ...type, maxPerOrder: noLimit, tiers: [], leastWanted: null },
    ]),
  );
  const judged = judgeHold(request.items, { ...sellable, types, seats });
  if (judged.ok) return accept({ plan: judged.value, sellable });
  const { refusal } = judged;
  const { kind } = refusal;
  assert(kind !== 'NotOnSale', 'terms of sale were judged for what is not sold');
  assert(kind !== 'SingleSeatLeft' && kind !== 'CompanionSeatAlone', 'rules for buyers were judged');
  return refuse(refusal);
}

async function block(
  tx: Transaction,
  viewer: Viewer,
  { occurrenceId, reason }: BlockRequest,
  { plan, sellable }: Judged,
): Promise<Outcome<PlaceBlock, NotEnoughTickets | SeatsTaken>> {
  const placed: PlaceBlock = {
    id: newUuid(),
    occurrenceId,
    status: 'ACTIVE',
    lines: plan.lines.map(lineData),
    quantity: plan.quantity,
    reason,
    createdAt: sellable.now,
    releasedAt: null,
  };
  const { changes } = await reclaimExpired(tx, occurrenceId, { wait: true });
  const seatIds = plan.seats.map(({ seatId }) => seatId);
  const taken = await claimSeats(tx, { occurrenceId, ownerId: placed.id, seatIds, expiresAt: 'infinity' });
  if (taken.length > 0) return seatsTaken(taken);
  await insertBlock(tx, placed, plan, viewer.subject);
  const lines = placed.lines.map(lineData);
  await appendEvents(tx, {
    streamId: streamId('block', placed.id),
    expectedVersion: 'none',
    events: [
      {
        type: 'tickets.places-blocked.v1',
        data: { blockId: placed.id, occurrenceId, quantity: placed.quantity, lines, reason },
      },
    ],
  });
  await ensureBuckets(tx, occurrenceId, sellable.quotasWithoutBucket);
  const wanted = plan.quotas.map(({ quotaId, quantity }) => ({ quotaId, held: quantity, sold: 0 }));
  const short = await moveBuckets(tx, occurrenceId, [...changes, ...wanted]);
  return short ? notEnoughTickets(Math.max(0, sellable.left.get(short.shortOf) ?? 0)) : accept(placed);
}

async function insertBlock(
  tx: Transaction,
  placed: PlaceBlock,
  plan: HoldPlan,
  blockedBy: string,
): Promise<void> {
  await tx.execute(
    `with placed as (
       insert into place_block (organisation_id, id, occurrence_id, status, lines, quantity, reason, blocked_by, created_at)
       values ($1, $2, $3, 'ACTIVE', $4, $5, $6, $7, $8))
     insert into quota_claim (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
     select $1, $2, quota_id, $3, quantity, 'infinity'
     from unnest($9::uuid[], $10::integer[]) as wanted (quota_id, quantity)`,
    [
      tx.organisationId,
      placed.id,
      placed.occurrenceId,
      JSON.stringify(placed.lines),
      placed.quantity,
      placed.reason,
      blockedBy,
      placed.createdAt,
      plan.quotas.map(({ quotaId }) => quotaId),
      plan.quotas.map(({ quantity }) => quantity),
    ],
  );
}

/** The places can be bought again. A block that was released already is answered as such. */
export async function unblockPlaces(
  { database, wake }: Services,
  viewer: Viewer,
  blockId: string,
): Promise<Outcome<PlaceBlock, NotFound>> {
  return database.decide<PlaceBlock, NotFound>(viewer, async (tx) => {
    await tx.rows('select id from place_block where id = $1 for update', [blockId]);
    const [found] = await findBlocks(tx, [blockId]);
    if (!found) return notFound('The block');
    if (found.status === 'RELEASED') return accept(found);
    await tx.execute(`update place_block set status = 'RELEASED', released_at = now() where id = $1`, [
      blockId,
    ]);
    const { occurrenceId, quantity } = found;
    await appendEvents(tx, {
      streamId: streamId('block', blockId),
      events: [{ type: 'tickets.places-unblocked.v1', data: { blockId, occurrenceId, quantity } }],
    });
    await releaseSeats(tx, blockId);
    await moveBuckets(tx, occurrenceId, await releaseQuotas(tx, [blockId]));
    tx.afterCommit(wake);
    const [released] = await findBlocks(tx, [blockId]);
    return released ? accept(released) : refuse(notFound('The block').refusal);
  });
}
