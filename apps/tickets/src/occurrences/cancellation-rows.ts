import type { Transaction } from '@marquee/postgres';

export type Cancellation = {
  readonly occurrenceId: string;
  readonly status: 'WAITING' | 'RUNNING' | 'DONE';
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly refundsUnderWay: number;
  readonly refundsDone: number;
  readonly refundsFailed: number;
};

type Row = {
  readonly occurrence_id: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly requested_at: Date;
  readonly started_at: Date | null;
  readonly completed_at: Date | null;
  readonly under_way: number;
  readonly settled: number;
  readonly refused: number;
};

/** How far cancellations have got, and the money of their refunds. */
export async function findCancellations(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<Cancellation[]> {
  const rows = await tx.rows<Row>(
    `select c.*, (select count(*)::integer from cancellation_failure f where f.occurrence_id = c.occurrence_id) as failed,
       r.under_way, r.settled, r.refused
     from occurrence_cancellation c
     cross join lateral (
       select count(*) filter (where r.status in ('CREATED', 'TRANSIT'))::integer as under_way,
         count(*) filter (where r.status in ('DONE', 'EXTERNAL'))::integer as settled,
         count(*) filter (where r.status = 'FAILED')::integer as refused
       from order_part p join refund r on r.order_id = p.order_id and r.created_at >= c.requested_at
       where p.occurrence_id = c.occurrence_id) r
     where c.occurrence_id = any($1)`,
    [occurrenceIds],
  );
  return rows.map((row) => ({
    occurrenceId: row.occurrence_id,
    status: row.completed_at ? 'DONE' : row.started_at ? 'RUNNING' : 'WAITING',
    // What came in between the count and the end of sales is work too.
    total: Math.max(row.total, row.done + row.failed),
    done: row.done,
    failed: row.failed,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    endedAt: row.completed_at,
    refundsUnderWay: row.under_way,
    refundsDone: row.settled,
    refundsFailed: row.refused,
  }));
}
