import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Outcome, Refusal } from '@marquee/kernel';

/** The part of an aggregate that a scenario needs. */
type Rules<State, Event, Command, R extends Refusal> = {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => Outcome<readonly Event[], R>;
  readonly evolve: (state: State, event: Event) => State;
};

type Expectation<State, Event, R extends Refusal> = {
  /** Accepted with exactly these events. */
  then(...events: readonly Event[]): void;
  /** Accepted with nothing to do. */
  thenNothing(): void;
  /** Refused, and as this kind. Answers the refusal. */
  thenRefused<Kind extends R['kind']>(kind: Kind): Extract<R, { kind: Kind }>;
  /** Accepted, and this is the state once its events have happened. */
  thenState(state: State): void;
};

type Scenario<State, Event, Command, R extends Refusal> = {
  when(command: Command): Expectation<State, Event, R>;
  /** What has happened makes this state. */
  thenState(state: State): void;
};

/**
 * Tests of an aggregate's rules, without a database: `given(placed).when(pay).then(paid)`. States are frozen, so that
 * rules that change what they were given, and not only answer what comes of it, fail here.
 */
export function scenarios<State, Event, Command, R extends Refusal>({
  initial,
  decide,
  evolve,
}: Rules<State, Event, Command, R>): (...events: readonly Event[]) => Scenario<State, Event, Command, R> {
  const after = (state: State, events: readonly Event[]) =>
    events.reduce((before, event) => deepFreeze(evolve(before, deepFreeze(event))), deepFreeze(state));
  return (...history) => {
    const state = after(initial, history);
    return {
      thenState: (expected) => deepStrictEqual(state, expected),
      when: (command) => {
        const outcome = decide(deepFreeze(command), state);
        const accepted = () => {
          if (!outcome.ok) throw new Error(`it was refused: ${inspect(outcome.refusal)}`);
          return outcome.value;
        };
        return {
          then: (...events) => deepStrictEqual([...accepted()], [...events]),
          thenNothing: () => deepStrictEqual([...accepted()], []),
          thenRefused: <Kind extends R['kind']>(kind: Kind) => {
            if (outcome.ok) throw new Error(`it was accepted: ${inspect(outcome.value)}`);
            strictEqual(outcome.refusal.kind, kind);
            return outcome.refusal as Extract<R, { kind: Kind }>;
          },
          thenState: (expected) => deepStrictEqual(after(state, accepted()), expected),
        };
      },
    };
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
