import { setTimeout as delay } from 'node:timers/promises';
import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { accept, assert, type Outcome, type Refusal } from '@marquee/kernel';
import type { Database, Transaction } from '@marquee/postgres';
import { appendEvents, ConcurrencyError, streamId } from '../append.ts';
import type { Appender } from '../appender/appender.ts';
import type { EventInterceptor } from '../intercept.ts';
import { isSnapshotDue, type Snapshotter } from '../snapshots/snapshotter.ts';
import type { Aggregate } from './aggregate.ts';
import { loadAggregate, type LoadOptions, type Loaded } from './load.ts';

/** What a command has done. */
export type Executed<State> = {
  /** As logged; none where there was nothing to do. */
  readonly events: readonly DomainEvent[];
  /** With these events in it. */
  readonly state: State;
  readonly version: number;
};

export type ExecuteOptions = LoadOptions & {
  /** Run over every event before it is written, such as what enciphers; `interceptors` are those of the load. */
  readonly appendInterceptors?: readonly EventInterceptor[];
  /** Writes the snapshots that the aggregate's policy asks for, after the commit. Without it none are written. */
  readonly snapshotter?: Snapshotter;
};

export type DatabaseExecuteOptions = ExecuteOptions & {
  readonly organisationId: string;
  /** Decisions at most, each on the state of its time; default 5. Then the last ConcurrencyError is thrown. */
  readonly attempts?: number;
  /** Appends through it instead of in the transaction of the load. The interceptors of the append are its own. */
  readonly appender?: Appender;
};

/**
 * Decides a command on the state of one aggregate and appends what it decided, expecting the version it decided on.
 *
 * In a caller's transaction: once. A ConcurrencyError has lost the transaction; who owns it may run all of it again.
 */
export function execute<State, Event extends NewEvent, Command, R extends Refusal>(
  tx: Transaction,
  aggregate: Aggregate<State, Event, Command, R>,
  id: string,
  command: Command,
  options?: ExecuteOptions,
): Promise<Outcome<Executed<State>, R>>;
/** On a database: in a transaction of its own, and again on the newer state when another was quicker. */
export function execute<State, Event extends NewEvent, Command, R extends Refusal>(
  database: Database,
  aggregate: Aggregate<State, Event, Command, R>,
  id: string,
  command: Command,
  options: DatabaseExecuteOptions,
): Promise<Outcome<Executed<State>, R>>;
export async function execute<State, Event extends NewEvent, Command, R extends Refusal>(
  on: Transaction | Database,
  aggregate: Aggregate<State, Event, Command, R>,
  id: string,
  command: Command,
  options: ExecuteOptions | DatabaseExecuteOptions = {},
): Promise<Outcome<Executed<State>, R>> {
  if ('rows' in on) return executeOnce(on, aggregate, id, command, options);
  assert('organisationId' in options, 'a command on a database names the organisation');
  const { organisationId, appender, attempts = 5 } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return appender
        ? await executeCoalesced(on, appender, aggregate, id, command, options)
        : await on.decide({ organisationId }, (tx) => executeOnce(tx, aggregate, id, command, options));
    } catch (error) {
      if (!(error instanceof ConcurrencyError) || attempt >= attempts) throw error;
      // The first loser goes again at once; a crowd would otherwise meet again and again.
      if (attempt > 1) await delay(Math.random() * 2 ** attempt);
    }
  }
}

async function executeOnce<State, Event extends NewEvent, Command, R extends Refusal>(
  tx: Transaction,
  aggregate: Aggregate<State, Event, Command, R>,
  id: string,
  command: Command,
  { appendInterceptors = [], snapshotter, ...options }: ExecuteOptions,
): Promise<Outcome<Executed<State>, R>> {
  const loaded = await loadAggregate(tx, aggregate, id, options);
  const decision = aggregate.decide(command, loaded.state);
  if (!decision.ok) return decision;
  const stream = streamId(aggregate.name, id);
  const events = await appendEvents(tx, {
    streamId: stream,
    expectedVersion: loaded.version,
    events: decision.value as readonly NewEvent[],
    interceptors: appendInterceptors,
  });
  const executed = evolved(aggregate, loaded, decision.value, events);
  const { organisationId } = tx;
  tx.afterCommit(() => offerSnapshot(snapshotter, aggregate, organisationId!, loaded, executed));
  return accept(executed);
}

async function executeCoalesced<State, Event extends NewEvent, Command, R extends Refusal>(
  database: Database,
  appender: Appender,
  aggregate: Aggregate<State, Event, Command, R>,
  id: string,
  command: Command,
  { organisationId, snapshotter, ...options }: DatabaseExecuteOptions,
): Promise<Outcome<Executed<State>, R>> {
  const loaded = await database.read({ organisationId }, (tx) => loadAggregate(tx, aggregate, id, options));
  const decision = aggregate.decide(command, loaded.state);
  if (!decision.ok) return decision;
  const events = await appender.append({
    organisationId,
    streamId: streamId(aggregate.name, id),
    expectedVersion: loaded.version,
    events: decision.value as readonly NewEvent[],
  });
  const executed = evolved(aggregate, loaded, decision.value, events);
  offerSnapshot(snapshotter, aggregate, organisationId, loaded, executed);
  return accept(executed);
}

function evolved<State, Event extends NewEvent, Command, R extends Refusal>(
  { evolve }: Aggregate<State, Event, Command, R>,
  loaded: Loaded<State>,
  decided: readonly Event[],
  events: readonly DomainEvent[],
): Executed<State> {
  const state = decided.reduce((before, event) => evolve(before, event), loaded.state);
  return { events, state, version: loaded.version + events.length };
}

function offerSnapshot<State, Event extends NewEvent, Command, R extends Refusal>(
  snapshotter: Snapshotter | undefined,
  { snapshots }: Aggregate<State, Event, Command, R>,
  organisationId: string,
  { since }: Loaded<State>,
  { events, state, version }: Executed<State>,
): void {
  const [first, last] = [events[0], events.at(-1)];
  if (!snapshotter || !snapshots || !first || !last) return;
  const now = { version, occurredAt: last.occurredAt };
  if (!isSnapshotDue(snapshots, since ?? { version: 0, occurredAt: first.occurredAt }, now)) return;
  const { schemaVersion } = snapshots;
  snapshotter.offer({ organisationId, streamId: last.streamId, schemaVersion, state, ...now });
}
