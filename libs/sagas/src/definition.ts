import { assert } from '@marquee/kernel';

/**
 * What a saga is made of; one type a saga: `defineSaga<Checkout>({ … })`. Everything but the names is JSON data: it is
 * kept, and comes back as it was. Ids and not personal data: what a saga keeps is not erased with its subject.
 */
export type SagaTypes = {
  readonly State: unknown;
  /** What it starts with. */
  readonly Start: unknown;
  /** What it can be told: one union. */
  readonly Message: unknown;
  /** Names of its time-outs. */
  readonly Timer: string;
  /** What it can have done: data and result by name. */
  readonly Commands: Readonly<Record<string, { readonly data: unknown; readonly result: unknown }>>;
};

export type CommandName<T extends SagaTypes> = keyof T['Commands'] & string;

/** Something to be done: a union over the saga's commands. */
export type SagaCommand<T extends SagaTypes> = {
  [Name in CommandName<T>]: { readonly type: Name; readonly data: T['Commands'][Name]['data'] };
}[CommandName<T>];

/** Why a command was not done: the kind of its refusal, or `Exhausted` where its tries were used up. */
export type CommandFailure = { readonly kind: string; readonly message: string };

/** What a saga reacts to: one union, so that a `switch` over `kind` is seen to be whole. */
export type SagaInput<T extends SagaTypes> =
  | { readonly kind: 'message'; readonly message: T['Message'] }
  | { readonly kind: 'timer'; readonly timer: T['Timer'] }
  | {
      [Name in CommandName<T>]: {
        readonly kind: 'succeeded';
        readonly command: Name;
        readonly data: T['Commands'][Name]['data'];
        readonly result: T['Commands'][Name]['result'];
      };
    }[CommandName<T>]
  | {
      [Name in CommandName<T>]: {
        readonly kind: 'failed';
        readonly command: Name;
        readonly data: T['Commands'][Name]['data'];
        readonly failure: CommandFailure;
      };
    }[CommandName<T>]
  /** All that was to be undone is undone. */
  | { readonly kind: 'unwound' };

/** When a timer fires; null cancels it. Setting it again moves it. */
export type TimerChange = { readonly afterMs: number } | { readonly at: Date } | null;

/** What follows from an input. All of it is written in the transaction of the input. */
export type SagaStep<T extends SagaTypes> = {
  readonly state: T['State'];
  /** Carried out at least once each, side by side, with a key of their own that stays the same in every try. */
  readonly commands?: readonly SagaCommand<T>[];
  readonly timers?: { readonly [Name in T['Timer']]?: TimerChange };
  /**
   * Commands that undo what this step has done or has just asked for, oldest first. Registered with what they undo and
   * not after it: a command whose outcome nobody learnt may have happened. So an undo must be harmless where there is
   * nothing to undo.
   */
  readonly undo?: readonly SagaCommand<T>[];
  /**
   * Runs what is registered, newest first and one after the other. Timers end; commands under way are
   * waited for, in the try that they are at, all others are dropped. When all is undone the saga is told `unwound`.
   */
  readonly unwind?: boolean;
  /**
   * It is nearer to its end than ever before, as after one of many batches: the inputs up to this one count against
   * `maxSteps` no more, and of its journal the newest 1,000 steps are kept. Never say it of a try that may be repeated.
   */
  readonly progressed?: boolean;
  /** Nothing more is to come: timers end, later messages are answered `done`. Not together with `unwind`. */
  readonly done?: boolean;
};

/** A process manager: pure functions over what happens. Neither changes the state it is given, neither does I/O. */
export type Saga<T extends SagaTypes> = {
  /** Stable for ever: its instances are kept under it. */
  readonly name: string;
  /** Of the state's shape, from 1. Raise it with a change of the state, and say in `upcast` what old ones become. */
  readonly version: number;
  readonly start: (input: T['Start'], now: Date) => SagaStep<T>;
  readonly react: (state: T['State'], input: SagaInput<T>, now: Date) => SagaStep<T>;
  /** By the version it comes from: the state of the next one. */
  readonly upcast?: Readonly<Record<number, (state: never) => unknown>>;
  /** Inputs of one instance without progress at most, default 1,000: one that goes round in circles is stopped. */
  readonly maxSteps?: number;
};

export const limits = {
  keyCharacters: 200,
  /** JSON of a state, a message, a command's data or result. */
  documentCharacters: 64 * 1024,
  commandsAStep: 100,
  undoSteps: 200,
  steps: 1_000,
  /** Instances started or told in one call. */
  batch: 10_000,
} as const;

/** Checks the definition. */
export function defineSaga<T extends SagaTypes>(saga: Saga<T>): Saga<T> {
  const { name, version, upcast = {} } = saga;
  assert(/^[a-z][a-z0-9-]{0,62}$/.test(name), `a saga cannot be called ${name}`);
  assert(Number.isInteger(version) && version >= 1, `the version of ${name} is a whole number from 1`);
  for (let from = 1; from < version; from++) {
    assert(upcast[from], `${name} has no upcast from version ${from} to ${from + 1}`);
  }
  return saga;
}

/** The instance is of a newer version than this code: a process that knows it will go on with it. */
export class SagaVersionError extends Error {
  override readonly name = 'SagaVersionError';
}

/** A saga asked for more than it may. */
export class SagaLimitError extends Error {
  override readonly name = 'SagaLimitError';
}

/** The state as this version knows it. */
export function upcastState<T extends SagaTypes>(
  saga: Saga<T>,
  { version, state }: { readonly version: number; readonly state: unknown },
): T['State'] {
  if (version > saga.version) {
    throw new SagaVersionError(`${saga.name} is known here up to version ${saga.version}, not ${version}`);
  }
  let upcast: unknown = state;
  for (let from = version; from < saga.version; from++) upcast = saga.upcast![from]!(upcast as never);
  return upcast as T['State'];
}

/** A saga whose types are forgotten: for what treats all alike. */
export type AnySaga = Saga<{
  readonly State: unknown;
  readonly Start: unknown;
  readonly Message: unknown;
  readonly Timer: string;
  readonly Commands: Readonly<Record<string, { readonly data: unknown; readonly result: unknown }>>;
}>;

/** Forgets the types. What comes back from the tables is what this very definition wrote. */
export function anySaga<T extends SagaTypes>(saga: Saga<T>): AnySaga {
  return saga as unknown as AnySaga;
}
