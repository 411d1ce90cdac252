import {
  accept,
  invalid,
  notFound,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOn } from '../access.ts';
import {
  holdExpired,
  judgeHoldLive,
  type Hold,
  type HoldExpired,
  type HoldNotActive,
} from '../holds/hold.ts';
import { findHolds, lockHold } from '../holds/hold-rows.ts';
import { expireOccurrence } from '../inventory/expire-occurrence.ts';
import type { NotOnSale } from '../occurrences/occurrence.ts';
import { recordOutsidePayment, settleOutside, type OutsideProvider } from '../payments/outside-payment.ts';
import type { Business, CartDiscounts } from '../pricing/price-cart.ts';
import { askAboutCart } from '../plugins/cart-hooks.ts';
import type { GuestLimitReached } from '../pricing/sale-terms.ts';
import { answerNewOrder } from '../questions/ask.ts';
import type { GivenAnswer } from '../questions/question.ts';
import { scheduleOrder } from '../instalments/schedule-order.ts';
import type { Services } from '../services.ts';
import { overdueOccurrences, recordUse } from '../vouchers/use-voucher.ts';
import { normaliseCode, type Voucher, type VoucherNotUsable } from '../vouchers/voucher.ts';
import { findVoucherByCode } from '../vouchers/voucher-rows.ts';
import { ensureGuest } from './ensure-guest.ts';
import { judgeCart, judgeOccurrences, type CartToJudge } from './judge-cart.ts';
import { findOrders } from './order-rows.ts';
import type { Order } from './order.ts';
import { composeOrder, takeOver, writeOrder } from './place-order.ts';

export type CheckOutRequest = {
  readonly idempotencyKey: string;
  readonly holdId: string;
  /** Further holds of the same cart, of the same occurrence or of others. */
  readonly moreHoldIds?: readonly string[];
  readonly guest: { readonly email: string; readonly name: string };
  readonly voucherCode: string | null;
  readonly business?: Business | null;
  /** Waits to be submitted, so that it can be looked over first. */
  readonly draft?: boolean;
  /** By the plan that is offered for this cart. */
  readonly inInstalments?: boolean;
  /** To what is asked for each ticket. */
  readonly answers?: readonly GivenAnswer[];
  /** Sold at a desk, where it was paid already: it needs no approval. */
  readonly desk?: OutsideProvider;
};

export type CheckOutRefusal =
  | HoldExpired
  | HoldNotActive
  | NotOnSale
  | VoucherNotUsable
  | GuestLimitReached
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

/** Turns holds into an order that waits to be paid. The places stay held, now by the order and for its own time. */
export async function checkOut(
  services: Services,
  viewer: Viewer,
  request: CheckOutRequest,
): Promise<Outcome<Order, CheckOutRefusal>> {
  const holdIds = [request.holdId, ...(request.moreHoldIds ?? [])];
  const holds = await services.database.read(viewer, (tx) => findHolds(tx, holdIds));
  if (holds.length !== holdIds.length || !holds.every((hold) => mayActOn(viewer, hold)))
    return notFound('The hold');
  // Before anyone is registered for nothing. A converted hold goes on: the key may be that of the same check-out.
  if (holds.some((hold) => hold.status === 'EXPIRED')) return holdExpired();
  if (holds.some((hold) => hold.total.currency !== holds[0]!.total.currency))
    return invalid('holdIds', 'must all be in one currency');
  const voucher = await findVoucher(services, viewer, request.voucherCode);
  if (!voucher.ok) return voucher;
  const plugins = await askAboutCart(services, viewer, {
    holds,
    business: request.business,
    guest: request.guest,
  });
  if (!plugins.ok) return plugins;
  const guest = await ensureGuest(services, viewer, request.guest);
  if (!guest.ok) return guest;
  const facts = { holdIds, guestId: guest.value, voucher: voucher.value, discounts: plugins.value };
  const first = await tryCheckOut(services, viewer, request, facts);
  if (first.ok) return conclude(services, viewer, first.value);
  if (first.refusal.kind !== 'VoucherNotUsable' || !voucher.value) return first;
  // Orders that are overdue may keep its last uses: they are ended first, then it is judged anew.
  const { id } = voucher.value;
  const overdue = await services.database.read(viewer, (tx) => overdueOccurrences(tx, id));
  for (const occurrenceId of overdue) await expireOccurrence(services, viewer, occurrenceId);
  if (overdue.length === 0) return first;
  const second = await tryCheckOut(services, viewer, request, facts);
  return second.ok ? conclude(services, viewer, second.value) : second;
}

/** What was paid at the desk, or costs nothing, is paid now. */
async function conclude(services: Services, viewer: Viewer, order: Order): Promise<Outcome<Order, never>> {
  if (order.status !== 'PENDING_PAYMENT') return accept(order);
  await settleOutside(services, viewer, order.id);
  const [now] = await services.database.read(viewer, (tx) => findOrders(tx, [order.id]));
  return accept(now ?? order);
}

