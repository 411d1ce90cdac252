import { systemScope, type Database } from '@marquee/postgres';
import type { Counter, Metrics, Sample } from '@marquee/telemetry';

export type Instruments = {
  readonly tasks: Counter;
  /** Reads the gauges anew. */
  sample(now: Date): Promise<void>;
  close(): void;
};

/** What a pool tells of itself, and what all pools have to do. */
export function createInstruments(
  database: Database,
  names: readonly string[],
  metrics: Metrics,
): Instruments {
  let instances: Sample[] = [];
  let oldest: Sample[] = [];
  let overdue: Sample[] = [];
  const gauges = [
    metrics.observed('marquee_sagas', 'Sagas that are not done, by status', () => instances),
    metrics.observed('marquee_saga_oldest_seconds', 'Age of the oldest saga of a status', () => oldest),
    metrics.observed(
      'marquee_saga_overdue_seconds',
      'How long the longest waiting task is due',
      () => overdue,
    ),
  ];
  return {
    tasks: metrics.counter('marquee_saga_tasks_total', 'Tasks of sagas by outcome'),
    sample: async (now) => {
      const [live, late] = await database.read(systemScope, async (tx) => [
        await tx.rows<{ saga: string; status: string; count: number; age: number }>(
          `select name as saga, status, count(*)::integer as count,
             greatest(extract(epoch from $2::timestamptz - min(started_at)), 0)::float as age
           from saga where status <> 'DONE' and name = any($1::text[]) group by name, status`,
          [names, now],
        ),
        await tx.rows<{ saga: string; age: number }>(
          `select saga_name as saga, greatest(extract(epoch from $2::timestamptz - min(due_at)), 0)::float as age
           from saga_task where not stuck and due_at <= $2 and saga_name = any($1::text[]) group by saga_name`,
          [names, now],
        ),
      ]);
      const labelled = ({ saga, status }: { saga: string; status: string }) => ({ saga, status });
      const counts = new Map(live.map(({ saga, status, count }) => [`${saga} ${status}`, count]));
      // None of them is a number too: that none is stuck can be seen.
      instances = names.flatMap((saga) =>
        ['RUNNING', 'STUCK'].map((status) => ({
          value: counts.get(`${saga} ${status}`) ?? 0,
          labels: { saga, status },
        })),
      );
      oldest = live.map((row) => ({ value: row.age, labels: labelled(row) }));
      const lateBy = new Map(late.map(({ saga, age }) => [saga, age]));
      overdue = names.map((saga) => ({ value: lateBy.get(saga) ?? 0, labels: { saga } }));
    },
    close: () => gauges.forEach((end) => end()),
  };
}
