import { upcasting, type NewEvent } from '@marquee/contracts';
import { assert, type Refusal } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { streamId } from '../append.ts';
import { intercept, type EventContent, type EventInterceptor } from '../intercept.ts';
import type { StreamRange } from '../read-stream.ts';
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

/**
 * Only what folding needs, as JSON that the server puts together for a hundred events at a time: a row an event, in
 * columns, costs the client more than all the rest. Not one text for the page: an event may have 3 MiB.
 */
const foldSql = `
select '[' || string_agg('["' || type || '","' || event_id || '",' || data || ']', ',' order by version) || ']' as events,
  max(version) as version, min(occurred_at) as began_at, max(occurred_at) as occurred_at
from (
  select version, type, event_id, data, occurred_at from event_log
  where stream_id = $1 and version >= $2 and ($3::integer is null or version <= $3)
    and ($4::timestamptz is null or occurred_at <= $4)
  order by version limit $5
) page
group by version / 100 order by version / 100`;

type FoldRow = {
  readonly events: string;
  readonly version: number;
  readonly began_at: Date;
  readonly occurred_at: Date;
};

/** Folds what follows `from` in the stream, up to where the range ends. */
export async function foldStream<State, Event extends NewEvent, Command, R extends Refusal>(
  tx: Transaction,
  { evolve }: Aggregate<State, Event, Command, R>,
  stream: string,
  from: Loaded<State>,
  { toVersion, asOf, interceptors = [] }: Pick<StreamRange, 'toVersion' | 'asOf' | 'interceptors'>,
): Promise<Loaded<State>> {
  let { state, version, occurredAt, since } = from;
  for (;;) {
    const range = [version + 1, toVersion ?? null, asOf?.toISOString() ?? null, pageSize];
    const rows = await tx.rows<FoldRow>(foldSql, [stream, ...range]);
    const before = version;
    for (const row of rows) {
      since ??= { version: 0, occurredAt: row.began_at.toISOString() };
      const contents = contentsOf(row, stream, tx.organisationId!);
      const events = interceptors.length === 0 ? contents : await intercept(contents, interceptors);
      // A stream holds only what its aggregate decided; upcast it is in the version that is decided now.
      for (const event of events) state = evolve(state, upcasting.upcast(event) as unknown as Event);
      ({ version } = row);
      occurredAt = row.occurred_at.toISOString();
    }
    if (version - before < pageSize) return { state, version, occurredAt, since };
  }
}

function contentsOf({ events }: FoldRow, streamId: string, organisationId: string): EventContent[] {
  const parsed = JSON.parse(events) as [type: string, id: string, data: unknown][];
  return parsed.map(([type, id, data]) => ({ type, data, id, streamId, organisationId }));
}

/** What is done with a fault where the caller says nothing else. */
export function warnOfSnapshot({ streamId, version, reason }: SnapshotFault): void {
  process.emitWarning(`the snapshot of ${streamId} at version ${version} was not used: ${reason}`);
}
