import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { assert, type Refusal } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { streamId } from '../append.ts';
import type { EventInterceptor } from '../intercept.ts';
import { readStreamPages, type StreamPages } from '../read-stream.ts';
import { readSnapshot, type Snapshot, type SnapshotFault } from '../snapshots/store.ts';
import type { Aggregate } from './aggregate.ts';

/** A state and where in its stream it stands. */
export type Loaded<State> = {
  readonly state: State;
  /** Of the last event in it; 0: there is none. */
  readonly version: number;
  /** When that event happened. */
  readonly occurredAt: string | null;
  /** What the next snapshot's turn is counted from: the one it was built on; without one, the first event. */
  readonly since: { readonly version: number; readonly occurredAt: string } | null;
};

export type LoadOptions = {
  /** Run over every event before it is upcast, such as what deciphers. */
  readonly interceptors?: readonly EventInterceptor[];
  /** Told when a snapshot could not be used (it is damaged); the state is then built from the first event. */
  readonly onSnapshotFault?: (fault: SnapshotFault) => void;
};

/** Large enough that a page's round trip is little beside its work, small enough to be held in memory. */
const pageSize = 5_000;

/**
 * The state of one aggregate: from its snapshot, where its policy keeps one, and the events since; two statements for
 * up to 5,000 of them, one without a policy. Of any length in constant memory.
 */
export async function loadAggregate<State, Event extends NewEvent, Command, R extends Refusal>(
  tx: Transaction,
  aggregate: Aggregate<State, Event, Command, R>,
  id: string,
  options: LoadOptions = {},
): Promise<Loaded<State>> {
  assert(tx.organisationId, 'an aggregate is one tenant’s: load it in that tenant’s scope');
  const stream = streamId(aggregate.name, id);
  const { snapshots } = aggregate;
  const { onSnapshotFault = warnOfSnapshot } = options;
  const snapshot =
    snapshots && (await readSnapshot<State>(tx, stream, snapshots.schemaVersion, onSnapshotFault));
  return foldStream(tx, aggregate, stream, snapshot ? builtOn(snapshot) : nothingYet(aggregate), options);
}

export function nothingYet<State>({ initial }: { readonly initial: State }): Loaded<State> {
  return { state: initial, version: 0, occurredAt: null, since: null };
}

export function builtOn<State>({ state, version, occurredAt }: Snapshot<State>): Loaded<State> {
  return { state, version, occurredAt, since: { version, occurredAt } };
}

/** Folds what follows `from` in the stream, up to where `range` ends. */
export async function foldStream<State, Event extends NewEvent, Command, R extends Refusal>(
  tx: Transaction,
  aggregate: Aggregate<State, Event, Command, R>,
  stream: string,
  from: Loaded<State>,
  range: Pick<StreamPages, 'toVersion' | 'asOf' | 'interceptors'>,
): Promise<Loaded<State>> {
  let { state, version, occurredAt, since } = from;
  const { toVersion, asOf, interceptors } = range;
  const pages = readStreamPages(tx, stream, {
    fromVersion: version + 1,
    pageSize,
    ...(toVersion !== undefined && { toVersion }),
    ...(asOf && { asOf }),
    ...(interceptors && { interceptors }),
  });
  for await (const page of pages) {
    since ??= { version: 0, occurredAt: page[0]!.occurredAt };
    // A stream holds only what its aggregate decided, in its newest version.
    for (const event of page) state = aggregate.evolve(state, event as NewEvent as Event);
    ({ version, occurredAt } = page.at(-1) as DomainEvent);
  }
  return { state, version, occurredAt, since };
}

/** What is done with a fault where the caller says nothing else. */
export function warnOfSnapshot({ streamId, version, reason }: SnapshotFault): void {
  process.emitWarning(`the snapshot of ${streamId} at version ${version} was not used: ${reason}`);
}
