import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
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
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import { judgeOnSale, type NotOnSale } from '../occurrences/occurrence.ts';
import type { Services } from '../services.ts';
import type { WaitingRoomRequired } from '../waiting-room/waiting-room.ts';
import { judgeValid, normaliseCode, type VoucherNotUsable } from '../vouchers/voucher.ts';
import { findVoucherByCode } from '../vouchers/voucher-rows.ts';
import {
  newHold,
  notEnoughTickets,
  seatsTaken,
  type Hold,
  type HoldItem,
  type HoldPlan,
  type NotEnoughTickets,
  type SeatsTaken,
} from './hold.ts';
import { holdPlaced } from './hold-events.ts';
import { findKeptHolds, insertHold, type KeptHold } from './hold-rows.ts';
import { mayActForOthers } from '../access.ts';
import type { BestWish } from '../seating/best-wish.ts';
import type { CompanionSeatAlone, NoSeatsTogether, SingleSeatLeft } from '../seating/chosen-seats.ts';
import { readPolicy, readSeating, readSeats } from '../seating/read-seats.ts';
import { takeTurn } from './grant-batch.sql.ts';
import { judgeRequest, type JudgeRefusal, unknownSeatMessage, unplacedSeatsMessage } from './judge-hold.ts';
import { findSellable, shareTypes, type SellableNow } from './sellable.ts';
import type { TooBusy } from './granting.ts';

export type HoldRequest = {
  readonly idempotencyKey: string;
  readonly occurrenceId: string;
  readonly items: readonly HoldItem[];
  /** Seats are to be chosen instead; then no items are named. */
  readonly best?: BestWish;
  /** The types among which they are chosen, looked up once; no part of what was asked. */
  readonly candidates?: readonly string[];
  /** Of the waiting room, where one is on. No part of what was asked: another pass is the same request. */
  readonly admissionPass?: string | null;
  /** Opens hidden types. */
  readonly voucherCode?: string;
  /** The types that the voucher opens, looked up once; no part of what was asked. */
  readonly unlocked?: readonly string[];
};

export type HoldRefusal =
  | NotEnoughTickets
  | SeatsTaken
  | SingleSeatLeft
  | CompanionSeatAlone
  | NoSeatsTogether
  | NotOnSale
  | VoucherNotUsable
  | TooBusy
  | WaitingRoomRequired
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

/**
 * Puts tickets aside: all that is asked for or nothing. When places look taken, those of expired holds are taken back
 * in the same transaction and the judgement is made anew; a sweeper is never waited for. Many requests at once are
 * granted together where the service has a `granting`; each is judged on its own all the same, with the same answers.
 */
export async function holdTickets(
  services: Services,
  viewer: Viewer,
  { admissionPass = null, ...asked }: HoldRequest,
): Promise<Outcome<Hold, HoldRefusal>> {
  const asking = services.waitingRooms.admit(viewer, asked.occurrenceId, admissionPass);
  const admitted = asking instanceof Promise ? await asking : asking;
  if (!admitted.ok) return admitted;
  // Without a voucher the request joins the others at once, in the order in which they came.
  const unlocking =
    asked.voucherCode === undefined
      ? accept(asked)
      : await unlock(services, viewer, asked, asked.voucherCode);
  if (!unlocking.ok) return unlocking;
  const request = unlocking.value;
  return withOwnersWord<Hold, HoldRefusal>(
    () => services.granting?.hold(viewer, request) ?? holdAlone(services, viewer, request),
    (refusal) =>
      refusal.kind === 'NotOnSale' ||
      (refusal.kind === 'NotFound' && refusal.message === occurrenceNotFound.refusal.message) ||
      (refusal.kind === 'InvalidInput' &&
        [unknownSeatMessage, unplacedSeatsMessage].includes(refusal.message)),
    (refusal) =>
      refreshOccurrence(services, viewer, request.occurrenceId, {
        withSeatMap: refusal.kind === 'InvalidInput',
      }),
  );
}

/** With the types that its voucher opens. */
async function unlock(
  { database }: Services,
  viewer: Viewer,
  request: HoldRequest,
  voucherCode: string,
): Promise<Outcome<HoldRequest, VoucherNotUsable | InvalidInput>> {
  return database.read(viewer, async (tx): Promise<Outcome<HoldRequest, VoucherNotUsable | InvalidInput>> => {
    const voucher = await findVoucherByCode(tx, normaliseCode(voucherCode));
    if (!voucher) return invalid('voucherCode', 'is not a voucher of this organisation');
    const [clock] = await tx.rows<{ now: Date }>('select now() as now');
    const valid = judgeValid(voucher, clock!.now);
    return valid.ok ? accept({ ...request, unlocked: voucher.unlocks }) : valid;
  });
}

export const occurrenceNotFound = notFound('The occurrence');
export const holdOperation = 'holdTickets';

/** One request in a transaction of its own. */
export async function holdAlone(
  services: Pick<Services, 'database' | 'terms' | 'wake'>,
  viewer: Viewer,
  request: HoldRequest,
): Promise<Outcome<Hold, HoldRefusal>> {
  let tried = await tryHold(services, viewer, request, 'take what is free');
  for (let attempt = 1; attempt < maxAttempts && !tried.ok && tried.refusal.again; attempt++)
    tried = await tryHold(services, viewer, request, 'reclaim first');
  if (tried.ok) return tried;
  const { again, ...refusal } = tried.refusal;
  return refuse(again && request.best ? overtaken : refusal);
}

