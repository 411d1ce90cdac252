import { appendEvents, streamId } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { hasExchanged } from '../exchange/exchange-rows.ts';
import { lockHold } from '../holds/hold-rows.ts';
import { releaseLockedHold } from '../holds/release-hold.ts';
import { cancelUnpaidOrder } from '../instalments/end-unpaid.ts';
import { findParts } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { recordRefund } from '../refunds/record-refund.ts';
import { planTicketRefund } from '../refunds/refund-tickets.ts';
import { planRefund, refundable } from '../refunds/refund.ts';
import type { Services } from '../services.ts';
import { revokeEntry } from '../waitlist/answer-offer.ts';
import type { Batch, Cursor } from './cancellation-saga.ts';

const reason = 'The occurrence was cancelled.';
/** Things looked at in one go. */
const batchSize = 100;
/** What failed is left alone for so long, so that it does not keep the rest from being done. */
const retryAfterSeconds = 30;

type Scope = { readonly organisationId: string };

/**
 * Some of what follows when an occurrence is cancelled: holds are released, unpaid orders cancelled, paid ones refunded
 * in full with their tickets, those who wait let go. It finds its work in the rows themselves, each thing is a
 * transaction of its own, and that transaction counts it: done again after a death, it does what is left.
 */
export async function clearBatch(
  services: Services,
  scope: Scope,
  occurrenceId: string,
  after: Cursor | null,
): Promise<Batch> {
  const work = await services.database.read(scope, (tx) => findWork(tx, occurrenceId, after));
  let done = 0;
  for (const item of work) done += (await doOne(services, scope, occurrenceId, item)) ? 1 : 0;
  const last = work.length === batchSize ? work.at(-1) : undefined;
  return { found: work.length, done, next: last ? { turn: last.turn, id: last.id } : null };
}

type Item = {
  readonly turn: number;
  readonly kind: 'HOLD' | 'ORDER' | 'WAITLIST_ENTRY';
  readonly id: string;
};

/** All that is left, in the order in which it is done: what gives places back before those who wait are let go. */
const workSql = `
  select turn, kind, id from (
    select 1 as turn, 'HOLD' as kind, id from hold where occurrence_id = $1 and status = 'ACTIVE'
    union all
    select 2, 'ORDER', id from ticket_order o where id in (
      select order_id from order_part where occurrence_id = $1
      union all select order_id from ticket where occurrence_id = $1)
    and (status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT')
      or status in ('PAID', 'PARTIALLY_REFUNDED') and exists (
        select from ticket t where t.order_id = o.id and t.occurrence_id = $1
          and t.status in ('VALID', 'TRANSFER_PENDING')))
    union all
    select 3, 'WAITLIST_ENTRY', id from waitlist_entry where occurrence_id = $1 and status in ('WAITING', 'OFFERED')
  ) as work`;

async function findWork(tx: Transaction, occurrenceId: string, after: Cursor | null): Promise<Item[]> {
  return tx.rows<Item>(
    `${workSql} where not exists (
       select from cancellation_failure f where f.occurrence_id = $1 and f.item_id = work.id
         and f.failed_at > now() - make_interval(secs => $3))
       and ($4::integer is null or (turn, id) > ($4, $5::uuid))
     order by turn, id limit $2`,
    [occurrenceId, batchSize, retryAfterSeconds, after?.turn ?? null, after?.id ?? null],
  );
}

/** How much there is to do, when it begins. */
export async function countWork(tx: Transaction, occurrenceId: string): Promise<void> {
  await tx.execute(
    `update occurrence_cancellation set started_at = now(), total = (select count(*) from (${workSql}) as whole)
     where occurrence_id = $1 and started_at is null`,
    [occurrenceId],
  );
}

/** One thing and its count, in one transaction; where it fails that is written down, and the others go on. */
async function doOne(services: Services, scope: Scope, occurrenceId: string, item: Item): Promise<boolean> {
  try {
    return await services.database.transaction(scope, async (tx) => {
      if (!(await end(tx, occurrenceId, item))) return false;
      await tx.execute(
        `with mended as (delete from cancellation_failure where occurrence_id = $1 and item_id = $2)
         update occurrence_cancellation set done = done + 1 where occurrence_id = $1`,
        [occurrenceId, item.id],
      );
      tx.afterCommit(services.wake);
      return true;
    });
  } catch (error) {
    services.logger.warn({ error, occurrenceId, item }, 'a part of a cancellation failed');
    await services.database.transaction(scope, (tx) =>
      tx.execute(
        `insert into cancellation_failure as known (organisation_id, occurrence_id, kind, item_id, error)
         values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, occurrence_id, item_id) do update
           set error = excluded.error, attempts = known.attempts + 1, failed_at = now()`,
        [tx.organisationId, occurrenceId, item.kind, item.id, String(error).slice(0, 500)],
      ),
    );
    return false;
  }
}

