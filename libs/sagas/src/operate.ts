import type { Transaction } from '@marquee/postgres';
import type { SagaStatus } from './tell.ts';

/** An instance as an operator sees it. */
export type SagaSummary = {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly key: string;
  readonly status: SagaStatus;
  readonly unwinding: boolean;
  readonly version: number;
  readonly steps: number;
  readonly error: string | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly doneAt: Date | null;
};

export type SagaDetails = SagaSummary & {
  readonly state: unknown;
  readonly correlationId: string;
  readonly actor: string;
  /** What is to be done for it, by when. */
  readonly tasks: readonly {
    readonly kind: 'command' | 'undo' | 'timer';
    readonly type: string;
    readonly data: unknown;
    readonly dueAt: Date;
    readonly tries: number;
    readonly stuck: boolean;
    readonly error: string | null;
  }[];
  /** What it was told and what it asked for, in order; the newest 200. */
  readonly history: readonly {
    readonly step: number;
    readonly at: Date;
    readonly input: unknown;
    readonly issued: readonly string[];
  }[];
};

const columns = `id, organisation_id as "organisationId", name, key, status, unwinding, version, steps, error,
  started_at as "startedAt", updated_at as "updatedAt", done_at as "doneAt"`;

/** The newest first, at most `limit` (1 to 1,000; default 100). In the system scope of all tenants. */
export async function listSagas(
  tx: Transaction,
  filter: {
    readonly name?: string;
    readonly status?: SagaStatus;
    readonly key?: string;
    readonly limit?: number;
  } = {},
): Promise<SagaSummary[]> {
  return tx.rows<SagaSummary>(
    `select ${columns} from saga
     where ($1::text is null or name = $1) and ($2::text is null or status = $2) and ($3::text is null or key = $3)
     order by started_at desc, id desc limit $4`,
    [
      filter.name ?? null,
      filter.status ?? null,
      filter.key ?? null,
      Math.min(Math.max(filter.limit ?? 100, 1), 1_000),
    ],
  );
}

/** All there is to know of one instance; null where there is none. */
export async function inspectSaga(tx: Transaction, id: string): Promise<SagaDetails | null> {
  const [saga] = await tx.rows<Omit<SagaDetails, 'tasks' | 'history'>>(
    `select ${columns}, state, correlation_id as "correlationId", actor from saga where id = $1`,
    [id],
  );
  if (!saga) return null;
  const tasks = await tx.rows<SagaDetails['tasks'][number]>(
    `select kind, type, data, due_at as "dueAt", tries, stuck, error from saga_task
     where saga_id = $1 order by due_at, task limit 1000`,
    [id],
  );
  const history = await tx.rows<SagaDetails['history'][number]>(
    `select step, at, input, issued from saga_step where saga_id = $1 order by step desc limit 200`,
    [id],
  );
  return { ...saga, tasks, history: history.reverse() };
}

/**
 * Gives what was given up all its tries again. Answers how many tasks; 0 where the saga is not stuck. The workers find
 * it by their poll.
 */
export async function retrySaga(
  tx: Transaction,
  id: string,
  { now = new Date() }: { readonly now?: Date } = {},
): Promise<number> {
  await tx.rows('select 1 from saga where id = $1 for update', [id]);
  const tasks = await tx.execute(
    `update saga_task set stuck = false, tries = 0, error = null, due_at = $2, created_at = $2
     where saga_id = $1 and stuck`,
    [id, now],
  );
  if (tasks > 0) {
    await tx.execute('update saga set stuck_tasks = 0, error = null, updated_at = $2 where id = $1', [
      id,
      now,
    ]);
  }
  return tasks;
}