/** With each attempt someone else got what was wanted: a price tier, of which each may have a few. */
const maxAttempts = 20;

/** Seats that were chosen for the buyer went to others each time. */
const overtaken: TooBusy = {
  kind: 'TooBusy',
  message: 'Others were quicker each time. Nothing was held; please try again.',
  retryAfterSeconds: 1,
};

type Manner = 'take what is free' | 'reclaim first';

/** `again`: there may be enough once expired holds are taken back, or at another price. */
type Tried = HoldRefusal & { readonly again?: true };

async function tryHold(
  services: Pick<Services, 'database' | 'terms' | 'wake'>,
  viewer: Viewer,
  { idempotencyKey: key, unlocked = [], candidates = [], ...request }: HoldRequest,
  manner: Manner,
): Promise<Outcome<Hold, Tried>> {
  return services.database.decide<Hold, Tried>(viewer, async (tx) => {
    // All who ask for the best seats want the same ones: one after the other each gets the best that are left.
    if (request.best)
      await tx.rows(takeTurn.sql, [request.occurrenceId, candidates], { name: takeTurn.name });
    const asked = { operation: holdOperation, key, request, subject: viewer.subject };
    let fresh: Hold | null = null;
    const kept = await idempotent<KeptHold, Tried>(tx, asked, async () => {
      const judged = await judgePlaces(tx, viewer, { ...request, unlocked, candidates });
      const granted = judged.ok ? await grantHold(services, tx, viewer, judged.value, manner) : judged;
      if (!granted.ok) return granted;
      fresh = granted.value;
      return accept(fresh.id);
    });
    if (!kept.ok) return kept;
    return accept(fresh ?? (await findKeptHolds(tx, [kept.value]))(kept.value));
  });
}

export type JudgedPlaces = {
  readonly plan: HoldPlan;
  readonly sellable: SellableNow;
  readonly chosenForBuyer: boolean;
};

/** Every type that a request may take places of. */
export const typesOf = ({ items, candidates = [] }: Pick<HoldRequest, 'items' | 'candidates'>): string[] => [
  ...items.map(({ ticketTypeId }) => ticketTypeId),
  ...candidates,
];

/** Whether there is what was asked for, as this transaction sees it. Who grants it decides by the rows themselves. */
export async function judgePlaces(
  tx: Transaction,
  viewer: Viewer,
  request: Omit<HoldRequest, 'idempotencyKey'>,
): Promise<Outcome<JudgedPlaces, JudgeRefusal | NotOnSale>> {
  const typeIds = typesOf(request);
  await shareTypes(tx, typeIds);
  const sellable = await findSellable(tx, request.occurrenceId, typeIds);
  if (!sellable) return occurrenceNotFound;
  const onSale = judgeOnSale(sellable.occurrence, sellable.now);
  if (!onSale.ok) return onSale;
  const seats = await readSeats(tx, request.occurrenceId, [request]);
  const policy = await readPolicy(tx, request.occurrenceId, [request]);
  const seating = await readSeating(tx, sellable, [request], policy);
  const places = {
    ...sellable,
    seats,
    unlocked: request.unlocked ?? [],
    ...(!mayActForOthers(viewer) && { seating }),
  };
  const judged = judgeRequest(request, places, seating);
  return judged.ok ? accept({ plan: judged.value, sellable, chosenForBuyer: !!request.best }) : judged;
}

/** Places that were judged in this transaction become a hold; `again` in a refusal says that more may be free soon. */
export async function grantHold(
  services: Pick<Services, 'terms' | 'wake'>,
  tx: Transaction,
  viewer: Viewer,
  { plan, sellable, chosenForBuyer }: JudgedPlaces,
  manner: Manner,
): Promise<Outcome<Hold, Tried>> {
  const occurrenceId = sellable.occurrence.id;
  const reclaimed: QuotaChange[] =
    manner === 'reclaim first' ? (await reclaimExpired(tx, occurrenceId, { wait: true })).changes : [];
  const hold = newHold({ occurrenceId, plan, placedBy: viewer.subject }, sellable.now, services.terms);
  const seatIds = plan.seats.map(({ seatId }) => seatId);
  const taken = await claimSeats(tx, { occurrenceId, ownerId: hold.id, seatIds, expiresAt: hold.expiresAt });
  if (taken.length > 0) {
    const { refusal } = seatsTaken(taken);
    return refuse({ ...refusal, ...(chosenForBuyer && { again: true as const }) });
  }
  await insertHold(tx, { ...hold, plan });
  await appendEvents(tx, {
    streamId: streamId('hold', hold.id),
    expectedVersion: 'none',
    events: [holdPlaced(hold)],
  });
  if (sellable.quotasWithoutBucket.length > 0)
    await ensureBuckets(tx, occurrenceId, sellable.quotasWithoutBucket);
  const wanted = plan.quotas.map(({ quotaId, quantity }) => ({ quotaId, held: quantity, sold: 0 }));
  const short = await moveBuckets(tx, occurrenceId, [...reclaimed, ...wanted]);
  if (short) {
    const ofTier = ![...sellable.types.values()].some(({ quotaIds }) => quotaIds.includes(short.shortOf));
    const again = ofTier || manner === 'take what is free';
    return refuse({ ...(await shortRefusal(tx, occurrenceId, short.shortOf)), ...(again && { again }) });
  }
  tx.afterCommit(services.wake);
  return accept(hold);
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
