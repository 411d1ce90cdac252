import { assert, refuse, type Clock, type Outcome } from '@marquee/kernel';
import type { Database, Transaction } from '@marquee/postgres';
import { runWithCorrelation, withSpan, type Logger } from '@marquee/telemetry';
import { limits, type CommandFailure } from '../definition.ts';
import { assertFits, feed, note, type Draft } from '../draft.ts';
import { lockById, updateDrafts } from '../store.ts';
import { CommandTimeoutError, describe, HandlerError, isPassing, LostClaimError } from './faults.ts';
import type { AnyHandler, CarriedOut, CommandContext } from './handlers.ts';
import type { Instruments } from './instruments.ts';
import { putOffTask, removeTask, type Task } from './tasks.ts';

export type Surroundings = {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly instruments: Instruments;
  readonly onCommit: () => void;
};

const defaults = { attempts: 8, timeoutMs: 10_000, backoff: { firstMs: 200, maxMs: 60_000 } };

/** Does what is to be done and tells the saga, or puts it off, or gives it up. Throws only where nothing could be written. */
export async function doTask(around: Surroundings, carried: CarriedOut, task: Task): Promise<void> {
  const { correlationId, actor, traceparent } = task;
  const correlation = { correlationId, actor, ...(traceparent && { traceparent }) };
  await runWithCorrelation(correlation, () =>
    withSpan(`${task.sagaName} ${task.type}`, { 'marquee.saga': task.sagaName }, async () => {
      try {
        await tryTask(around, carried, task);
        around.instruments.tasks.add(1, { saga: task.sagaName, task: task.type, outcome: 'done' });
      } catch (error) {
        if (error instanceof LostClaimError) {
          around.logger.debug({ ...named(task) }, 'another does this task, or nobody needs it');
          return;
        }
        await putOff(around, carried, task, error);
      }
    }),
  );
}

async function tryTask(around: Surroundings, carried: CarriedOut, task: Task): Promise<void> {
  if (task.kind === 'timer') {
    await settle(around, carried, task, (draft, now) =>
      feed(carried.saga, draft, { kind: 'timer', timer: task.type }, now),
    );
    return;
  }
  const handler = carried.handlers.get(task.type);
  if (!handler) throw new HandlerError('', { cause: new Error(`nobody carries out ${task.type}`) });
  const context = contextOf(task);
  const done = 'run' in handler ? await runInTime(handler, task, context) : null;
  await settle(
    around,
    carried,
    task,
    async (draft, now, outcome) => tell(carried, task, draft, now, outcome),
    {
      work: async (tx) => done ?? runWithin(tx, handler, task, context),
    },
  );
}

type Told = (draft: Draft, now: Date, outcome: Outcome<unknown>) => void | Promise<void>;

/**
 * One transaction: what is done within it, the end of the task, the saga's next step. The rows of the domain are
 * locked first, then the instance, then its tasks.
 */
async function settle(
  { database, clock, onCommit }: Surroundings,
  { saga }: CarriedOut,
  task: Task,
  told: Told,
  {
    work = async () => ({ ok: true, value: null }),
  }: { work?: (tx: Transaction) => Promise<Outcome<unknown>> } = {},
): Promise<void> {
  await database.transaction({ organisationId: task.organisationId }, async (tx) => {
    const outcome = await work(tx);
    const draft = await lockById(tx, saga, task.sagaId);
    if (!draft || !(await removeTask(tx, task))) throw new LostClaimError(task.type);
    if (task.kind !== 'timer') draft.openCommands -= 1;
    const now = clock.now();
    await told(draft, now, outcome);
    await updateDrafts(tx, saga, [draft], now);
    tx.afterCommit(onCommit);
  });
}

function tell({ saga }: CarriedOut, task: Task, draft: Draft, now: Date, outcome: Outcome<unknown>): void {
  const { type: command, data } = task;
  if (task.kind === 'undo') {
    // There is no way but back: a refusal is a fault of who undoes.
    if (!outcome.ok) throw new HandlerError('', { cause: new Error(refusalText(outcome.refusal)) });
    return note(draft, { kind: 'undone', command, data }, []);
  }
  if (outcome.ok) {
    const result = outcome.value ?? null;
    assertFits(result, `the result of ${command}`);
    return feed(saga, draft, { kind: 'succeeded', command, data, result }, now);
  }
  const { kind, message } = outcome.refusal;
  feed(saga, draft, { kind: 'failed', command, data, failure: { kind, message } }, now);
}

