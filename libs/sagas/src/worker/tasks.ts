import { systemScope, type Database, type Transaction } from '@marquee/postgres';

/** Something to be done, taken by this process. */
export type Task = {
  readonly sagaId: string;
  readonly sagaName: string;
  readonly key: string;
  readonly organisationId: string;
  readonly kind: 'command' | 'undo' | 'timer';
  readonly task: string;
  readonly type: string;
  readonly data: unknown;
  /** With this one. */
  readonly tries: number;
  /** Proves that the task is still ours. */
  readonly claim: string;
  readonly correlationId: string;
  readonly actor: string;
  readonly traceparent: string | null;
  readonly createdAt: Date;
};

/**
 * Takes what is due, oldest first, for the length of the lease: moved out of sight of all, and back by itself should
 * this process die. SKIP LOCKED: takers never wait for each other.
 */
export async function claimTasks(
  database: Database,
  { names, limit, now, leaseMs }: { names: readonly string[]; limit: number; now: Date; leaseMs: number },
): Promise<Task[]> {
  return database.transaction(systemScope, (tx) =>
    tx.rows<Task>(
      `with due as (
         select saga_id, kind, task from saga_task
         where not stuck and due_at <= $2 and saga_name = any($1::text[])
         order by due_at limit $3 for update skip locked)
       update saga_task set claim = gen_random_uuid(), tries = tries + 1, due_at = $4
       from due join saga on saga.id = due.saga_id
       where saga_task.saga_id = due.saga_id and saga_task.kind = due.kind and saga_task.task = due.task
       returning saga_task.saga_id as "sagaId", saga_name as "sagaName", saga.key, saga_task.organisation_id as "organisationId",
         saga_task.kind, saga_task.task, type, data, tries, claim, saga_task.correlation_id as "correlationId",
         saga_task.actor, saga_task.traceparent, saga_task.created_at as "createdAt"`,
      [names, now, limit, new Date(now.getTime() + leaseMs)],
    ),
  );
}

/** Keeps what is being done from others for longer. */
export async function renewClaims(database: Database, claims: readonly string[], until: Date): Promise<void> {
  await database.transaction(systemScope, (tx) =>
    tx.execute('update saga_task set due_at = $2 where claim = any($1::uuid[]) and not stuck', [
      claims,
      until,
    ]),
  );
}

const mine = 'saga_id = $1 and kind = $2 and task = $3 and claim = $4';
const key = ({ sagaId, kind, task, claim }: Task) => [sagaId, kind, task, claim];

/** It is done. False where it is not ours any more: then someone else does it, or the saga has dropped it. */
export async function removeTask(tx: Transaction, task: Task): Promise<boolean> {
  return (await tx.execute(`delete from saga_task where ${mine}`, key(task))) === 1;
}

/** Gives it back, to be tried again then. `counts` is false where the try was nobody's fault. */
export async function returnTask(
  database: Database,
  task: Task,
  { dueAt, error, counts }: { readonly dueAt: Date; readonly error: string; readonly counts: boolean },
): Promise<void> {
  await database.transaction(systemScope, (tx) =>
    tx.execute(
      `update saga_task set claim = null, due_at = $5, error = $6, tries = tries - $7 where ${mine}`,
      [...key(task), dueAt, error, counts ? 0 : 1],
    ),
  );
}

/** Gives it up, visibly: the saga is STUCK until someone retries. */
export async function giveUpTask(
  database: Database,
  task: Task,
  { error, now }: { readonly error: string; readonly now: Date },
): Promise<void> {
  await database.transaction({ organisationId: task.organisationId }, async (tx) => {
    // The instance first, as everywhere.
    await tx.rows('select 1 from saga where id = $1 for update', [task.sagaId]);
    const marked = await tx.execute(
      `update saga_task set claim = null, stuck = true, error = $5 where ${mine}`,
      [...key(task), error],
    );
    if (marked === 0) return;
    await tx.execute(
      'update saga set stuck_tasks = stuck_tasks + 1, error = $2, updated_at = $3 where id = $1',
      [task.sagaId, `${task.type}: ${error}`, now],
    );
  });
}
