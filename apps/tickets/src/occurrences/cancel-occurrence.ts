import { appendEvents, streamId } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { lockHold } from '../holds/hold-rows.ts';
import { releaseLockedHold } from '../holds/release-hold.ts';
import { moveBuckets, releaseQuotas, releaseSeats } from '../inventory/capacity.ts';
import { eventsOfParts, findParts } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { recordRefund } from '../refunds/refund-order.ts';
import { planRefund, refundable } from '../refunds/refund.ts';
import type { Services } from '../services.ts';

const reason = 'The occurrence was cancelled.';
/** Orders and holds looked at in one go. */
const batchSize = 100;

type Scope = { readonly organisationId: string };

/**
 * What follows when an occurrence is cancelled: holds are released, unpaid orders cancelled, paid ones refunded in
 * full with their tickets. Each is a transaction of its own that finds its work in the rows themselves, so a death in
 * between loses nothing and doing it again changes nothing. Answers whether nothing is left to do.
 */
export async function followCancellation(
  services: Services,
  scope: Scope,
  occurrenceId: string,
): Promise<boolean> {
  const left = await services.database.read(scope, async (tx) => ({
    holds: await idsOf(
      tx,
      `select id from hold where occurrence_id = $1 and status = 'ACTIVE'`,
      occurrenceId,
    ),
    orders: await idsOf(
      tx,
      `select id from ticket_order o where exists (
         select from order_part p where p.order_id = o.id and p.occurrence_id = $1)
       and (status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT')
         or status in ('PAID', 'PARTIALLY_REFUNDED') and exists (
           select from ticket t where t.order_id = o.id and t.occurrence_id = $1
             and t.status in ('VALID', 'TRANSFER_PENDING')))`,
      occurrenceId,
    ),
  }));
  for (const id of left.holds) await releaseOne(services, scope, id);
  for (const id of left.orders) await endOne(services, scope, id, occurrenceId);
  if (left.holds.length + left.orders.length > 0) return false;
  await services.database.transaction(scope, (tx) =>
    tx.execute('update occurrence_cancellation set completed_at = now() where occurrence_id = $1', [
      occurrenceId,
    ]),
  );
  return true;
}

async function idsOf(tx: Transaction, sql: string, occurrenceId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(`${sql} order by id limit ${batchSize}`, [occurrenceId]);
  return rows.map(({ id }) => id);
}

async function releaseOne(services: Services, scope: Scope, holdId: string): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    const found = await lockHold(tx, holdId);
    if (found?.hold.status !== 'ACTIVE') return;
    await releaseLockedHold(tx, found.hold);
    tx.afterCommit(services.wake);
  });
}

async function endOne(
  services: Services,
  scope: Scope,
  orderId: string,
  occurrenceId: string,
): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    const found = await lockOrder(tx, orderId);
    if (!found) return;
    if (found.order.status === 'PAID' || found.order.status === 'PARTIALLY_REFUNDED')
      await refundWhatIsThere(tx, found.order, occurrenceId);
    else if (isPending(found.order)) await cancelUnpaid(tx, found.order);
    tx.afterCommit(services.wake);
  });
}

function isPending({ status }: Order): boolean {
  return status === 'PENDING_PAYMENT' || status === 'DRAFT' || status === 'PENDING_APPROVAL';
}

/**
 * All of the order, or of a cart what was bought for this occurrence. The provider is asked by the reconciler, which
 * finds the refund as CREATED.
 */
async function refundWhatIsThere(tx: Transaction, order: Order, occurrenceId: string): Promise<void> {
  const parts = await findParts(tx, [order.id]);
  const here = parts.filter((part) => part.occurrenceId === occurrenceId);
  const elsewhere = await tx.rows(
    `select id from ticket where order_id = $1 and occurrence_id <> $2
       and status in ('VALID', 'TRANSFER_PENDING') limit 1`,
    [order.id, occurrenceId],
  );
  if (elsewhere.length === 0) {
    const plan = planRefund(order, null);
    assert(plan.ok, 'what is left of a paid order can be refunded');
    await recordRefund(tx, order, plan.value, reason);
    return;
  }
  const left = here.reduce((sum, { total, refunded }) => sum + total.amountMinor - refunded.amountMinor, 0n);
  const refundableNow = refundable(order);
  const amountMinor = left < refundableNow.amountMinor ? left : refundableNow.amountMinor;
  const amount = { amountMinor, currency: order.total.currency };
  await recordRefund(tx, order, { amount, status: 'PARTIALLY_REFUNDED' }, reason, occurrenceId);
}

/** As a whole, also where other occurrences of the cart take place: nothing is paid yet, so nothing is lost. */
async function cancelUnpaid(tx: Transaction, order: Order): Promise<void> {
  const { id: orderId } = order;
  await tx.execute(`update ticket_order set status = 'CANCELLED' where id = $1`, [orderId]);
  await appendEvents(tx, {
    streamId: streamId('order', orderId),
    events: eventsOfParts(await findParts(tx, [orderId]), ({ occurrenceId, quantity }) => ({
      type: 'tickets.order-cancelled.v1',
      data: { orderId, occurrenceId, quantity, reason },
    })),
  });
  await releaseSeats(tx, orderId);
  await moveBuckets(tx, order.occurrenceId, await releaseQuotas(tx, [orderId]));
}
