import { deepStrictEqual } from 'node:assert/strict';

/** The part of a saga that a scenario needs. */
type Rules<State, Start, Input, Step> = {
  readonly start: (input: Start, now: Date) => Step & { readonly state: State };
  readonly react: (state: State, input: Input, now: Date) => Step & { readonly state: State };
};

type Asked = {
  readonly state: unknown;
  readonly commands?: readonly unknown[];
  readonly timers?: object;
  readonly undo?: readonly unknown[];
  readonly unwind?: boolean;
  readonly done?: boolean;
};

type SagaScenario<Input, Step> = {
  /** One more input. */
  when(input: Input): SagaScenario<Input, Step>;
  /** The last input led to exactly this: what is left out was not asked for. */
  then(step: Step): void;
  /** What the last input led to. */
  readonly step: Step;
};

/**
 * Tests of a saga's rules, without a database: `given(order).when(paid).then({ state, done: true })`. States are frozen,
 * so that rules that change what they were given fail here; and so do states and commands that are no JSON, which would
 * come back from the tables as something else.
 */
export function sagaScenarios<State, Start, Input, Step extends Asked>(
  saga: Rules<State, Start, Input, Step>,
  now: Date = new Date('2027-01-01T00:00:00Z'),
): (start: Start, ...inputs: readonly Input[]) => SagaScenario<Input, Step> {
  const scenario = (step: Step & { readonly state: State }): SagaScenario<Input, Step> => {
    const { state, commands = [], undo = [] } = step;
    deepStrictEqual(JSON.parse(JSON.stringify({ state, commands, undo })), { state, commands, undo });
    deepFreeze(step);
    return {
      step,
      when: (input) => scenario(saga.react(step.state, deepFreeze(input), now)),
      then: (expected) => deepStrictEqual(whole(step), whole(expected)),
    };
  };
  return (start, ...inputs) =>
    inputs.reduce((so, input) => so.when(input), scenario(saga.start(deepFreeze(start), now)));
}

function whole(step: Asked): Required<Asked> {
  return { commands: [], timers: {}, undo: [], unwind: false, done: false, ...step };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
