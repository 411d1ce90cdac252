import type { Transaction } from '@marquee/postgres';
import { defineSaga, startSagas, type SagaStep } from '@marquee/sagas';

/** A place in what is left to be done. */
export type Cursor = { readonly turn: number; readonly id: string };

/** `found`: things looked at, `done`: ended by this. `next`: null where the round is at its end. */
export type Batch = { readonly found: number; readonly done: number; readonly next: Cursor | null };

export type CancellationSaga = {
  State: {
    readonly occurrenceId: string;
    readonly phase: 'counting' | 'clearing' | 'finishing' | 'waiting' | 'done';
    /** How far this round has got through what is left; null at its beginning. */
    readonly after: Cursor | null;
    /** How many things this round has come by: a round that finds none is the last. */
    readonly found: number;
    /** How often it waited for what failed. */
    readonly waits: number;
  };
  Start: { readonly occurrenceId: string };
  Message: never;
  Timer: 'again';
  Commands: {
    count: { data: null; result: null };
    clear: { data: { readonly after: Cursor | null }; result: Batch };
    finish: { data: null; result: { readonly finished: boolean } };
  };
};

type State = CancellationSaga['State'];
type Step = SagaStep<CancellationSaga>;

const firstWaitMs = 30_000;
const longestWaitMs = 600_000;

/**
 * Winds a cancelled occurrence up: its sale stopped with its status; what there is to do is counted; then batch after
 * batch is cleared, each one command with a cursor, in rounds until one finds nothing; what failed is waited for and
 * tried again. Each batch is progress, so it may have any number of them.
 */
export const cancellationSaga = defineSaga<CancellationSaga>({
  name: 'occurrence-cancellation',
  version: 1,
  start: ({ occurrenceId }) => ({
    state: { occurrenceId, phase: 'counting', after: null, found: 0, waits: 0 },
    commands: [{ type: 'count', data: null }],
  }),
  react: (state, input) => {
    switch (input.kind) {
      case 'timer':
        return clear(state, null, 0);
      case 'succeeded':
        if (input.command === 'count') return clear(state, null, 0);
        if (input.command === 'clear') return afterBatch(state, input.result);
        return input.result.finished ? { state: { ...state, phase: 'done' }, done: true } : wait(state);
      // None of its commands is refused, and there is no way back: what is cancelled stays so.
      case 'failed':
      case 'unwound':
      case 'message':
        return wait(state);
    }
  },
});

function clear(state: State, after: Cursor | null, found: number): Step {
  return {
    state: { ...state, phase: 'clearing', after, found },
    commands: [{ type: 'clear', data: { after } }],
  };
}

function afterBatch(state: State, { done, found, next }: Batch): Step {
  const foundNow = state.found + found;
  // Whatever began to be written before the sale stopped may have come in behind the cursor.
  const step =
    next !== null || foundNow > 0
      ? clear(state, next, next === null ? 0 : foundNow)
      : {
          state: { ...state, phase: 'finishing' as const },
          commands: [{ type: 'finish' as const, data: null }],
        };
  return { ...step, ...(done > 0 && { progressed: true }) };
}

function wait(state: State): Step {
  const afterMs = Math.min(firstWaitMs * 2 ** Math.min(state.waits, 10), longestWaitMs);
  return {
    state: { ...state, phase: 'waiting', waits: state.waits + 1 },
    timers: { again: { afterMs } },
  };
}

/** Begins to wind up: in the transaction that hears of the cancellations. */
export async function followCancellations(tx: Transaction, occurrenceIds: readonly string[]): Promise<void> {
  const starts = occurrenceIds.map((occurrenceId) => ({ key: occurrenceId, input: { occurrenceId } }));
  await startSagas(tx, cancellationSaga, starts);
}

/** Cancellations that are open and that no saga follows: they are older than the saga. Answers how many there were. */
export async function adoptCancellations(tx: Transaction, limit: number): Promise<number> {
  const open = await tx.rows<{ occurrence_id: string }>(
    `select occurrence_id from occurrence_cancellation c where completed_at is null
       and not exists (select from saga s where s.name = $1 and s.key = c.occurrence_id::text) limit $2`,
    [cancellationSaga.name, limit],
  );
  await followCancellations(
    tx,
    open.map(({ occurrence_id: id }) => id),
  );
  return open.length;
}