/** By its code; null where none was given. */
async function findVoucher(
  { database }: Services,
  viewer: Viewer,
  code: string | null,
): Promise<Outcome<Voucher | null, InvalidInput>> {
  if (code === null) return accept(null);
  const found = await database.read(viewer, (tx) => findVoucherByCode(tx, normaliseCode(code)));
  return found ? accept(found) : invalid('voucherCode', 'is not a voucher of this organisation');
}

type Facts = {
  readonly holdIds: readonly string[];
  readonly guestId: string;
  readonly voucher: Voucher | null;
  readonly discounts: CartDiscounts;
};

function tryCheckOut(
  services: Services,
  viewer: Viewer,
  { idempotencyKey: key, ...request }: CheckOutRequest,
  { holdIds, guestId, voucher, discounts }: Facts,
): Promise<Outcome<Order, CheckOutRefusal>> {
  return services.database.decide<Order, CheckOutRefusal>(viewer, (tx) =>
    idempotent<Order, CheckOutRefusal>(
      tx,
      { operation: 'checkOut', key, request, subject: viewer.subject },
      async () => {
        const locked = await lockLiveHolds(tx, holdIds);
        if (!locked.ok) return locked;
        const { business = null, draft = false, desk = null, answers = [], inInstalments = false } = request;
        return place(services, tx, viewer, {
          ...locked.value,
          guestId,
          voucher,
          discounts,
          business,
          draft,
          desk,
          answers,
          inInstalments,
        });
      },
    ),
  );
}

type LiveHolds = { readonly holds: readonly Hold[]; readonly now: Date };

/** Locked by id, as the law of capacity.ts says; answered in the sequence of the cart. */
async function lockLiveHolds(
  tx: Transaction,
  holdIds: readonly string[],
): Promise<Outcome<LiveHolds, HoldExpired | HoldNotActive | NotFound>> {
  const live = new Map<string, Hold>();
  let at: Date | null = null;
  for (const id of holdIds.toSorted()) {
    const found = await lockHold(tx, id);
    if (!found) return notFound('The hold');
    const judged = judgeHoldLive(found.hold, found.now);
    if (!judged.ok) return judged;
    live.set(id, judged.value);
    at = found.now;
  }
  return at ? accept({ holds: holdIds.map((id) => live.get(id)!), now: at }) : notFound('The hold');
}

type Cart = CartToJudge & {
  readonly draft: boolean;
  readonly inInstalments: boolean;
  readonly answers: readonly GivenAnswer[];
  readonly desk: OutsideProvider | null;
};

async function place(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  cart: Cart,
): Promise<Outcome<Order, CheckOutRefusal>> {
  const { holds, now, guestId, business } = cart;
  const onSale = await judgeOccurrences(tx, cart);
  if (!onSale.ok) return onSale;
  const judged = await judgeCart(tx, cart);
  if (!judged.ok) return judged;
  const { voucher, priced, approvalHours } = judged.value;
  const composed = composeOrder(holds, priced, {
    guestId,
    placedBy: viewer.subject,
    createdAt: now,
    ...firstState(services, cart, approvalHours),
  });
  const { order } = composed;
  await writeOrder(tx, { ...composed, voucherId: voucher?.id ?? null, business });
  // At a desk there is a queue: what is asked there is answered later, as for a draft.
  const allNow = !cart.draft && cart.desk === null;
  const answered = await answerNewOrder(tx, order.id, cart.answers, { allNow });
  if (!answered.ok) return answered;
  const scheduled = cart.inInstalments ? await scheduleOrder(tx, order, holds) : accept(true);
  if (!scheduled.ok) return scheduled;
  if (voucher)
    await recordUse(tx, {
      voucherId: voucher.id,
      orderId: order.id,
      guestId,
      discountMinor: priced.price.voucherMinor,
    });
  if (!(await takeOver(tx, holds, order))) return holdExpired();
  if (order.status === 'PENDING_PAYMENT' && (cart.desk || order.total.amountMinor === 0n))
    await recordOutsidePayment(tx, order, cart.desk ?? 'none');
  tx.afterCommit(services.wake);
  return accept(order);
}

/** What it waits for, and how long. */
function firstState(
  { terms }: Services,
  { draft, desk, now }: Cart,
  approvalHours: number | null,
): Pick<Order, 'status' | 'expiresAt'> {
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  const soon = inMs(terms.orderMinutes * 60_000);
  if (draft) return { status: 'DRAFT', expiresAt: soon };
  if (desk || approvalHours === null) return { status: 'PENDING_PAYMENT', expiresAt: soon };
  return { status: 'PENDING_APPROVAL', expiresAt: inMs(approvalHours * 3_600_000) };
}
