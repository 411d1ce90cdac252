import { assert, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { anySaga, type AnySaga, type CommandName, type Saga, type SagaTypes } from '../definition.ts';

/** What a handler may know of the command beside its data. */
export type CommandContext = {
  /** The same in every try of this command, and of no other: for whom the handler calls to tell a repeat by. */
  readonly idempotencyKey: string;
  readonly organisationId: string;
  readonly sagaId: string;
  readonly key: string;
  /** From 1. */
  readonly attempt: number;
};

type Policy = {
  /** Tries at most, default 8. What passes by itself (a database or peer that is away) is not counted. */
  readonly attempts?: number;
  /** After this long since it was asked for there is no further try; default none. */
  readonly deadlineMs?: number;
  /** Pause before the second try, doubled with each further one up to the most; default 200 and 60,000. */
  readonly backoff?: { readonly firstMs: number; readonly maxMs: number };
  /**
   * When its tries are used up: `stuck` (the default) stops there, for people to see and to retry; `fail` tells the
   * saga, which then has to know that the command may have been done all the same.
   */
  readonly exhausted?: 'stuck' | 'fail';
};

/**
 * Carries out one kind of command. Accepting gives the saga its result; a refusal is told to it as `failed` at once; what
 * is thrown is tried again.
 */
export type CommandHandler<Data, Result> = Policy &
  (
    | {
        /** Outside every transaction, at least once: for calls to others. */
        readonly run: (
          data: Data,
          context: CommandContext & { readonly signal: AbortSignal },
        ) => Promise<Outcome<Result>>;
        /** One try; default 10,000. */
        readonly timeoutMs?: number;
      }
    | {
        /**
         * In the transaction of the saga's next step, so exactly once in effect: for a use case on this database. A
         * refusal takes back what it wrote. It locks rows of the domain before the saga's is locked.
         */
        readonly within: (tx: Transaction, data: Data, context: CommandContext) => Promise<Outcome<Result>>;
      }
  );

export type CommandHandlers<T extends SagaTypes> = {
  readonly [Name in CommandName<T>]: CommandHandler<
    T['Commands'][Name]['data'],
    T['Commands'][Name]['result']
  >;
};

export type AnyHandler = CommandHandler<unknown, unknown>;

/** A saga with those who do what it asks for. */
export type CarriedOut = {
  readonly saga: AnySaga;
  readonly handlers: ReadonlyMap<string, AnyHandler>;
};

/** Binds a saga to the handlers of all its commands. */
export function carryOut<T extends SagaTypes>(saga: Saga<T>, handlers: CommandHandlers<T>): CarriedOut {
  const entries = Object.entries(handlers) as [string, AnyHandler][];
  for (const [name, { attempts = 1, deadlineMs = 1 }] of entries) {
    assert(attempts >= 1 && attempts <= 1_000 && deadlineMs > 0, `the tries of ${saga.name} ${name}`);
  }
  return { saga: anySaga(saga), handlers: new Map(entries) };
}