/** Whether there was something to do: another process may have been quicker. */
async function end(tx: Transaction, occurrenceId: string, { kind, id }: Item): Promise<boolean> {
  if (kind === 'WAITLIST_ENTRY') return revokeEntry(tx, id);
  return kind === 'HOLD' ? releaseOne(tx, id) : endOne(tx, id, occurrenceId);
}

/** The end of it, with its news. False where something is left, such as what failed. */
export async function finishCancellation(tx: Transaction, occurrenceId: string): Promise<boolean> {
  const [row] = await tx.rows<{ done: number | null }>(
    `with finished as (
       update occurrence_cancellation set completed_at = now()
       where occurrence_id = $1 and completed_at is null and not exists (
         select from cancellation_failure f where f.occurrence_id = $1) and not exists (${workSql})
       returning done)
     select done from finished
     union all
     select null from occurrence_cancellation where occurrence_id = $1 and completed_at is not null`,
    [occurrenceId],
  );
  if (!row) return false;
  if (row.done !== null)
    await appendEvents(tx, {
      streamId: streamId('occurrence-cancellation', occurrenceId),
      events: [{ type: 'tickets.cancellation-followed.v1', data: { occurrenceId, done: row.done } }],
    });
  return true;
}

async function releaseOne(tx: Transaction, holdId: string): Promise<boolean> {
  const found = await lockHold(tx, holdId);
  if (found?.hold.status !== 'ACTIVE') return false;
  await releaseLockedHold(tx, found.hold);
  return true;
}

async function endOne(tx: Transaction, orderId: string, occurrenceId: string): Promise<boolean> {
  const found = await lockOrder(tx, orderId);
  if (!found) return false;
  if (found.order.status === 'PAID' || found.order.status === 'PARTIALLY_REFUNDED')
    return refundWhatIsThere(tx, found.order, occurrenceId, reason);
  if (!isPending(found.order)) return false;
  // As a whole, also where other occurrences of the cart take place; what was paid of it goes back.
  await cancelUnpaidOrder(tx, found.order, reason);
  return true;
}

function isPending({ status }: Order): boolean {
  return status === 'PENDING_PAYMENT' || status === 'DRAFT' || status === 'PENDING_APPROVAL';
}

/**
 * All of the order, or of a cart what was bought for this occurrence. False where none of its tickets is left. The
 * provider is asked by the refund's saga.
 */
export async function refundWhatIsThere(
  tx: Transaction,
  order: Order,
  occurrenceId: string,
  why: string,
): Promise<boolean> {
  const live = await tx.rows<{ id: string; here: boolean }>(
    `select id, occurrence_id = $2 as here from ticket where order_id = $1
       and status in ('VALID', 'TRANSFER_PENDING')`,
    [order.id, occurrenceId],
  );
  if (!live.some(({ here }) => here)) return false;
  if (live.every(({ here }) => here)) {
    const plan = planRefund(order, null);
    assert(plan.ok, 'what is left of a paid order can be refunded');
    await recordRefund(tx, order, plan.value, { reason: why });
    return true;
  }
  if (await hasExchanged(tx, order.id)) return refundTickets(tx, order, live, why);
  const parts = await findParts(tx, [order.id]);
  const here = parts.filter((part) => part.occurrenceId === occurrenceId);
  const left = here.reduce((sum, { total, refunded }) => sum + total.amountMinor - refunded.amountMinor, 0n);
  const refundableNow = refundable(order);
  const amountMinor = left < refundableNow.amountMinor ? left : refundableNow.amountMinor;
  const amount = { amountMinor, currency: order.total.currency };
  await recordRefund(
    tx,
    order,
    { amount, status: 'PARTIALLY_REFUNDED' },
    { reason: why, onlyOccurrenceId: occurrenceId },
  );
  return true;
}

/** Where some are for another occurrence than they were bought for, a part's money is not that of its tickets alone. */
async function refundTickets(
  tx: Transaction,
  order: Order,
  live: readonly { readonly id: string; readonly here: boolean }[],
  why: string,
): Promise<boolean> {
  const ticketIds = live.filter(({ here }) => here).map(({ id }) => id);
  const wanted = { ticketIds, amountMinor: null, waivesCancellationFee: true, evenAdmitted: true };
  const planned = await planTicketRefund(tx, { order, now: new Date() }, wanted);
  assert(planned.ok, 'what is left of a paid order can be refunded');
  await recordRefund(tx, order, planned.value.plan, { reason: why, tickets: planned.value.tickets });
  return true;
}
