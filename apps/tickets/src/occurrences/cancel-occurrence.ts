import { appendEvents, streamId } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { lockHold } from '../holds/hold-rows.ts';
import { releaseLockedHold } from '../holds/release-hold.ts';
import { moveBuckets, releaseQuotas, releaseSeats } from '../inventory/capacity.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { recordRefund } from '../refunds/refund-order.ts';
import { planRefund } from '../refunds/refund.ts';
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
      `select id from ticket_order where occurrence_id = $1
       and status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT', 'PAID', 'PARTIALLY_REFUNDED')`,
      occurrenceId,
    ),
  }));
  for (const id of left.holds) await releaseOne(services, scope, id);
  for (const id of left.orders) await endOne(services, scope, id);
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

async function endOne(services: Services, scope: Scope, orderId: string): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    const found = await lockOrder(tx, orderId);
    if (!found) return;
    if (found.order.status === 'PAID' || found.order.status === 'PARTIALLY_REFUNDED')
      await refundAll(tx, found.order);
    else if (isPending(found.order)) await cancelUnpaid(tx, found.order);
    tx.afterCommit(services.wake);
  });
}

function isPending({ status }: Order): boolean {
  return status === 'PENDING_PAYMENT' || status === 'DRAFT' || status === 'PENDING_APPROVAL';
}

/** The provider is asked by the reconciler, which finds the refund as CREATED. */
async function refundAll(tx: Transaction, order: Order): Promise<void> {
  const plan = planRefund(order, null);
  assert(plan.ok, 'what is left of a paid order can be refunded');
  await recordRefund(tx, order, plan.value, reason);
}

async function cancelUnpaid(tx: Transaction, order: Order): Promise<void> {
  const { id: orderId, occurrenceId, quantity } = order;
  await tx.execute(`update ticket_order set status = 'CANCELLED' where id = $1`, [orderId]);
  await appendEvents(tx, {
    streamId: streamId('order', orderId),
    events: [{ type: 'tickets.order-cancelled.v1', data: { orderId, occurrenceId, quantity, reason } }],
  });
  await releaseSeats(tx, orderId);
  await moveBuckets(tx, occurrenceId, await releaseQuotas(tx, [orderId]));
}
