import {
  accept,
  invalid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { ticketPaidOnTop } from '../exchange/surcharges.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import type { Services } from '../services.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { recordRefund } from './record-refund.ts';
import { judgeAmount, planRefund, type RefundExceedsPayments } from './refund.ts';
import { planTicketRefund, type TicketNotRefundable, type TicketsPlan } from './refund-tickets.ts';

export type WhatToRefund = {
  readonly orderId: string;
  /** Everything that is left, or for chosen tickets what the policy says, where there is none. */
  readonly amount: Money | null;
  readonly reason: string | null;
  /** These end, and their places are free again. */
  readonly ticketIds?: readonly string[];
  readonly waivesCancellationFee?: boolean;
};

export type RefundRequest = WhatToRefund & { readonly idempotencyKey: string };
/** Someone gave it back by hand, outside of every provider: over a counter, by a transfer. */
export type ExternalRefundRequest = RefundRequest & { readonly reference: string };

export type RefundRefusal =
  RefundExceedsPayments | TicketNotRefundable | InvalidInput | NotFound | IdempotencyConflict;

/** `refundIds`: one for each payment that it goes back to. */
type Decided = { readonly orderId: string; readonly refundIds: readonly string[] };

/**
 * Decides a refund in one transaction; then the provider is asked to carry it out. Where it does not answer, the
 * refund stands as CREATED and its saga goes on with it.
 */
export async function refundOrder(
  services: Services,
  viewer: Viewer,
  request: RefundRequest,
): Promise<Outcome<Decided, RefundRefusal>> {
  const decided = await decide(services, viewer, 'refundOrder', request);
  if (decided.ok)
    for (const refundId of decided.value.refundIds) await carryOutRefund(services, viewer, refundId);
  return decided;
}

/** Writes down what was given back by hand: as a refund of ours in all that counts, but nobody is asked for money. */
export function recordExternalRefundByHand(
  services: Services,
  viewer: Viewer,
  request: ExternalRefundRequest,
): Promise<Outcome<Decided, RefundRefusal>> {
  return decide(services, viewer, 'recordExternalRefund', request, { reference: request.reference });
}

function decide(
  services: Services,
  viewer: Viewer,
  operation: string,
  { idempotencyKey: key, ...request }: RefundRequest,
  external?: { readonly reference: string },
): Promise<Outcome<Decided, RefundRefusal>> {
  return services.database.decide<Decided, RefundRefusal>(viewer, (tx) =>
    idempotent<Decided, RefundRefusal>(tx, { operation, key, request, subject: viewer.subject }, async () => {
      const found = await lockOrder(tx, request.orderId);
      if (!found) return notFound('The order');
      if (external && (await isRecorded(tx, request.orderId, external.reference)))
        return invalid('reference', 'was recorded already');
      const planned = await plan(tx, found, request);
      if (!planned.ok) return planned;
      const { plan: what, tickets } = planned.value;
      const { reason } = request;
      const refundIds = await recordRefund(tx, found.order, what, {
        reason,
        ...(tickets && { tickets }),
        ...(external && { external }),
        inHand: true,
      });
      tx.afterCommit(services.wake);
      if (external) tx.afterCommit(services.wakeIssuing);
      return accept({ orderId: found.order.id, refundIds });
    }),
  );
}

type Planned = Pick<TicketsPlan, 'plan'> & Partial<Pick<TicketsPlan, 'tickets'>>;

async function plan(
  tx: Transaction,
  found: { readonly order: Order; readonly now: Date },
  { amount, ticketIds, waivesCancellationFee = false }: WhatToRefund,
): Promise<Outcome<Planned, RefundRefusal>> {
  if (!ticketIds) {
    const planned = planRefund(found.order, amount);
    if (!planned.ok) return planned;
    const isWhole = planned.value.status === 'REFUNDED';
    const ticketId = isWhole ? await ticketPaidOnTop(tx, found.order.id) : null;
    return ticketId === null ? accept({ plan: planned.value }) : keepsItsPlace(ticketId);
  }
  const inCurrency = judgeAmount(found.order, amount);
  if (!inCurrency.ok) return inCurrency;
  const amountMinor = amount?.amountMinor ?? null;
  return planTicketRefund(tx, found, { ticketIds, amountMinor, waivesCancellationFee });
}

/** What was paid for a ticket's better place goes back with that place, or nobody would have paid for it. */
function keepsItsPlace(ticketId: string): { readonly ok: false; readonly refusal: TicketNotRefundable } {
  const message =
    'A ticket has its place by this order. Refund that ticket by its own order, or exchange it back: ' +
    'what was paid here goes back first.';
  return refuse({ kind: 'TicketNotRefundable', message, ticketId });
}

async function isRecorded(tx: Transaction, orderId: string, reference: string): Promise<boolean> {
  const rows = await tx.rows(
    `select id from refund where order_id = $1 and reference = $2 and status = 'EXTERNAL' limit 1`,
    [orderId, reference],
  );
  return rows.length > 0;
}