async function runInTime(
  handler: Extract<AnyHandler, { run: unknown }>,
  task: Task,
  context: CommandContext,
): Promise<Outcome<unknown>> {
  const { timeoutMs = defaults.timeoutMs } = handler;
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new CommandTimeoutError(`${task.type} took longer than ${timeoutMs} ms`);
      end.abort(error);
      reject(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([handler.run(task.data, { ...context, signal: end.signal }), late]);
  } catch (cause) {
    throw new HandlerError('', { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** A refusal takes back what was written before it, and the transaction goes on. */
async function runWithin(
  tx: Transaction,
  handler: AnyHandler,
  task: Task,
  context: CommandContext,
): Promise<Outcome<unknown>> {
  assert('within' in handler, 'a handler runs, or runs within');
  await tx.execute('savepoint saga_command');
  try {
    const outcome = await handler.within(tx, task.data, context);
    await tx.execute(outcome.ok ? 'release saga_command' : 'rollback to saga_command');
    return outcome;
  } catch (cause) {
    throw new HandlerError('', { cause });
  }
}

/** What went wrong: another try later, the news of it to the saga, or STUCK. */
async function putOff(around: Surroundings, carried: CarriedOut, task: Task, error: unknown): Promise<void> {
  const { database, clock, logger, instruments } = around;
  const handler = carried.handlers.get(task.type);
  const now = clock.now();
  const ownFault = error instanceof HandlerError;
  const droppable = ownFault && task.kind === 'command';
  const passing = isPassing(error);
  const goesOn = passing || ((handler || task.kind === 'timer') && !isExhausted(handler, task, now));
  const fields = { ...named(task), error, tries: task.tries };
  const labels = { saga: task.sagaName, task: task.type };
  const done = { error: describe(error), now, droppable };
  if (goesOn) {
    logger.warn(fields, 'a task of a saga is tried again');
    instruments.tasks.add(1, { ...labels, outcome: 'retried' });
    const later = { dueAt: new Date(now.getTime() + pauseMs(handler, task.tries)), counts: !passing };
    if (await putOffTask(database, task, { ...done, later })) await drop(around, carried, task, done.error);
  } else if (handler?.exhausted === 'fail' && droppable) {
    logger.warn(fields, 'a command of a saga failed for good');
    instruments.tasks.add(1, { ...labels, outcome: 'failed' });
    await tellExhausted(around, carried, task, done.error);
  } else if (await putOffTask(database, task, done)) await drop(around, carried, task, done.error);
  else {
    logger.error(fields, 'a saga is stuck');
    instruments.tasks.add(1, { ...labels, outcome: 'stuck' });
  }
}

/** A command that failed while everything is being undone has no further try: its undo is to come. */
async function drop(around: Surroundings, carried: CarriedOut, task: Task, error: string): Promise<void> {
  const input = { kind: 'dropped', command: task.type, data: task.data, error };
  await settle(around, carried, task, (draft) => note(draft, input, [])).catch((fault: unknown) => {
    if (!(fault instanceof LostClaimError)) throw fault;
  });
}

async function tellExhausted(
  around: Surroundings,
  carried: CarriedOut,
  task: Task,
  message: string,
): Promise<void> {
  const failure: CommandFailure = { kind: 'Exhausted', message };
  try {
    await settle(around, carried, task, (draft, now) => tell(carried, task, draft, now, refuse(failure)));
  } catch (error) {
    if (error instanceof LostClaimError) return;
    if (isPassing(error)) throw error;
    around.logger.error({ ...named(task), error }, 'a saga is stuck');
    const stuck = { error: describe(error), now: around.clock.now(), droppable: false };
    await putOffTask(around.database, task, stuck);
  }
}

function isExhausted(handler: AnyHandler | undefined, task: Task, now: Date): boolean {
  const { attempts = defaults.attempts, deadlineMs = Infinity } = handler ?? {};
  return task.tries >= attempts || now.getTime() - task.createdAt.getTime() >= deadlineMs;
}

/** Half of it by chance, so that what failed together does not come back together. */
function pauseMs(handler: AnyHandler | undefined, tries: number): number {
  const { firstMs, maxMs } = handler?.backoff ?? defaults.backoff;
  const most = Math.min(firstMs * 2 ** Math.min(tries - 1, 30), maxMs);
  return most / 2 + (Math.random() * most) / 2;
}

function contextOf({ sagaId, key, organisationId, task, kind, tries }: Task): CommandContext {
  return { idempotencyKey: `${sagaId}:${kind}:${task}`, sagaId, key, organisationId, attempt: tries };
}

function refusalText({ kind, message }: { readonly kind: string; readonly message: string }): string {
  return `${kind}: ${message}`.slice(0, limits.keyCharacters * 5);
}

function named({ sagaId, sagaName, key, type }: Task) {
  return { saga: sagaName, sagaId, key, task: type };
}
