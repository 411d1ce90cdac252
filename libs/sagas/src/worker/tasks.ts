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

/** A task that was not done: `later` is another try, without it the task is given up and the saga STUCK. */
export type PutOff = {
  readonly error: string;
  readonly now: Date;
  readonly later?: {
    readonly dueAt: Date;
    /** False where the try was nobody's fault. */
    readonly counts: boolean;
  };
  /** A command that nobody needs any more once its saga unwinds: then nothing is written. */
  readonly droppable: boolean;
};

/** Answers true where the saga unwinds and the task is to be dropped instead. */
export async function putOffTask(database: Database, task: Task, putOff: PutOff): Promise<boolean> {
  const { error, now, later, droppable } = putOff;
  return database.transaction({ organisationId: task.organisationId }, async (tx) => {
    // The instance first, as everywhere: it cannot begin to unwind unnoticed between this look and the write.
    const [saga] = await tx.rows<{ unwinding: boolean }>(
      'select unwinding from saga where id = $1 for update',
      [task.sagaId],
    );
    if (droppable && saga?.unwinding) return true;
    if (later) {
      await tx.execute(
        `update saga_task set claim = null, error = $5, due_at = $6, tries = tries - $7 where ${mine}`,
        [...key(task), error, later.dueAt, later.counts ? 0 : 1],
      );
      return false;
    }
    const marked = await tx.execute(
      `update saga_task set claim = null, error = $5, stuck = true where ${mine}`,
      [...key(task), error],
    );
    if (marked === 0) return false;
    await tx.execute(
      'update saga set stuck_tasks = stuck_tasks + 1, error = $2, updated_at = $3 where id = $1',
      [task.sagaId, `${task.type}: ${error}`, now],
    );
    return false;
  });
}
