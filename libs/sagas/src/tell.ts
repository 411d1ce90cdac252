import { assert, newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { anySaga, limits, upcastState, type Saga, type SagaTypes } from './definition.ts';
import { assertFits, begin, feed, newDraft, unwindFurther } from './draft.ts';
import { insertDrafts, lockByKeys, updateDrafts } from './store.ts';

export type SagaStart<T extends SagaTypes> = {
  /** Names the instance within its saga and tenant: such as the order's id. 1 to 200 characters. */
  readonly key: string;
  readonly input: T['Start'];
};

export type SagaMessage<T extends SagaTypes> = { readonly key: string; readonly message: T['Message'] };

/** `done`: it ended before; `unknown`: there is none of this key. Neither was told anything. */
export type Delivery = 'delivered' | 'done' | 'unknown';

export type TellOptions = {
  /** What time it is to the saga; default now. */
  readonly now?: Date;
};

/**
 * Starts an instance in the caller's transaction: it begins, with its commands and timers, if and when that commits.
 * A key that is taken starts nothing, so a message that comes twice starts one. Call it last: a saga's row is locked
 * after the domain's rows, by everyone.
 */
export async function startSaga<T extends SagaTypes>(
  tx: Transaction,
  saga: Saga<T>,
  { now, ...start }: SagaStart<T> & TellOptions,
): Promise<{ readonly started: boolean }> {
  const started = await startSagas(tx, saga, [start], now ? { now } : {});
  return { started: started.has(start.key) };
}

/** `startSaga` for up to 10,000 at once, in one statement. Answers the keys that were free. */
export async function startSagas<T extends SagaTypes>(
  tx: Transaction,
  saga: Saga<T>,
  starts: readonly SagaStart<T>[],
  { now = new Date() }: TellOptions = {},
): Promise<ReadonlySet<string>> {
  const { organisationId } = tx;
  assert(organisationId, 'a saga starts in the scope of its organisation');
  assert(starts.length <= limits.batch, `at most ${limits.batch} sagas are started at once`);
  const any = anySaga(saga);
  const drafts = new Map(
    starts.map(({ key, input }) => {
      assert(key.length > 0 && key.length <= limits.keyCharacters, `not a key of ${saga.name}: "${key}"`);
      assertFits(input, `${saga.name} ${key}`);
      const draft = newDraft({ id: newUuid(), organisationId, key, state: null });
      begin(any, draft, input, now);
      unwindFurther(any, draft, now);
      return [key, draft];
    }),
  );
  assert(drafts.size === starts.length, `${saga.name}: one call starts a key twice`);
  if (drafts.size === 0) return new Set();
  return insertDrafts(tx, any, [...drafts.values()], now);
}

/**
 * Tells an instance, in the caller's transaction: its next state, commands and timers are written if and when that
 * commits. Call it last, as `startSaga`.
 */
export async function deliverToSaga<T extends SagaTypes>(
  tx: Transaction,
  saga: Saga<T>,
  { now, ...message }: SagaMessage<T> & TellOptions,
): Promise<Delivery> {
  const [delivery] = await deliverToSagas(tx, saga, [message], now ? { now } : {});
  return delivery!;
}

/** `deliverToSaga` for up to 10,000 messages, in two statements; one key's in the order given. */
export async function deliverToSagas<T extends SagaTypes>(
  tx: Transaction,
  saga: Saga<T>,
  messages: readonly SagaMessage<T>[],
  { now = new Date() }: TellOptions = {},
): Promise<readonly Delivery[]> {
  assert(tx.organisationId, 'a saga is told in the scope of its organisation');
  assert(messages.length <= limits.batch, `at most ${limits.batch} sagas are told at once`);
  if (messages.length === 0) return [];
  const any = anySaga(saga);
  const drafts = await lockByKeys(tx, any, [...new Set(messages.map(({ key }) => key))]);
  const deliveries = messages.map(({ key, message }): Delivery => {
    const draft = drafts.get(key);
    if (!draft) return 'unknown';
    if (draft.doneAt) return 'done';
    assertFits(message, `${saga.name} ${key}`);
    feed(any, draft, { kind: 'message', message }, now);
    return 'delivered';
  });
  const told = [...drafts.values()].filter(({ journal }) => journal.length > 0);
  if (told.length > 0) await updateDrafts(tx, any, told, now);
  return deliveries;
}

export type SagaStatus = 'RUNNING' | 'STUCK' | 'DONE';

export type SagaReading<T extends SagaTypes> = {
  readonly id: string;
  readonly status: SagaStatus;
  readonly state: T['State'];
  /** Why it is stuck. */
  readonly error: string | null;
};

/** The instance as it is now; null where there is none of this key. */
export async function readSaga<T extends SagaTypes>(
  tx: Transaction,
  saga: Saga<T>,
  key: string,
): Promise<SagaReading<T> | null> {
  const [row] = await tx.rows<{
    readonly id: string;
    readonly status: SagaStatus;
    readonly version: number;
    readonly state: unknown;
    readonly error: string | null;
  }>('select id, status, version, state, error from saga where name = $1 and key = $2', [saga.name, key]);
  if (!row) return null;
  return { id: row.id, status: row.status, state: upcastState(saga, row), error: row.error };
}
