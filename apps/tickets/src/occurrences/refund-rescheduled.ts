import {
  accept,
  notFound,
  refuse,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOnOrder } from '../access.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';
import { refundWhatIsThere } from './cancel-occurrence.ts';

export type RefundNotPossible = { readonly kind: 'RefundNotPossible'; readonly message: string };

type Request = {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly occurrenceId: string;
};

type Answer = Outcome<{ readonly orderId: string }, RefundNotPossible | NotFound | IdempotencyConflict>;

/**
 * A guest who cannot come at the new time has the money back, within the time that was set when the new one became
 * known. Of a cart, what was bought for this occurrence. Nobody's consent is needed: whoever stays does nothing.
 */
export async function refundRescheduled(
  services: Services,
  viewer: Viewer,
  { idempotencyKey: key, ...request }: Request,
): Promise<Answer> {
  type Refusals = RefundNotPossible | NotFound | IdempotencyConflict;
  return services.database.decide<{ readonly orderId: string }, Refusals>(viewer, (tx) =>
    idempotent<{ readonly orderId: string }, Refusals>(
      tx,
      { operation: 'refundRescheduledOrder', key, request, subject: viewer.subject },
      async () => {
        const found = await lockOrder(tx, request.orderId);
        if (!found || !mayActOnOrder(viewer, found)) return notFound('The order');
        const no = (message: string) => refuse<RefundNotPossible>({ kind: 'RefundNotPossible', message });
        const [newest] = await findReschedules(tx, [request.occurrenceId]);
        if (!newest) return no('It takes place when it was sold for.');
        if (newest.refundUntil <= found.now)
          return no('The time in which the money could be had back is over.');
        if (found.order.paidAt === null || found.order.paidAt > newest.heardAt)
          return no('It was bought for the new time.');
        const { occurrenceId } = request;
        if (await cameLater(tx, request, newest.heardAt))
          return no('A ticket of it was exchanged for the new time.');
        if (await wasAdmitted(tx, request)) return no('A ticket of it was admitted already.');
        if (!(await refundWhatIsThere(tx, found.order, occurrenceId, 'The occurrence was rescheduled.')))
          return no('None of its tickets for this occurrence is valid any more.');
        tx.afterCommit(services.wake);
        return accept({ orderId: request.orderId });
      },
    ),
  );
}

/** Who chose the new time by an exchange keeps to it. */
async function cameLater(
  tx: Transaction,
  { orderId, occurrenceId }: Pick<Request, 'orderId' | 'occurrenceId'>,
  heardAt: Date,
): Promise<boolean> {
  const rows = await tx.rows(
    `select e.id from ticket_exchange e join ticket t on t.id = e.ticket_id
     where t.order_id = $1 and t.occurrence_id = $2 and e.occurrence_id = $2 and e.exchanged_at > $3 limit 1`,
    [orderId, occurrenceId, heardAt],
  );
  return rows.length > 0;
}

/** Locks the tickets as well: a scan under way is waited for. */
async function wasAdmitted(
  tx: Transaction,
  { orderId, occurrenceId }: Pick<Request, 'orderId' | 'occurrenceId'>,
): Promise<boolean> {
  await tx.rows('select id from ticket where order_id = $1 and occurrence_id = $2 order by id for update', [
    orderId,
    occurrenceId,
  ]);
  const admitted = await tx.rows(
    `select t.id from admission a join ticket t on t.id = a.ticket_id
     where t.order_id = $1 and t.occurrence_id = $2 and a.ins > 0 limit 1`,
    [orderId, occurrenceId],
  );
  return admitted.length > 0;
}

export type Reschedule = {
  readonly occurrenceId: string;
  readonly startsAtBefore: Date;
  readonly startsAt: Date;
  readonly refundUntil: Date;
  readonly heardAt: Date;
};

/** The newest of each occurrence. */
export async function findReschedules(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<Reschedule[]> {
  const rows = await tx.rows<{
    occurrence_id: string;
    starts_at_before: Date;
    starts_at: Date;
    refund_until: Date;
    heard_at: Date;
  }>(
    `select distinct on (occurrence_id) * from occurrence_reschedule where occurrence_id = any($1)
     order by occurrence_id, revision desc`,
    [occurrenceIds],
  );
  return rows.map((row) => ({
    occurrenceId: row.occurrence_id,
    startsAtBefore: row.starts_at_before,
    startsAt: row.starts_at,
    refundUntil: row.refund_until,
    heardAt: row.heard_at,
  }));
}
