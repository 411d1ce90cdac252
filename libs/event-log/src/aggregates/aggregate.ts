import type { NewEvent } from '@marquee/contracts';
import { assert, type Outcome, type Refusal } from '@marquee/kernel';

/** When the state of an aggregate is kept, so that its next load need not begin at the first event. */
export type SnapshotPolicy = {
  /**
   * Of the state's shape and of `evolve`'s meaning: raise it when either changes. A snapshot of another version is
   * ignored and replaced.
   */
  readonly schemaVersion: number;
  /** After this many events since the last one. With `everyMs` too: whichever comes first. */
  readonly everyEvents?: number;
  /** With the first event that is this much later than the last one's. */
  readonly everyMs?: number;
};

/**
 * Something whose state is what its events make of it. All of it is pure: `decide` and `evolve` touch no I/O and no
 * clock (a command carries its instant), and neither changes the state it is given.
 */
export type Aggregate<State, Event extends NewEvent, Command, R extends Refusal> = {
  /** The category of its streams: `order` for `order-0197…`. */
  readonly name: string;
  /** Before the first event. With a snapshot policy every state is plain JSON data. */
  readonly initial: State;
  /** What happens when this is asked for in this state: events (none: nothing to do), or a refusal. */
  readonly decide: (command: Command, state: State) => Outcome<readonly Event[], R>;
  /** The state after an event. Never refuses: it has happened. */
  readonly evolve: (state: State, event: Event) => State;
  readonly snapshots?: SnapshotPolicy;
};

type RefusalOf<Decision> = Decision extends { readonly ok: false; readonly refusal: infer R extends Refusal }
  ? R
  : never;

/** Checks the definition. The types of state, events, commands and refusals are those of its functions. */
export function defineAggregate<
  State,
  Event extends NewEvent,
  Command,
  Decision extends Outcome<readonly Event[]>,
>(
  // The decision as a whole is inferred: of several refusals TypeScript would take the first for all.
  aggregate: Omit<Aggregate<State, Event, Command, Refusal>, 'decide'> & {
    readonly decide: (command: Command, state: State) => Decision;
  },
): Aggregate<State, Event, Command, RefusalOf<Decision>> {
  const { name, snapshots } = aggregate;
  assert(/^[a-z][a-z0-9-]{0,63}$/.test(name), `an aggregate cannot be called ${name}`);
  if (snapshots) {
    const { schemaVersion, everyEvents, everyMs } = snapshots;
    const isCount = (value: number | undefined) =>
      value === undefined || (Number.isInteger(value) && value > 0);
    assert(
      isCount(schemaVersion) && isCount(everyEvents) && isCount(everyMs) && (everyEvents ?? everyMs),
      `the snapshots of ${name} need a schema version, and a number of events or milliseconds, above 0`,
    );
  }
  return aggregate as Aggregate<State, Event, Command, RefusalOf<Decision>>;
}
